"""What the policy library reads: documents by page, and their categories. B3."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from openhall.files.terms import ScanState
from openhall.paging.keyset import START, Page, Place, paged
from openhall.policies.models import PolicyDocument, PolicyFile, PolicyLink, PolicySection
from openhall.policies.rules.law_names import law_key
from openhall.policies.rules.pages import tidy_number
from openhall.policies.rules.standing import (
    AMENDED,
    ANNULLED,
    COMING,
    ENDS,
    IN_FORCE,
    LAPSED,
    standing,
)
from openhall.policies.terms import LinkKind, PolicyState

PAGE: Final = 30


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader narrows the index to; empty: nothing."""

    category: str = ""
    issuer: str = ""
    year: int = 0
    state: PolicyState | None = None


def documents(
    category: str = "", at: Place = START, *, wanted: Wanted | None = None, day: date | None = None
) -> Page[PolicyDocument]:
    """A page of documents, the newest first, undated ones last."""
    rows: QuerySet[PolicyDocument] = PolicyDocument.objects.defer("text", "source")
    asked = wanted or Wanted(category)
    if asked.category:
        rows = rows.filter(category=asked.category)
    if asked.issuer:
        rows = rows.filter(issuer=asked.issuer)
    if asked.year:
        rows = rows.filter(published_on__year=asked.year)
    if asked.state is not None:
        rows = _standing(rows, asked.state, day or timezone.localdate())
    return paged(rows, ("-published_on", "-pk"), at, PAGE)


def _says(words: Iterable[str]) -> Q:
    found = Q(pk__in=[])
    for word in words:
        found |= Q(status__contains=word)
    return found


def _standing(rows: QuerySet, state: PolicyState, day: date) -> QuerySet:
    """Those of ``rows`` that stand so on ``day``: as ``rules.standing`` says of each of them."""
    done = PolicyLink.objects.filter(older=OuterRef("pk"), since__lte=day, struck=False)
    ended = Exists(done.filter(kind__in=[kind.value for kind in ENDS]))
    amended = Exists(done.filter(kind=LinkKind.AMENDS.value))
    annulled = Q(ended) | _says(ANNULLED)
    lapsed = Q(lapses_on__lt=day) | (_says(LAPSED) & ~Q(status__contains="部分"))
    coming = Q(effective_on__gt=day) | (Q(effective_on__isnull=True) & _says(COMING))
    changed = Q(amended) | _says(AMENDED)
    stands = Q(effective_on__isnull=False) | _says(IN_FORCE)
    order = [
        (PolicyState.ANNULLED, annulled),
        (PolicyState.LAPSED, lapsed),
        (PolicyState.COMING, coming),
        (PolicyState.AMENDED, changed),
        (PolicyState.IN_FORCE, stands),
        (PolicyState.UNKNOWN, Q()),
    ]
    for one, condition in order:
        if one == state:
            return rows.filter(condition) if condition else rows
        rows = rows.exclude(condition)
    return rows


def states_of(found: Iterable[PolicyDocument], day: date) -> dict[int, PolicyState]:
    """How each of these documents stands on ``day``, by its key: one statement."""
    rows = list(found)
    links: dict[int, list[tuple[LinkKind, date]]] = {}
    done = PolicyLink.objects.filter(older__in=[one.pk for one in rows], struck=False)
    for older, kind, since in done.values_list("older_id", "kind", "since"):
        links.setdefault(older, []).append((LinkKind(kind), since))
    return {
        one.pk: standing(one.status, one.effective_on, one.lapses_on, links.get(one.pk, ()), day)
        for one in rows
    }


def links_of(document: PolicyDocument) -> tuple[list[PolicyLink], list[PolicyLink]]:
    """What it does to older documents, and what newer ones do to it."""
    rows = PolicyLink.objects.filter(struck=False).select_related("newer", "older")
    rows = rows.defer("newer__text", "older__text", "newer__source", "older__source")
    return list(rows.filter(newer=document)), list(rows.filter(older=document))


def links_recorded(at: Place = START) -> Page[PolicyLink]:
    """Every record, struck ones too, the newest first."""
    rows = PolicyLink.objects.select_related("newer", "older")
    rows = rows.defer("newer__text", "older__text", "newer__source", "older__source")
    return paged(rows, ("-pk",), at, PAGE)


def sections_of(
    document: PolicyDocument,
) -> tuple[list[PolicySection], list[tuple[PolicyFile, list[PolicySection]]]]:
    """Its own sections, and each of its files with the text that was read of it."""
    own: list[PolicySection] = []
    read: dict[int, list[PolicySection]] = {}
    for one in document.sections.all():
        (own if one.file_id is None else read.setdefault(one.file_id, [])).append(one)
    files = list(document.files.filter(removed=False))
    return own, [(one, read.get(one.pk, [])) for one in files]


def file_shown(document: int, pk: int) -> PolicyFile | None:
    """A file of a document that may be opened; None for others, and for one that is infected."""
    rows = PolicyFile.objects.select_related("upload").filter(document=document, removed=False)
    found = rows.filter(pk=pk).first()
    return found if found and found.upload.scan != ScanState.INFECTED.value else None


def files_filed(many: int = 30) -> list[PolicyFile]:
    """The files that were attached last, the newest first."""
    rows = PolicyFile.objects.select_related("document").order_by("-pk")
    return list(rows.defer("document__text", "document__source")[:many])


def file_by_pk(pk: int) -> PolicyFile | None:
    """One file."""
    return PolicyFile.objects.select_related("document").filter(pk=pk).first()


def link_by_pk(pk: int) -> PolicyLink | None:
    """One record."""
    return PolicyLink.objects.select_related("newer", "older").filter(pk=pk).first()


def document_known(words: str) -> PolicyDocument | None:
    """The document of this number or title, as an official names it; None where not just one."""
    words = words.strip()
    rows = PolicyDocument.objects.defer("text", "source").filter(
        Q(number=tidy_number(words)) | Q(title_key=law_key(words))
    )
    found = list(rows[:2])
    return found[0] if len(found) == 1 else None


def issuers(many: int = 40) -> list[str]:
    """Who issued most documents of the library, the most first."""
    rows = PolicyDocument.objects.exclude(issuer="").values("issuer").annotate(many=Count("pk"))
    return [one["issuer"] for one in rows.order_by("-many", "issuer")[:many]]


def years() -> list[int]:
    """The years of publication, the newest first."""
    rows = PolicyDocument.objects.dates("published_on", "year", order="DESC")
    return [one.year for one in rows]


def categories() -> list[str]:
    """Every category that has a document, in order."""
    rows = PolicyDocument.objects.exclude(category="").order_by("category")
    return list(rows.values_list("category", flat=True).distinct())


def documents_by_pk(pks: Iterable[int]) -> dict[int, PolicyDocument]:
    """Policy documents by their key, without their texts."""
    return PolicyDocument.objects.defer("text", "source").in_bulk(list(pks))


def documents_listed() -> QuerySet[PolicyDocument, tuple[int, date | None]]:
    """The key and the day of every document, the newest first, undated ones last."""
    rows = PolicyDocument.objects.order_by(F("published_on").desc(nulls_last=True), "-pk")
    return rows.values_list("pk", "published_on")


def document_by_pk(pk: int) -> PolicyDocument | None:
    """One policy document."""
    return PolicyDocument.objects.filter(pk=pk).first()
