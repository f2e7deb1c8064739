"""The lists of the catalogue's desks: what a unit writes, what waits for review, what is free."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from openhall.catalogue.models import CatalogueEntry, Item, ItemVersion
from openhall.catalogue.models.reception import share_units
from openhall.catalogue.queries import guide_of, hollow_phrases, standing_of, tariffs_on
from openhall.catalogue.rules.completeness import completeness
from openhall.catalogue.rules.gate import faults_of
from openhall.catalogue.rules.standing import Stands
from openhall.catalogue.terms import ItemState
from openhall.organs.desks import Hit, Sits, Waits
from openhall.organs.models import Organ
from openhall.organs.terms import Desk, OrganKind
from openhall.paging.keyset import Page, Place, paged
from openhall.versions.terms import VersionState

PAGE: Final = 30
S = VersionState
TABS: Final = {
    "writing": Q(state=S.DRAFT.value),
    "unit": Q(state=S.REVIEW.value, step="unit"),
    "legal": Q(state=S.REVIEW.value, step="legal"),
    "published": Q(state=S.PUBLISHED.value, item__state=ItemState.IN_USE.value),
    "suspended": Q(state=S.PUBLISHED.value, item__state=ItemState.SUSPENDED.value),
    "cancelled": Q(state=S.PUBLISHED.value, item__state=ItemState.CANCELLED.value),
    "check": Q(state=S.PUBLISHED.value, item__to_review__isnull=False),
}
GATED: Final = ("materials", "steps", "laws", "faqs", "prerequisites")


@dataclass(frozen=True, slots=True)
class Row:
    """One version on the desk: its points of a hundred, its faults, how its item stands."""

    version: ItemVersion
    points: int
    faults: int
    stands: Stands


def versions_on_desk(
    organ: Organ | None, tab: str, words: str, at: Place, day: date, size: int = PAGE
) -> Page[Row]:
    """A page of versions, newest first; of every unit without ``organ``.

    Points are computed from what is stored now, so they are never out of date.
    """
    found = ItemVersion.objects.filter(
        TABS.get(tab, ~Q(state__in=[S.SUPERSEDED.value, S.DROPPED.value]))
    )
    if organ is not None:
        found = found.filter(item__organ=organ)
    for word in words.split():
        found = found.filter(
            Q(name__icontains=word) | Q(plain_names__icontains=word) | Q(item__code=word)
        )
    page = paged(found.only("pk"), at=at, size=size)
    return page.of(_rows([one.pk for one in page], day))


def _rows(keys: Sequence[int], day: date) -> list[Row]:
    versions = (
        ItemVersion.objects.filter(pk__in=keys)
        .select_related("item__entry", "item__organ")
        .prefetch_related(*GATED, "item__entry__became")
        .order_by("-pk")
    )
    page = list(versions)
    share_units(page)
    phrases = hollow_phrases()
    fees = dict(
        tariffs_on(day)
        .filter(item__in=[version.item_id for version in page])
        .values_list("item")
        .annotate(Count("pk"))
        .order_by()
    )
    rows = []
    for version in page:
        faults = faults_of(guide_of(version, fees.get(version.item_id, 0)), phrases)
        rows.append(Row(version, completeness(faults), len(faults), standing_of(version, day)))
    return rows


def waiting(organ: Organ | None, tab: str) -> int:
    """How many versions stand in ``tab``."""
    found = ItemVersion.objects.filter(TABS[tab])
    return (found if organ is None else found.filter(item__organ=organ)).count()


def claimable(organ: Organ, words: str, at: Place, size: int = PAGE) -> Page[CatalogueEntry]:
    """The lines of the central list this unit has not claimed, by code."""
    own = Item.objects.filter(entry=OuterRef("pk"), organ=organ).exclude(
        state=ItemState.CANCELLED.value
    )
    city = Item.objects.filter(
        entry=OuterRef("pk"), organ__kind=OrganKind.DEPARTMENT.value, inherits=None
    ).exclude(state=ItemState.CANCELLED.value)
    found = CatalogueEntry.objects.filter(~Exists(own), listed_until=None).exclude(
        state=ItemState.CANCELLED.value
    )
    # A department's line is claimed once in the city; a district's unit makes a variant of it.
    found = (
        found.filter(Exists(city))
        if organ.kind == OrganKind.BUREAU
        else found.filter(~Exists(city))
    )
    return entries(found, words, at, size)


def entries(
    found: QuerySet[CatalogueEntry], words: str, at: Place, size: int = PAGE
) -> Page[CatalogueEntry]:
    """A page of ``found`` narrowed to names or codes with these words, by code."""
    for word in words.split():
        found = found.filter(Q(name__icontains=word) | Q(code__icontains=word))
    return paged(found, ("code",), at, size)


# ------------------------------------------------------------ what waits, what is found
WAITING: Final = {
    Desk.CATALOGUE_CLERK: (("writing", True),),
    Desk.HEAD: (("unit", True),),
    Desk.LEGAL: (("legal", False),),
}


def waits(seat: Sits) -> list[Waits]:
    """Guides that wait for this desk: to write, to review in the unit, to review in law."""
    words = {
        "writing": (_("Guides to write"), _("Drafts, and those that were returned")),
        "unit": (_("Guides to review"), _("Then Legal Affairs reads them")),
        "legal": (_("Guides for legal review"), _("The unit has passed them")),
    }
    told = []
    for tab, own in WAITING.get(seat.desk, ()):
        rows = ItemVersion.objects.filter(TABS[tab])
        if own:
            rows = rows.filter(item__organ=seat.organ)
        found = rows.aggregate(many=Count("pk"), since=Min("saved_at"))
        since = timezone.localtime(found["since"]).date() if found["since"] else None
        name, rule = words[tab]
        many, sent = found["many"], f"state={tab}"
        told.append(Waits(name, many, "office:catalogue", rule, since, sent=sent))
    return told


def finds(seat: Sits, typed: str) -> Iterable[Hit]:
    """Items by code or by a part of their name, at the desks that write or read guides."""
    text = typed.strip()
    if seat.desk not in WAITING or len(text) < NAME_AT_LEAST:
        return
    rows = ItemVersion.objects.filter(state=S.PUBLISHED.value).select_related("item__organ")
    if seat.desk != Desk.LEGAL:
        rows = rows.filter(item__organ=seat.organ)
    for one in rows.filter(Q(item__code=text) | Q(name__icontains=text)).order_by("item__code")[:5]:
        english = get_language() == "en"
        yield Hit(
            one.item.code,
            (english and one.name_en) or one.name,
            VersionState(one.state).said_in(get_language()),
            "office:catalogue_item",
            (seat.organ.code, one.item.code),
        )


NAME_AT_LEAST: Final = 2  # signs
