"""The catalogue's desk: the unit's items, what is free to claim, one item with its versions."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openhall.catalogue import actions
from openhall.catalogue.desk import claimable, versions_on_desk, waiting
from openhall.catalogue.history import city_version
from openhall.catalogue.models import Item, ItemVersion
from openhall.catalogue.queries import standing_of, version_to_show
from openhall.catalogue.terms import ItemState, ItemStep, UseLevel, VersionState
from openhall.deeds.doing import Doing
from openhall.deeds.keys import within
from openhall.deeds.refusals import Refused
from openhall.deeds.sent import key_of
from openhall.desk.pages import stands_on
from openhall.office.catalogue_acts import DatedForm, SuspendForm
from openhall.office.seat import Seat, official
from openhall.organs.models import Account, Organ
from openhall.organs.queries import posts_of
from openhall.organs.terms import Desk
from openhall.paging.keyset import place
from openhall.paging.whole import whole

DESKS = (Desk.CATALOGUE_CLERK, Desk.HEAD, Desk.LEGAL)
FIRST_TAB = {Desk.CATALOGUE_CLERK: "writing", Desk.HEAD: "unit", Desk.LEGAL: "legal"}
COUNTED = {Desk.CATALOGUE_CLERK: ("writing", "check"), Desk.HEAD: ("unit",), Desk.LEGAL: ("legal",)}
STATUS = {
    VersionState.DRAFT: "draft",
    VersionState.UNIT_REVIEW: "waiting",
    VersionState.LEGAL_REVIEW: "waiting",
    VersionState.RETURNED: "refused",
    VersionState.PUBLISHED: "on_time",
    VersionState.SUPERSEDED: "closed",
}
STEP_KINDS = {"suspend": SuspendForm, "resume": DatedForm, "cancel": DatedForm}


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


def doing_of(request: HttpRequest, seat: Seat, act: str) -> Doing:
    """The act as this page sent it: its key, and the step of the row that the person saw."""
    key = within(key_of(request), act)
    seen = whole(request.POST.get("seen"))
    return Doing(seat.account, timezone.now(), key, seat.desk.value, seen=seen)


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
        "rows": rows.map(
            lambda row: (
                row,
                VersionState(row.version.state),
                STATUS[VersionState(row.version.state)],
            )
        ),
    }
    return render(request, "office/catalogue/listing.html", context)


@official
def claim(request: HttpRequest, organ: str) -> HttpResponse:
    """The lines of the central list nobody has claimed for this unit; claiming one drafts it."""
    seat = catalogue_seat(request, organ, Desk.CATALOGUE_CLERK)
    refused: Refused | None = None
    if request.method == "POST":
        if (chosen := whole(request.POST.get("entry"))) is None:
            raise Http404
        try:
            version = actions.claim(chosen, seat.organ, doing_of(request, seat, f"claim-{chosen}"))
        except Refused as refusal:
            refused = refusal
        else:
            messages.success(
                request, _("Claimed: %(name)s. Fill in its guide.") % {"name": version.name}
            )
            return redirect("office:catalogue_version", organ, version.pk)
    words = request.GET.get("q", "").strip()
    found = claimable(seat.organ, words, place(request.GET))
    context = frame(seat, "claim") | {
        "entries": found.map(lambda one: (one, UseLevel(one.use_level))),
        "words": words,
        "refused": refused,
    }
    return render(request, "office/catalogue/claim.html", context, status=422 if refused else 200)


def opened(seat: Seat, code: str) -> Item:
    """The item ``code``, if this desk sees it."""
    item = get_object_or_404(Item.objects.select_related("organ", "entry", "inherits"), code=code)
    if seat.desk != Desk.LEGAL and item.organ_id != seat.organ.pk:
        raise PermissionDenied(_("This item belongs to another unit."))
    return item


def _acts(seat: Seat, item: Item) -> dict[str, forms.Form]:
    """The standing acts this desk may do now, unsent."""
    if item.state == ItemState.CANCELLED or seat.desk == Desk.CATALOGUE_CLERK:
        return {}
    names = ["suspend"] if item.state == ItemState.IN_USE else ["resume"]
    if seat.desk == Desk.LEGAL:
        names.append("cancel")
    return {name: STEP_KINDS[name](today=seat.day, prefix=name) for name in names}


def _shown_item(
    request: HttpRequest,
    seat: Seat,
    item: Item,
    *,
    tried: tuple[str, forms.Form] | None = None,
    refused: Refused | None = None,
) -> HttpResponse:
    acts = _acts(seat, item)
    if tried is not None:
        acts[tried[0]] = tried[1]
    versions = list(item.versions.all())
    shown = version_to_show(item.code, seat.day)
    newest = versions[0] if versions else None
    final = (VersionState.PUBLISHED, VersionState.SUPERSEDED)
    context = frame(seat, "items") | {
        "item": item,
        "seen": item.seq,
        "newest": newest,
        "shown": shown,
        "stands": standing_of(newest, seat.day) if newest and shown is None else None,
        "versions": [
            (one, VersionState(one.state), STATUS[VersionState(one.state)]) for one in versions
        ],
        "events": [
            (event, ItemStep(event.act))
            for event in item.events.select_related("actor")
            .exclude(act=ItemStep.SAVED.value)
            .order_by("-pk")[:50]
        ],
        "acts": acts,
        "tried": tried,
        "refused": refused,
        "may_draft": seat.desk == Desk.CATALOGUE_CLERK
        and item.state != ItemState.CANCELLED
        and (newest is None or newest.state in final),
        "above": city_version(item),
        "variants": item.variants.select_related("organ").order_by("code"),
        "cancelled": item.state == ItemState.CANCELLED,
    }
    wrong = refused is not None or (tried is not None and not tried[1].is_valid())
    return render(request, "office/catalogue/item.html", context, status=422 if wrong else 200)


@official
@require_safe
def item_page(request: HttpRequest, organ: str, code: str) -> HttpResponse:
    seat = catalogue_seat(request, organ)
    return _shown_item(request, seat, opened(seat, code))


@official
@stands_on(item_page)
def item_act(request: HttpRequest, organ: str, code: str, act: str) -> HttpResponse:
    """Suspend, resume, cancel, draft a new version, or confirm a variant against the city's."""
    seat = catalogue_seat(request, organ)
    item = opened(seat, code)
    doing = doing_of(request, seat, act)
    try:
        if act == "draft":
            version = actions.new_version(item.pk, doing)
            return redirect("office:catalogue_version", organ, version.pk)
        if act == "confirm":
            actions.confirm_variant(item.pk, doing)
            messages.success(request, _("Checked against the city's guide."))
            return redirect("office:catalogue_item", organ, code)
    except Refused as refusal:
        return _shown_item(request, seat, item, refused=refusal)
    if act not in STEP_KINDS:
        raise Http404
    form = STEP_KINDS[act](request.POST, today=seat.day, prefix=act)
    if not form.is_valid():
        return _shown_item(request, seat, item, tried=(act, form))
    try:
        _stand(act, item, form.cleaned_data, doing)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return _shown_item(request, seat, item, tried=(act, form))
    messages.success(request, _("Done, and in the public log."))
    return redirect("office:catalogue_item", organ, code)


def _stand(act: str, item: Item, typed: dict[str, Any], doing: Doing) -> None:
    reason, first_day = typed["reason"], typed["first_day"]
    if act == "suspend":
        actions.suspend_item(item.pk, reason, first_day, typed["until"], doing)
    elif act == "resume":
        actions.resume_item(item.pk, reason, first_day, doing)
    else:
        actions.cancel_item(item.pk, reason, first_day, doing)


def version_for(seat: Seat, pk: int) -> ItemVersion:
    """The version ``pk``, if this desk sees it."""
    found = get_object_or_404(
        ItemVersion.objects.select_related("item__organ", "item__entry", "item__inherits"), pk=pk
    )
    if seat.desk != Desk.LEGAL and found.item.organ_id != seat.organ.pk:
        raise PermissionDenied(_("This item belongs to another unit."))
    return found
