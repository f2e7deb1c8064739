"""My desks, and the queue of one: a dense table, narrowed, sorted, kept as a view, taken away."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openhall.cases.behind import waiting_consultations
from openhall.cases.desks.told import Standing, standing_of
from openhall.cases.desks.waiting import ANSWERING, names
from openhall.cases.queries import Case
from openhall.cases.queues import (
    ALL,
    BUCKETS,
    COUNTED_UP_TO,
    Bucket,
    Wanted,
    around,
    bucket_of,
    counted_all,
    items_in,
    wanted_of,
    whole_queue,
)
from openhall.cases.queues import queue as cases_waiting
from openhall.cases.terms import Channel, Stage
from openhall.deeds.refusals import Refused
from openhall.design.words import called
from openhall.desk.pages import stands_on
from openhall.office.acts.batch import batch_form
from openhall.office.doors import doors_of
from openhall.office.seat import Seat, official, seat_at
from openhall.office.tables import carried
from openhall.organs.actions import drop_view, keep_view
from openhall.organs.queries import Account, posts_of
from openhall.organs.terms import Desk
from openhall.paging.keyset import Page, place
from openhall.paging.typed import text_of
from openhall.supervision.queries import warnings_for
from openhall.upkeep.queries import looks
from openhall.vault.rules.masks import mask_company, mask_name
from openhall.workdays.queries import calendar

WORKING = {*BUCKETS, Desk.CASHIER}
# What a view of a queue consists of.
KEPT = (
    "queue",
    "item",
    "stage",
    "due",
    "way",
    "mine",
    "sort",
)


def masked(case: Case) -> str:
    """The applicant's name as it stands in a list."""
    if case.applicant_kind == "company":
        return mask_company(case.applicant_name)
    return mask_name(case.applicant_name)


@official
@require_safe
def desks(request: HttpRequest) -> HttpResponse:
    """Every post held today; one alone is opened at once."""
    assert isinstance(request.user, Account)
    posts = list(posts_of(request.user, timezone.localdate()))
    if len(posts) == 1:
        opens = "office:queue" if posts[0].desk == Desk.WINDOW else "office:first_page"
        return redirect(opens, posts[0].organ.code, posts[0].desk)
    rows = [(post, Desk(post.desk), doors_of(Desk(post.desk))) for post in posts]
    operates = any(post.desk == Desk.OPERATOR.value for post in posts)
    needs = [look for look in looks() if look.urgent] if operates else []
    return render(request, "office/desks.html", {"rows": rows, "needs": needs})


def _many(count: int) -> str:
    return f"{COUNTED_UP_TO}+" if count > COUNTED_UP_TO else str(count)


def queue_context(
    request: HttpRequest,
    seat: Seat,
    chosen: str = "",
    *,
    table: bool = False,
    beside: Case | None = None,
) -> dict[str, Any]:
    """What every page of a desk shows: its queues with their counts; ``table``: and one of them,
    where ``beside`` stands in it."""
    if seat.desk not in BUCKETS:
        return {"seat": seat, "queues": []}
    bucket = bucket_of(seat.desk, chosen or request.GET.get("queue", ""))
    wanted = wanted_of(request.GET, seat.desk) if table else ALL
    asked = [(one, ALL) for one in BUCKETS[seat.desk]]
    if table:
        asked += [(bucket, Wanted(due=due)) for due in ("overdue", "soon")]
    counts = counted_all(asked, seat)
    words, here = names(), table and not chosen
    tabs = [
        (one.code, words[one.code], _many(count), here and one.code == bucket.code)
        for one, count in zip(BUCKETS[seat.desk], counts, strict=False)
    ]
    context: dict[str, Any] = {
        "seat": seat,
        "queues": tabs,
        "bucket": bucket.code,
        "kept": "",
    }
    if not table:
        return context
    return (
        context
        | _table(request, seat, bucket, wanted, beside)
        | {
            "overdue": counts[-2],
            "soon": counts[-1],
            "queue_name": words[bucket.code],
        }
    )


def _table(
    request: HttpRequest, seat: Seat, bucket: Bucket, wanted: Wanted, beside: Case | None
) -> dict[str, Any]:
    at = place(request.GET, "queue_")
    if beside is None or at.after or at.before:
        page = cases_waiting(bucket, seat, at, wanted)
    else:
        page = around(bucket, seat, beside, wanted)
    days, shown = calendar(), seat.figures_day
    kept = {name: request.GET[name] for name in KEPT if request.GET.get(name)}
    kept["queue"] = bucket.code
    rows: Page[tuple[Case, str, Stage, Standing]] = page.map(
        lambda case: (case, masked(case), Stage(case.stage), standing_of(case, shown, days))
    )
    return {"rows": rows, "wanted": wanted, "kept": urlencode(kept)}


def _chips(context: dict[str, Any], kept: dict[str, str]) -> list[tuple[str, str, bool, str, str]]:
    """The ways a queue is narrowed with one press: words, address, whether it is so, kind, many."""
    chips = [
        ("due", "overdue", _("Overdue"), "overdue", str(context["overdue"])),
        ("due", "soon", _("Due today or tomorrow"), "warning", str(context["soon"])),
        ("way", "online", _("Came online"), "", ""),
        ("way", "paper", _("On paper"), "", ""),
    ]
    if context["seat"].desk in (Desk.WINDOW, Desk.HANDLER):
        chips.append(("mine", "1", _("Mine"), "", ""))
    told = []
    for name, value, words, kind, many in chips:
        on = kept.get(name) == value
        other = {key: one for key, one in kept.items() if key != name}
        told.append((words, urlencode(other if on else other | {name: value}), on, kind, many))
    return told


def _heads(kept: dict[str, str]) -> dict[str, tuple[str, str]]:
    """For each sort: the address of it, and the arrow it stands under now."""
    now = kept.get("sort", "due")
    rest = {key: one for key, one in kept.items() if key != "sort"}
    heads = {}
    for name in ("due", "received", "item"):
        other = f"-{name}" if now == name else name
        arrow = {name: "↑", f"-{name}": "↓"}.get(now, "")
        heads[name] = (urlencode(rest | {"sort": other}), arrow)
    return heads


def table_context(request: HttpRequest, seat: Seat, chosen: str = "") -> dict[str, Any]:
    """All that the page of a queue shows."""
    context = queue_context(request, seat, chosen, table=True)
    if "rows" not in context:
        return context
    kept = {name: request.GET[name] for name in KEPT if request.GET.get(name)}
    kept["queue"] = context["bucket"]
    bucket, english = bucket_of(seat.desk, context["bucket"]), get_language() == "en"
    return context | {
        "chips": _chips(context, kept),
        "heads": _heads(kept),
        "held": kept,
        "items": [(code, (english and en) or name) for code, name, en in items_in(bucket, seat)],
        "views": [one for one in seat.account.views if one.get("at") == at_of(seat)],
        "consulted": waiting_consultations(seat.organ) if seat.desk in ANSWERING else 0,
        "warnings": warnings_for(seat.account, seat.figures_day)
        if seat.desk == Desk.HANDLER
        else [],
    }


def at_of(seat: Seat) -> str:
    """The desk as a saved view names it."""
    return f"{seat.organ.code}/{seat.desk.value}"


@official
@require_safe
def queue_page(request: HttpRequest, organ: str, desk: str) -> HttpResponse:
    seat = seat_at(request, organ, desk)
    if seat.desk not in BUCKETS:
        return redirect("office:first_page", organ, desk)
    context = table_context(request, seat)
    context["batch"] = batch_form(seat, context["bucket"])
    return render(request, "office/queue.html", context)


@official
@require_safe
def taken(request: HttpRequest, organ: str, desk: str) -> HttpResponse:
    """The queue as a table to take away: masked as on the page, and nothing in it computes."""
    seat = seat_at(request, organ, desk)
    if seat.desk not in BUCKETS:
        return redirect("office:first_page", organ, desk)
    bucket = bucket_of(seat.desk, request.GET.get("queue", ""))
    days, language = calendar(), get_language()
    heads = [
        _("Number"),
        _("Matter"),
        _("Applicant"),
        _("How it came"),
        _("Received"),
        _("State"),
        _("Due"),
        _("Clock"),
    ]
    rows = []
    for case in whole_queue(bucket, seat, wanted_of(request.GET, seat.desk)):
        standing = standing_of(case, seat.figures_day, days)
        rows.append(
            (
                case.number,
                called(case.item_version),
                masked(case),
                Channel(case.channel).said_in(language),
                timezone.localtime(case.received_at).strftime("%Y-%m-%d %H:%M"),
                Stage(case.stage).said_in(language),
                standing.due,
                standing.words,
            )
        )
    return carried(f"{seat.organ.code}-{bucket.code}-{seat.day:%Y%m%d}", heads, rows)


@official
@stands_on(queue_page)
def views(request: HttpRequest, organ: str, desk: str) -> HttpResponse:
    """Keep how the queue is narrowed and sorted now under a name, or drop one that was kept."""
    seat = seat_at(request, organ, desk)
    sent = {name: request.POST[name] for name in KEPT if request.POST.get(name)}
    if dropped := request.POST.get("drop", ""):
        drop_view(seat.account, at_of(seat), dropped)
        messages.success(request, _("The view is dropped."))
    elif name := text_of(request.POST.get("name", "")):
        try:
            keep_view(seat.account, at_of(seat), name, urlencode(sent))
            messages.success(request, _("Kept as a view: %(name)s") % {"name": name})
        except Refused as refusal:
            messages.error(request, str(refusal))
    else:
        messages.warning(request, _("Give the view a name."))
    return redirect(reverse("office:queue", args=[organ, desk]) + "?" + urlencode(sent))
