"""Calls for opinions on the desk: begun, announced, weighed, reported."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from openhall.desk.pages import Subject as Thing
from openhall.desk.pages import existing
from openhall.enquiries.queries import (
    Call,
    call_deeds,
    call_numbered,
    calls,
    opinions,
    opinions_counted,
    undecided,
)
from openhall.enquiries.terms import CallAct, CallState, EnquiryState, Stance
from openhall.office.acts.calls import CALL_OFFERS, LEADERS, WRITERS, Begin
from openhall.office.seat import DeskPage, Seat, official, seat_at
from openhall.office.views.desk import queue_context
from openhall.paging.keyset import paged, place

KINDS = {
    CallState.DRAFT: "draft",
    CallState.REVIEW: "waiting",
    CallState.ANNOUNCED: "info",
    CallState.REPORT_DRAFTED: "waiting",
    CallState.REPORTED: "on_time",
    CallState.DROPPED: "closed",
}


def calling_here(request: HttpRequest, organ: str, desk: str) -> Seat:
    """The seat of a desk that writes or announces calls."""
    seat = seat_at(request, organ, desk)
    if seat.desk not in (*WRITERS, *LEADERS):
        raise PermissionDenied(_("This desk neither writes nor announces calls."))
    return seat


class Calls(DeskPage):
    """The unit's calls, and the next one."""

    offers = (Begin,)
    template, at = "office/calls/list.html", "calls"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, None]:
        return calling_here(request, where["organ"], where["desk"]), None

    def context(
        self, request: HttpRequest, who: Seat, subject: None, **more: Any
    ) -> dict[str, Any]:
        rows = paged(calls(organ=who.organ), at=place(request.GET))
        return queue_context(request, who) | {
            "rows": rows.map(
                lambda one: {
                    "call": one,
                    "state": CallState(one.state),
                    "kind": KINDS[CallState(one.state)],
                }
            )
        }


listing = official(Calls())


class CallOnDesk(Thing):
    """One call with its opinions, for its own unit."""

    offers = CALL_OFFERS
    kind = "call"
    template = "office/calls/call.html"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, Call]:
        seat = calling_here(request, where["organ"], where["desk"])
        call = existing(call_numbered(where["number"]))
        if call.organ_id != seat.organ.pk:
            raise PermissionDenied(_("This call is another unit's."))
        return seat, call

    def home(self, who: Seat, subject: Call) -> str:
        return reverse("office:call", args=[who.organ.code, who.desk, subject.number])

    def context(
        self, request: HttpRequest, who: Seat, subject: Call, **more: Any
    ) -> dict[str, Any]:
        state = CallState(subject.state)
        rows = paged(opinions(subject), ("pk",), place(request.GET))
        return queue_context(request, who) | {
            "call": subject,
            "state": state,
            "kind": KINDS[state],
            "rows": rows.map(
                lambda one: {
                    "enquiry": one,
                    "state": EnquiryState(one.state),
                    "stance": Stance(one.stance) if one.stance else None,
                }
            ),
            "undecided": undecided(subject),
            "figures": opinions_counted(subject),
            "story": [(deed, CallAct(deed.act), words) for deed, words in call_deeds(subject)],
        }


call = official(CallOnDesk())
