"""What of questions and calls waits at a desk, and what its search finds there by number."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from openhall.enquiries.models import Call, Enquiry
from openhall.enquiries.queries import OWED
from openhall.enquiries.terms import CallState, EnquiryState
from openhall.organs.desks import Hit, Sits, Waits, waits_in
from openhall.organs.terms import Desk

S = EnquiryState
DESKS = (
    Desk.WINDOW,
    Desk.HANDLER,
    Desk.DECIDER,
    Desk.HEAD,
    Desk.EDITOR,
    Desk.CENTRE_MANAGER,
)


def _waits(seat: Sits, words: Any, rule: Any, rows: QuerySet[Enquiry], sent: str) -> Waits:
    return waits_in(seat, words, rule, rows, "office:enquiries", came="received_at", sent=sent)


def waits(seat: Sits) -> list[Waits]:
    """Questions to answer, to review, to publish or to assign, as this desk does."""
    mine = Enquiry.objects.filter(organ=seat.organ)
    if seat.desk in (Desk.HANDLER, Desk.WINDOW):
        rows = mine.filter(state=S.WITH_UNIT.value)
        rule = _("Another person reviews the answer")
        return [_waits(seat, _("Questions to answer"), rule, rows, "state=with_unit")]
    if seat.desk in (Desk.DECIDER, Desk.HEAD):
        rows = mine.filter(state=S.DRAFTED.value)
        rule = _("Not by who wrote them")
        return [_waits(seat, _("Answers to review"), rule, rows, "state=drafted")]
    if seat.desk == Desk.EDITOR:
        rows = mine.filter(
            state=S.ANSWERED.value, may_publish=True, published_on__isnull=True
        ).filter(Q(call__isnull=True) | Q(call__until__lt=seat.day))
        rule = _("Personal data is taken out first")
        waiting = _waits(seat, _("Answers that may be published"), rule, rows, "state=answered")
        return [Waits(waiting.words, waiting.count, waiting.opens, rule, sent=waiting.sent)]
    if seat.desk == Desk.CENTRE_MANAGER:
        rows = mine.filter(state=S.TO_ASSIGN.value)
        rule = _("Say which unit answers")
        return [_waits(seat, _("Questions without a unit"), rule, rows, "state=to_assign")]
    return []


def finds(seat: Sits, typed: str) -> Iterable[Hit]:
    """A question or a call by its number, to the unit it lies with."""
    number = typed.strip().upper()
    if seat.desk not in DESKS or number[:3] not in ("ZX-", "YJ-", "ZJ-"):
        return
    row = Enquiry.objects.filter(organ=seat.organ, number=number).first()
    if row is not None:
        state = EnquiryState(row.state)
        yield Hit(
            row.number,
            _("A question of the public"),
            state.said_in(get_language()),
            "office:enquiry",
            (seat.organ.code, seat.desk.value, row.number),
            due=row.due if row.state in OWED else None,
            about=_("A question of the public"),
        )
    call = Call.objects.filter(organ=seat.organ, number=number).first()
    if call is not None:
        yield Hit(
            call.number,
            call.title,
            CallState(call.state).said_in(get_language()),
            "office:call",
            (seat.organ.code, seat.desk.value, call.number),
            due=call.report_due,
            about=_("Call for opinions"),
        )
