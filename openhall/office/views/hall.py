"""The desk of those who manage a centre: live board, roster, hours and standing. A9, A15."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from openhall.hall.permissions import may_decide_centres, may_manage
from openhall.hall.queries import (
    alarms_of,
    centre_on,
    closed_day,
    counted,
    days_left_open,
    duties_of,
    every_hall,
    hall_of,
    hours_on,
    live,
    not_yet_in,
    open_lines,
    open_shifts,
    residents_of,
    staff_of,
    stuck_of,
    swaps_agreed,
    versions_of_centres,
    windows_of,
)
from openhall.hall.terms import CentreState, StuckState, TicketState
from openhall.office.acts.hall import (
    BOARD_OFFERS,
    ROSTER_OFFERS,
    Managed,
)
from openhall.office.acts.hall_hours import CENTRE_OFFERS, Founds, SetUpHall, Stands
from openhall.office.seat import DeskPage, Seat, official, seat_at
from openhall.office.views.versions import TONES
from openhall.organs.queries import organs_of
from openhall.organs.terms import OrganKind
from openhall.paging.whole import day as day_typed
from openhall.versions.terms import VersionState

REACH = timedelta(days=400)  # days of the board and the roster that can be asked for
MAY_HAVE_A_HALL = (OrganKind.CENTRE, OrganKind.DEPARTMENT, OrganKind.BUREAU)


class OfCentre(DeskPage):
    """A page of the management of one centre."""

    def managed(self, request: HttpRequest, where: dict[str, Any]) -> tuple[Seat, Managed]:
        seat = seat_at(request, where["organ"], where["desk"])
        hall = hall_of(seat.organ.pk)
        if hall is None or not may_manage(seat.account, hall, seat.day):
            raise PermissionDenied(_("Those who manage a centre with a hall open this."))
        day = day_typed(request.GET.get("day")) or seat.day
        if abs(day - seat.day) > REACH:
            day = seat.day
        return seat, Managed(
            hall=hall,
            day=day,
            windows=list(windows_of(hall)),
            lines=list(open_lines(hall)),
            roster=list(duties_of(hall, day)),
            staff=staff_of(hall, day),
            closed=closed_day(hall, day),
            units=list(residents_of(hall, day)),
            stuck=stuck_of(hall),
            alarms=alarms_of(hall),
            swaps=swaps_agreed(hall, seat.day),
            open_shifts=list(open_shifts(hall, day)),
        )

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, Any]:
        return self.managed(request, where)

    def seq(self, subject: Any) -> None:
        return None

    def home(self, who: Seat, subject: Managed) -> str:
        return super().home(who, subject) + of_day(who, subject)

    def act_at(self, who: Seat, subject: Managed, name: str) -> str:
        return f"{super().home(who, subject)}{name}/{of_day(who, subject)}"


def of_day(who: Seat, subject: Managed) -> str:
    """What the address of a page says of its day; nothing of today."""
    return "" if subject.day == who.day else f"?day={subject.day.isoformat()}"


def beside(day: date) -> dict[str, date]:
    """The days before and after, for the way to them."""
    return {"before": day - timedelta(days=1), "after": day + timedelta(days=1)}


class Board(OfCentre):
    """The hall now: lines, windows, what is not yet in it; and the end of the day."""

    offers = BOARD_OFFERS
    template, at = "office/hall/board.html", "hall_board"

    def content(self, who: Seat, subject: Managed) -> dict[str, Any]:
        windows, lines = live(subject.hall, subject.day, timezone.now())
        return {
            "seat": who,
            "managed": subject,
            "centre": centre_on(subject.hall, subject.day) or subject.hall.organ,
            "hours": hours_on(subject.hall, subject.day),
            "windows": windows,
            "lines": lines,
            "counts": [
                (TicketState(state), n) for state, n in counted(subject.hall, subject.day).items()
            ],
            "stuck_open": sum(one.state == StuckState.TAKEN for one in subject.stuck),
            "not_in": not_yet_in(subject.hall, subject.day),
            "left_open": days_left_open(subject.hall, who.day),
            "beside": beside(subject.day),
            "is_today": subject.day == who.day,
            "here": self.home(who, subject),
        }


class Roster(OfCentre):
    """Who is to sit where on a day."""

    offers = ROSTER_OFFERS
    template, at = "office/hall/roster.html", "hall_roster"

    def content(self, who: Seat, subject: Managed) -> dict[str, Any]:
        return {"seat": who, "managed": subject, "beside": beside(subject.day)}


class Centres(DeskPage):
    """Versions of centres and hours: written by the centre, published by who may."""

    offers = CENTRE_OFFERS
    template, at = "office/hall/centres.html", "hall_centres"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, Stands | Founds]:
        seat = seat_at(request, where["organ"], where["desk"])
        hall = hall_of(seat.organ.pk)
        if hall is not None and may_manage(seat.account, hall, seat.day):
            return seat, Stands(hall, centre_on(hall, seat.day), every_hall())
        if not may_decide_centres(seat.account, seat.day):
            raise PermissionDenied(_("The Government Office and centres open this."))
        have = {one.organ_id for one in every_hall()}
        free = [one for one in organs_of(MAY_HAVE_A_HALL) if one.pk not in have]
        return seat, Founds(sorted(free, key=lambda one: one.kind != OrganKind.CENTRE))

    def seq(self, subject: Any) -> None:
        return None

    def here(self, offer: Any, who: Any, subject: Stands | Founds) -> bool:
        founds = isinstance(subject, Founds)
        return (offer is SetUpHall) == founds and super().here(offer, who, subject)

    def content(self, who: Seat, subject: Stands | Founds) -> dict[str, Any]:
        stands = subject if isinstance(subject, Stands) else None
        rows = versions_of_centres(stands.hall if stands else None)
        return {
            "seat": who,
            "stands": stands,
            "standing": CentreState(stands.centre.standing) if stands and stands.centre else None,
            "rows": [
                (kind, one, VersionState(one.state), TONES.get(VersionState(one.state), "closed"))
                for kind, one in rows
            ],
        }


board, roster, centres = official(Board()), official(Roster()), official(Centres())
