"""Permits on the desk: what waits, every permit of the unit, one permit. 行政许可法 49–70."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openhall.desk.pages import Subject
from openhall.office.acts.permits import PERMIT_OFFERS
from openhall.office.seat import Seat, official, seat_at
from openhall.office.views.desk import queue_context
from openhall.organs.terms import Desk
from openhall.paging.keyset import place
from openhall.permits.queries import (
    Permit,
    events_of,
    licences_by_pk,
    licences_of,
    masked_holder,
    papers_after,
    permit_told,
    requests_waiting,
)


def _at(request: HttpRequest, organ: str, desk: str) -> Seat:
    seat = seat_at(request, organ, desk)
    if seat.desk not in (Desk.WINDOW, Desk.DECIDER):
        raise PermissionDenied(_("The window and the deciders work on permits."))
    return seat


@official
@require_safe
def listing(request: HttpRequest, organ: str, desk: str) -> HttpResponse:
    """What waits to be decided, and every permit of the unit, newest first."""
    seat = _at(request, organ, desk)
    page = licences_of(seat.organ, seat.day, place(request.GET))
    context = queue_context(request, seat) | {
        "permits": page.map(lambda one: (one, masked_holder(one.licence.case))),
        "waiting": requests_waiting(seat.organ),
    }
    return render(request, "office/licences.html", context)


class PermitOnDesk(Subject):
    """One permit with its story, and the acts this desk may do to it."""

    offers = PERMIT_OFFERS
    kind = "licence"
    template = "office/licence.html"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, Permit]:
        seat = _at(request, where["organ"], where["desk"])
        licence = licences_by_pk(where["pk"], seat.organ)
        if licence is None:
            raise Http404
        return seat, permit_told(licence, seat.day)

    def home(self, who: Seat, subject: Permit) -> str:
        return reverse("office:licence", args=[who.organ.code, who.desk.value, subject.licence.pk])

    def seq(self, subject: Permit) -> int | None:
        return getattr(subject.licence, "seq", None)

    def context(
        self, request: HttpRequest, who: Seat, subject: Permit, **more: Any
    ) -> dict[str, Any]:
        return queue_context(request, who) | {
            "permit": subject,
            "holder": masked_holder(subject.licence.case),
            "events": events_of(subject.licence),
            "papers": papers_after(subject.licence),
        }


permit = official(PermitOnDesk())
