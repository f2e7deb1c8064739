"""What the policy library reads: documents by page, and their categories. B3."""

from typing import Final

from django.db.models import Q, QuerySet

from openhall.paging.keyset import START, Page, Place, paged
from openhall.policies.models import PolicyDocument

PAGE: Final = 30


def documents(words: str = "", category: str = "", at: Place = START) -> Page[PolicyDocument]:
    """A page of documents, the newest first, undated ones last; ``words`` all in its head."""
    rows: QuerySet[PolicyDocument] = PolicyDocument.objects.defer("text", "source")
    for word in words.split():
        named = Q(title__icontains=word) | Q(number__icontains=word) | Q(issuer__icontains=word)
        rows = rows.filter(named)
    if category:
        rows = rows.filter(category=category)
    return paged(rows, ("-published_on", "-pk"), at, PAGE)


def categories() -> list[str]:
    """Every category that has a document, in order."""
    rows = PolicyDocument.objects.exclude(category="").order_by("category")
    return list(rows.values_list("category", flat=True).distinct())


def document_by_pk(pk: int) -> PolicyDocument | None:
    """One policy document."""
    return PolicyDocument.objects.filter(pk=pk).first()
