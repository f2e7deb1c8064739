"""The catalogue's desk: the unit's items, what is free to claim, one item with its versions."""

import uuid
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openhall.catalogue.actions.item_versions import ITEM_VERSION
from openhall.catalogue.desk import claimable, versions_on_desk, waiting
from openhall.catalogue.history import city_version, steps_of_item
from openhall.catalogue.queries import (
    CatalogueEntry,
    Item,
    ItemVersion,
    item_coded,
    standing_of,
    version_by_pk,
    version_to_show,
)
from openhall.catalogue.terms import ItemState, ItemStep
from openhall.desk.pages import Subject, existing
from openhall.glossary import Said, Term
from openhall.office.acts.items import ITEM_OFFERS, Claim
from openhall.office.seat import DeskPage, Seat, official
from openhall.office.views.versions import TONES
from openhall.organs.queries import Account, Organ, posts_of
from openhall.organs.terms import Desk
from openhall.paging.keyset import Page, place
from openhall.versions.terms import VersionAct, VersionState

SENT_BACK = Said("退回修改", "Returned for changes")
DESKS = (Desk.CATALOGUE_CLERK, Desk.HEAD, Desk.LEGAL)
FIRST_TAB = {Desk.CATALOGUE_CLERK: "writing", Desk.HEAD: "unit", Desk.LEGAL: "legal"}
COUNTED = {Desk.CATALOGUE_CLERK: ("writing", "check"), Desk.HEAD: ("unit",), Desk.LEGAL: ("legal",)}


def stands(version: ItemVersion) -> tuple[Term | Said, str]:
    """Where a version stands in words, with the tone of its badge: a review by its own name."""
    state = VersionState(version.state)
    if state == VersionState.REVIEW:
        return ITEM_VERSION.route.stop(version.step).title, TONES[state]
    if state == VersionState.DRAFT and version.remark:
        return SENT_BACK, "refused"
    return state, TONES.get(state, "closed")


def catalogue_seat(request: HttpRequest, organ: str, *desks: Desk) -> Seat:
    """The seat at a catalogue desk of ``organ``; refused unless such a post is held today."""
    assert isinstance(request.user, Account)
    today = timezone.localdate()
    wanted = desks or DESKS
    held = {
        post.desk: post
        for post in posts_of(request.user, today).filter(organ__code=organ)
        if post.desk in wanted
    }
    for desk in wanted:
        if desk in held:
            return Seat(request.user, held[desk].organ, desk, today)
    raise PermissionDenied(_("You do not hold this post today. Choose one of your own desks."))


def reach(seat: Seat) -> Organ | None:
    """Whose items this desk sees: its own unit's, or everybody's for the Legal Affairs Office."""
    return None if seat.desk == Desk.LEGAL else seat.organ


def tab_names() -> dict[str, str]:
    return {
        "writing": _("Being written"),
        "unit": _("Unit review"),
        "legal": _("Legal review"),
        "published": _("In force"),
        "suspended": _("Suspended items"),
        "cancelled": _("Cancelled items"),
        "check": _("City's guide changed"),
        "all": _("All"),
    }


def frame(seat: Seat, here: str) -> dict[str, Any]:
    """What every page of these desks has: who sits here, the ways to the others, a key."""
    return {"seat": seat, "here": here, "is_legal": seat.desk == Desk.LEGAL, "key": uuid.uuid4()}


@official
@require_safe
def listing(request: HttpRequest, organ: str) -> HttpResponse:
    """The items by state, searched and paged by key."""
    seat = catalogue_seat(request, organ)
    names = tab_names()
    tab = request.GET.get("state", "")
    words = request.GET.get("q", "").strip()
    if tab not in names:
        tab = "all" if words else FIRST_TAB[seat.desk]
    rows = versions_on_desk(reach(seat), tab, words, place(request.GET), seat.day)
    counts = {name: waiting(reach(seat), name) for name in COUNTED[seat.desk]}
    context = frame(seat, "items") | {
        "tabs": [(code, name, code == tab, counts.get(code)) for code, name in names.items()],
        "tab": tab,
        "words": words,
        "rows": rows.map(lambda row: (row, *stands(row.version))),
    }
    return render(request, "office/catalogue/listing.html", context)


class Claiming(DeskPage):
    """The lines of the central list nobody has claimed for this unit; claiming one drafts it."""

    offers = (Claim,)
    template, at, by_desk = "office/catalogue/claim.html", "catalogue_claim", False

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, Page[CatalogueEntry]]:
        seat = catalogue_seat(request, where["organ"], Desk.CATALOGUE_CLERK)
        words = request.GET.get("q", "").strip()
        return seat, claimable(seat.organ, words, place(request.GET))

    def context(
        self, request: HttpRequest, who: Seat, subject: Page[CatalogueEntry], **more: Any
    ) -> dict[str, Any]:
        return frame(who, "claim") | {
            "page": subject,
            "words": request.GET.get("q", "").strip(),
        }


claim = official(Claiming())


def opened(seat: Seat, code: str) -> Item:
    """The item ``code``, if this desk sees it."""
    item = existing(item_coded(code))
    if seat.desk != Desk.LEGAL and item.organ_id != seat.organ.pk:
        raise PermissionDenied(_("This item belongs to another unit."))
    return item


class ItemOnDesk(Subject):
    """One item with its versions and its story; suspended, resumed, cancelled, drafted anew."""

    offers = ITEM_OFFERS
    kind = "item"
    template = "office/catalogue/item.html"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, Item]:
        seat = catalogue_seat(request, where["organ"])
        return seat, opened(seat, where["code"])

    def home(self, who: Seat, subject: Item) -> str:
        return reverse("office:catalogue_item", args=[who.organ.code, subject.code])

    def content(self, who: Seat, subject: Item) -> dict[str, Any]:
        versions = list(subject.versions.all())
        shown = version_to_show(subject.code, who.day)
        newest = versions[0] if versions else None
        return frame(who, "items") | {
            "item": subject,
            "newest": newest,
            "shown": shown,
            "stands": standing_of(newest, who.day) if newest and shown is None else None,
            "versions": [(one, *stands(one)) for one in versions],
            "events": [
                (event, ItemStep(event.act) if number is None else VersionAct(event.act), number)
                for event, number in steps_of_item(subject)
            ],
            "above": city_version(subject),
            "variants": subject.variants.select_related("organ").order_by("code"),
            "cancelled": subject.state == ItemState.CANCELLED,
        }


item_page = official(ItemOnDesk())


def version_for(seat: Seat, pk: int) -> ItemVersion:
    """The version ``pk``, if this desk sees it."""
    found = existing(version_by_pk(pk))
    if seat.desk != Desk.LEGAL and found.item.organ_id != seat.organ.pk:
        raise PermissionDenied(_("This item belongs to another unit."))
    return found
