"""My desks, and the queue of one."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openhall.cases.behind import waiting_consultations
from openhall.cases.queries import Case, clock_day, due_of, urgency
from openhall.cases.queues import BUCKETS, COUNTED_UP_TO, bucket_of, counted
from openhall.cases.queues import queue as cases_waiting
from openhall.cases.terms import Stage
from openhall.office.acts.batch import batch_form
from openhall.office.doors import doors_of
from openhall.office.seat import Seat, official, seat_at
from openhall.organs.queries import Account, posts_of
from openhall.organs.terms import Desk
from openhall.paging.keyset import place
from openhall.supervision.queries import warnings_for
from openhall.upkeep.queries import looks
from openhall.vault.rules.masks import mask_company, mask_name
from openhall.workdays.queries import calendar

WORKING = {*BUCKETS, Desk.CASHIER}


ANSWERING = {Desk.HANDLER, Desk.DECIDER, Desk.HEAD}
LEADING = {Desk.DECIDER, Desk.HEAD}


def links_of(seat: Seat) -> list[tuple[str, str]]:
    """Where else this desk works, beside its queues of cases."""
    at = (seat.organ.code, seat.desk.value)
    links = []
    if seat.desk in ANSWERING:
        links.append((_("Consultations"), reverse("office:consultations", args=at)))
    links.append((_("Joint applications"), reverse("office:joint_led", args=at)))
    links.append((_("Joint notices"), reverse("office:joint_notices", args=at)))
    if seat.desk in (Desk.WINDOW, Desk.DECIDER):
        links.append((_("Permits"), reverse("office:licences", args=at)))
    if seat.desk in LEADING:
        links.append((_("Stand-ins"), reverse("office:stand_ins", args=at)))
        links.append((_("Limited numbers"), reverse("office:quotas", args=at)))
    links.append((_("Board of all units"), reverse("office:board", args=at)))
    return links


def bucket_names() -> dict[str, str]:
    return {
        "answer": _("To answer"),
        "hand_over": _("To hand over"),
        "finish": _("To issue and deliver"),
        "asked": _("Waiting for the applicant"),
        "handling": _("My cases"),
        "decide": _("To decide"),
        "handled": _("Being handled"),
        "supplemented": _("Supplemented, at the window"),
        "above": _("With the superior organ"),
        "extensions": _("Extensions to approve"),
    }


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
    working = [post for post in posts if Desk(post.desk) in WORKING]
    if len(posts) == 1 and working and not doors_of(Desk(posts[0].desk)):
        return redirect("office:queue", posts[0].organ.code, posts[0].desk)
    rows = [
        (
            post,
            Desk(post.desk),
            Desk(post.desk) in WORKING,
            doors_of(Desk(post.desk)),
            Desk(post.desk) in BUCKETS,
        )
        for post in posts
    ]
    operates = any(post.desk == Desk.OPERATOR.value for post in posts)
    needs = [look for look in looks() if look.urgent] if operates else []
    return render(request, "office/desks.html", {"rows": rows, "needs": needs})


def queue_context(request: HttpRequest, seat: Seat, chosen: str = "") -> dict[str, Any]:
    """The left side of the desk: its queues with their counts, and a page of the one chosen."""
    if seat.desk not in BUCKETS:
        return {"seat": seat, "tabs": [], "rows": [], "links": []}
    bucket = bucket_of(seat.desk, chosen or request.GET.get("queue", ""))
    page = cases_waiting(bucket, seat.desk, seat.organ, seat.account, place(request.GET, "queue_"))
    names = bucket_names()
    tabs = []
    for one in BUCKETS[seat.desk]:
        count = counted(one, seat.desk, seat.organ, seat.account)
        many = f"{COUNTED_UP_TO}+" if count > COUNTED_UP_TO else str(count)
        tabs.append((one.code, names[one.code], many, one.code == bucket.code))
    days, shown = calendar(), seat.figures_day
    rows = page.map(
        lambda case: (
            case,
            masked(case),
            Stage(case.stage),
            urgency(case, clock_day(case, shown), days),
            due_of(case),
        )
    )
    return {
        "seat": seat,
        "tabs": tabs,
        "rows": rows,
        "bucket": bucket.code,
        "consulted": waiting_consultations(seat.organ) if seat.desk in ANSWERING else 0,
        "links": links_of(seat),
        "warnings": warnings_for(seat.account, shown) if seat.desk == Desk.HANDLER else [],
    }


@official
@require_safe
def queue_page(request: HttpRequest, organ: str, desk: str) -> HttpResponse:
    seat = seat_at(request, organ, desk)
    context = queue_context(request, seat)
    context["batch"] = batch_form(seat, context.get("bucket", ""))
    return render(request, "office/queue.html", context)
