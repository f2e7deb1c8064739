"""What the policy library reads: documents by page, and their categories. B3."""

from typing import Final

from django.db.models import F, Q, QuerySet

from openhall.policies.models import PolicyDocument

PAGE: Final = 30


def documents(
    words: str = "", category: str = "", after: int | None = None
) -> tuple[list[PolicyDocument], bool]:
    """A page of documents, the newest first, and whether more follow; ``words`` all in its head.

    ``after`` is the id of the last document of the page before; undated ones come last.
    """
    rows: QuerySet[PolicyDocument] = PolicyDocument.objects.defer("text", "source")
    for word in words.split():
        named = Q(title__icontains=word) | Q(number__icontains=word) | Q(issuer__icontains=word)
        rows = rows.filter(named)
    if category:
        rows = rows.filter(category=category)
    last = None if after is None else PolicyDocument.objects.filter(pk=after).first()
    if last is not None and last.published_on is not None:
        later = Q(published_on=last.published_on, pk__lt=last.pk)
        undated = Q(published_on__isnull=True)
        rows = rows.filter(Q(published_on__lt=last.published_on) | later | undated)
    elif last is not None:
        rows = rows.filter(published_on__isnull=True, pk__lt=last.pk)
    page = list(rows.order_by(F("published_on").desc(nulls_last=True), "-pk")[: PAGE + 1])
    return page[:PAGE], len(page) > PAGE


def categories() -> list[str]:
    """Every category that has a document, in order."""
    rows = PolicyDocument.objects.exclude(category="").order_by("category")
    return list(rows.values_list("category", flat=True).distinct())
