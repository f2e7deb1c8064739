"""The first page of every post: what waits, how many, the oldest, each opening; and its help."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from openhall.cases.board import unit_by_kind
from openhall.office.help import help_for
from openhall.office.seat import Seat, official, seat_at
from openhall.office.views.desk import queue_context
from openhall.office.waits.beginning import steps
from openhall.organs.desks import Waits, waiting_at
from openhall.organs.terms import Desk
from openhall.upkeep.queries import looks

LEADS = (Desk.HEAD, Desk.DECIDER)  # whose first page tells of the whole unit


def _address(seat: Seat, one: Waits) -> str:
    """Where it is done: a page of the desk, or of the unit."""
    try:
        at = reverse(one.opens, args=[seat.organ.code, seat.desk.value])
    except NoReverseMatch:
        at = reverse(one.opens, args=[seat.organ.code])
    return f"{at}?{one.sent}" if one.sent else at


@official
@require_safe
def first_page(request: HttpRequest, organ: str, desk: str) -> HttpResponse:
    seat = seat_at(request, organ, desk)
    waiting = sorted(waiting_at(seat), key=lambda one: not one.count)  # what waits stands first
    context: dict[str, Any] = queue_context(request, seat) | {
        "at_first": True,
        "rows": [(one, _address(seat, one)) for one in waiting],
        "total": sum(one.count for one in waiting),
        "board": unit_by_kind(seat.organ, seat.figures_day) if seat.desk in LEADS else [],
        "needs": [look for look in looks() if look.urgent] if seat.desk == Desk.OPERATOR else [],
        "first_steps": steps(seat) if seat.desk == Desk.OPERATOR else [],
    }
    return render(request, "office/first.html", context)


@official
@require_safe
def help_page(request: HttpRequest, organ: str, desk: str) -> HttpResponse:
    """How this desk works: its tasks, in the language of the page."""
    seat = seat_at(request, organ, desk)
    context = queue_context(request, seat) | {"help": help_for(seat.desk, get_language())}
    return render(request, "office/help.html", context)
