"""How a hall is arranged, and the shifts of who works in it. A9."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from openhall.catalogue.queries import versions_in_force
from openhall.hall.permissions import may_manage
from openhall.hall.queries import (
    hall_of,
    items_of,
    lines_now,
    open_lines,
    residents_of,
    shifts_ahead,
    shifts_of_others,
    swaps_asked_of,
    windows_of,
    zones_of,
)
from openhall.office.acts.hall_arranging import ARRANGE_OFFERS, Arranged
from openhall.office.acts.shifts import SHIFT_OFFERS, Shifts
from openhall.office.seat import DeskPage, Seat, official, seat_at
from openhall.organs.queries import units


class Arranging(DeskPage):
    """Zones, windows, lines and units, each with what may be changed of it."""

    offers = ARRANGE_OFFERS
    template, at = "office/hall/arranging.html", "hall_arranging"
    beside = True

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, Arranged]:
        seat = seat_at(request, where["organ"], where["desk"])
        hall = hall_of(seat.organ.pk)
        if hall is None or not may_manage(seat.account, hall, seat.day):
            raise PermissionDenied(_("Those who manage a centre with a hall open this."))
        found = Arranged(hall, list(zones_of(hall)), list(windows_of(hall)), list(open_lines(hall)))
        found.units = list(residents_of(hall, seat.day))
        inside = [one.organ_id for one in found.units]
        rows = versions_in_force(seat.day).filter(item__organ__in=inside)
        found.items = list(rows.select_related("item").order_by("name"))
        found.others = [one for one in units(seat.day) if one.pk not in inside]
        now = timezone.now()
        found.served = {
            one.pk: [line.letter for line in lines_now(one.pk, now)] for one in found.windows
        }
        found.of_line = {one.pk: items_of(one) for one in found.lines}
        return seat, found

    def seq(self, subject: Any) -> None:
        return None

    def content(self, who: Seat, subject: Arranged) -> dict[str, Any]:
        return {
            "seat": who,
            "arranged": subject,
            "windows": [(one, " ".join(subject.served[one.pk])) for one in subject.windows],
            "lines": [(one, len(subject.of_line[one.pk])) for one in subject.lines],
        }


arrange = official(Arranging())


class OwnShifts(DeskPage):
    """My shifts to come; swapping one with a colleague."""

    offers = SHIFT_OFFERS
    template, at = "office/hall/shifts.html", "own_shifts"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, Shifts]:
        seat = seat_at(request, where["organ"], where["desk"])
        mine = shifts_ahead(seat.account, seat.day)
        halls = {one.hall_id: one.hall for one in mine}
        return seat, Shifts(
            mine,
            {pk: shifts_of_others(hall, seat.account, seat.day) for pk, hall in halls.items()},
            swaps_asked_of(seat.account, seat.day),
        )

    def seq(self, subject: Any) -> None:
        return None

    def content(self, who: Seat, subject: Shifts) -> dict[str, Any]:
        return {"seat": who, "shifts": subject}


shifts = official(OwnShifts())
