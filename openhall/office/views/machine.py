"""The operator's view of the machine: can it go on keeping the records?"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from openhall.office.seat import official, seat_at
from openhall.organs.terms import Desk
from openhall.upkeep.queries import looks


@official
@require_safe
def page(request: HttpRequest, organ: str) -> HttpResponse:
    """Every look with what it found, what is wrong first."""
    seat = seat_at(request, organ, Desk.OPERATOR.value)
    found = sorted(looks(), key=lambda look: not look.wrong)
    context = {"seat": seat, "looks": found, "wrong": sum(look.wrong for look in found)}
    return render(request, "office/outbox/machine.html", context)
