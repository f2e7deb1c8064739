"""A clerk's window in the hall: who is called, who waits, and the way into the intake. A1."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from openhall.hall.queries import (
    at_window,
    centre_on,
    duties_today,
    duty_now,
    held_or_missed,
    lines_now,
    open_lines,
    waiting_in,
)
from openhall.hall.terms import TicketState
from openhall.office.acts.counter import COUNTER_OFFERS, Counter
from openhall.office.seat import DeskPage, Seat, official, seat_at
from openhall.office.views.desk import queue_context
from openhall.organs.terms import Desk

SHOWN = 12


class CounterPage(DeskPage):
    """Call, identify, take in, finish; beside it the line, and who comes back."""

    offers = COUNTER_OFFERS
    template, at = "office/hall/counter.html", "counter"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, Counter]:
        seat = seat_at(request, where["organ"], where["desk"])
        found = Counter(shifts=duties_today(seat.account, seat.day), day=seat.day)
        found.sits = duty_now(seat.account, seat.day)
        if found.sits is not None:
            lines = list(lines_now(found.sits.window_id, timezone.now()))
            found.ticket = at_window(found.sits.window_id)
            found.waiting = list(
                waiting_in([one.pk for one in lines], seat.day).select_related("line", "item")[
                    :SHOWN
                ]
            )
            found.back = held_or_missed(found.sits.hall, seat.day)
            found.lines = list(open_lines(found.sits.hall_id))
        return seat, found

    def seq(self, subject: Counter) -> None:
        return None

    def context(
        self, request: HttpRequest, who: Seat, subject: Counter, **more: Any
    ) -> dict[str, Any]:
        ticket = subject.ticket
        return queue_context(request, who) | {
            "counter": subject,
            "here": self.home(who, subject),
            "ticket": ticket,
            "standing": TicketState(ticket.state) if ticket else None,
            "centre": centre_on(subject.sits.hall_id, who.day) if subject.sits else None,
            "takes_in": who.desk == Desk.WINDOW,
        }


counter = official(CounterPage())
