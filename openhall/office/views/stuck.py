"""办不成事: for who works in a hall, and for the official who answers for it. A9."""

from typing import Any

from django.http import HttpRequest

from openhall.hall.permissions import may_manage
from openhall.hall.queries import duty_now, hall_of, residents_of, staff_of, stuck_of, stuck_with
from openhall.hall.terms import StuckOutcome, StuckState
from openhall.office.acts.stuck import STUCK_OFFERS, Stuck
from openhall.office.seat import DeskPage, Seat, official, seat_at


class StuckPage(DeskPage):
    """What was taken, by whom it is answered and until when; all of it to the management."""

    offers = STUCK_OFFERS
    template, at = "office/hall/stuck.html", "stuck"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, Stuck]:
        seat = seat_at(request, where["organ"], where["desk"])
        sits = duty_now(seat.account, seat.day)
        hall = hall_of(seat.organ.pk) or (sits.hall if sits is not None else None)
        manages = hall is not None and may_manage(seat.account, hall, seat.day)
        found = Stuck(hall, manages, rows=stuck_with(seat.account))
        if hall is not None:
            found.rows = stuck_of(hall) if manages else found.rows
            found.staff = staff_of(hall, seat.day)
            found.units = [one.organ for one in residents_of(hall, seat.day)]
        return seat, found

    def seq(self, subject: Any) -> None:
        return None

    def content(self, who: Seat, subject: Stuck) -> dict[str, Any]:
        return {
            "seat": who,
            "stuck": subject,
            "rows": [
                {
                    "it": one,
                    "state": StuckState(one.state),
                    "outcome": StuckOutcome(one.outcome) if one.outcome else None,
                    "tone": _tone(one, who),
                }
                for one in subject.rows
            ],
        }


def _tone(one: Any, who: Seat) -> str:
    if one.state == StuckState.ANSWERED:
        return "closed"
    return "overdue" if one.due_on < who.day else "waiting"


stuck = official(StuckPage())
