"""My desks, and the queue of one."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openhall.cases.models import Case
from openhall.cases.queries import BUCKETS, COUNTED_UP_TO, bucket_of, counted, due_of, urgency
from openhall.cases.queries import queue as cases_waiting
from openhall.cases.terms import Stage
from openhall.office.doors import doors_of
from openhall.office.seat import Seat, official, seat_at
from openhall.organs.models import Account
from openhall.organs.queries import posts_of
from openhall.organs.terms import Desk
from openhall.vault.rules.masks import mask_company, mask_name
from openhall.workdays.queries import calendar

WORKING = {*BUCKETS, Desk.CASHIER}


def bucket_names() -> dict[str, str]:
    return {
        "answer": _("To answer"),
        "hand_over": _("To hand over"),
        "finish": _("To issue and deliver"),
        "asked": _("Waiting for the applicant"),
        "handling": _("My cases"),
        "decide": _("To decide"),
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
    if len(posts) == 1 and working:
        return redirect("office:queue", posts[0].organ.code, posts[0].desk)
    rows = [
        (post, Desk(post.desk), Desk(post.desk) in WORKING, doors_of(Desk(post.desk)))
        for post in posts
    ]
    return render(request, "office/desks.html", {"rows": rows})


def queue_context(request: HttpRequest, seat: Seat, chosen: str = "") -> dict[str, Any]:
    """The left side of the desk: its queues with their counts, and a page of the one chosen."""
    if seat.desk not in BUCKETS:
        return {"seat": seat, "tabs": [], "rows": [], "older": ""}
    bucket = bucket_of(seat.desk, chosen or request.GET.get("queue", ""))
    after = request.GET.get("after", "")
    page, more = cases_waiting(
        bucket, seat.desk, seat.organ, seat.account, int(after) if after.isdigit() else None
    )
    names = bucket_names()
    tabs = []
    for one in BUCKETS[seat.desk]:
        count = counted(one, seat.desk, seat.organ, seat.account)
        shown = f"{COUNTED_UP_TO}+" if count > COUNTED_UP_TO else str(count)
        tabs.append((one.code, names[one.code], shown, one.code == bucket.code))
    days = calendar()
    rows = [
        (case, masked(case), Stage(case.stage), urgency(case, seat.day, days), due_of(case))
        for case in page
    ]
    older = "?" + urlencode({"queue": bucket.code, "after": page[-1].pk}) if more else ""
    return {"seat": seat, "tabs": tabs, "rows": rows, "older": older, "bucket": bucket.code}


@official
@require_safe
def queue_page(request: HttpRequest, organ: str, desk: str) -> HttpResponse:
    seat = seat_at(request, organ, desk)
    return render(request, "office/queue.html", queue_context(request, seat))
