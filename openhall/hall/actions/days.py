"""The end of a hall's day: explicit, once, and in the public log. A5, A9."""

from datetime import date

from openhall.deeds.collecting import acting
from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.deeds.writer import made_before, write
from openhall.glossary import Said
from openhall.hall.actions import refusals as said
from openhall.hall.actions.once import clock, ended, locked_lines, press
from openhall.hall.journal import lines_of_day
from openhall.hall.kinds import HALL_DAY
from openhall.hall.models import Duty, Hall, HallDay, Line, Ticket
from openhall.hall.permissions import may_manage
from openhall.hall.queries import counted
from openhall.hall.rules.journal import root_of
from openhall.hall.terms import AT_WINDOW, DayAct, TicketAct, TicketState

__all__ = ["close_day"]


@acting()
def close_day(hall: Hall, day: date, doing: Doing) -> HallDay:
    """Close ``day``: who still waits is written down as gone, and nothing is taken or called after.

    The deed says how many tickets there were and the root over all their events; from then on no
    ticket of the day changes. Raises :class:`Refused` while somebody stands at a window or a shift
    of the day is not signed out.
    """
    before: HallDay | None = made_before(HALL_DAY, doing, DayAct.CLOSE, hall_id=hall.pk, day=day)
    if before is not None:
        return before
    if doing.actor is not None and not may_manage(doing.actor, hall, doing.day):
        raise Refused(said.NOT_MANAGER)
    locked_lines(Line.objects.filter(hall=hall).values_list("pk", flat=True))
    now = clock() if doing.entered is None else doing.at
    if HallDay.objects.filter(hall=hall, day=day).exists():
        raise Refused(said.DAY_CLOSED)
    if day > doing.day:
        raise Refused(Said("这一天还没有到。", "That day has not come yet."), "day")
    rows = Ticket.objects.filter(hall=hall, day=day)
    if (there := rows.filter(state__in=AT_WINDOW).select_related("window").first()) is not None:
        number = there.window.number if there.window else 0
        raise Refused(
            Said(
                f"{number}号窗口还在办理{there}。请先办完。",
                f"Window {number} is still serving {there}. Finish that first.",
            )
        )
    shift = Duty.objects.filter(hall=hall, day=day, signed_in__isnull=False, signed_out=None)
    if (sits := shift.select_related("window").first()) is not None:
        raise Refused(
            Said(
                f"{sits.window.number}号窗口还没有签退。",
                f"Window {sits.window.number} has not signed out.",
            )
        )
    for ticket in rows.filter(state__in=[TicketState.WAITING.value, TicketState.HELD.value]):
        ended(ticket, TicketAct.LEAVE, TicketState.LEFT, now, doing, {"closing": True})
    counts = counted(hall, day)
    events, root = root_of(lines_of_day(hall.pk, day))
    closed = HallDay.objects.create(
        hall=hall,
        day=day,
        tickets=sum(counts.values()),
        counts=counts,
        events=events,
        root=root,
        closed_at=now,
    )
    facts = {"day": day.isoformat(), "tickets": closed.tickets, "counts": counts, "root": root}
    write(HALL_DAY, closed, DayAct.CLOSE, doing, facts=facts | {"lines": events})
    press(hall.pk, now)
    return closed
