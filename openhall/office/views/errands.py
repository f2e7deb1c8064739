"""帮办代办, 跨域通办: for who works in a hall, and for the unit papers are handed on to. A1."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext as _

from openhall.hall.permissions import may_decide_centres, may_manage
from openhall.hall.queries import (
    Errand,
    duty_now,
    errands_of,
    errands_to,
    hall_of,
    help_limit_versions,
    help_limits_on,
    staff_of,
)
from openhall.hall.terms import ErrandKind, ErrandState
from openhall.office.acts.errands import ERRAND_OFFERS, Errands, SetHelpLimits
from openhall.office.seat import DeskPage, Seat, official, seat_at
from openhall.organs.queries import units
from openhall.organs.terms import Desk

TONES = {
    ErrandState.TAKEN: "waiting",
    ErrandState.HANDED: "info",
    ErrandState.RECEIVED: "on_time",
    ErrandState.DONE: "closed",
}


class ErrandsPage(DeskPage):
    """What was taken over here, and what comes from elsewhere."""

    offers = ERRAND_OFFERS
    template, at = "office/hall/errands.html", "errands"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, Errands]:
        seat = seat_at(request, where["organ"], where["desk"])
        sits = duty_now(seat.account, seat.day)
        hall = hall_of(seat.organ.pk) or (sits.hall if sits is not None else None)
        found = Errands(hall, coming=errands_to(seat.organ))
        if hall is not None:
            found.here = errands_of(hall)
            found.staff = staff_of(hall, seat.day)
            found.units = list(units(seat.day))
        return seat, found

    def seq(self, subject: Any) -> None:
        return None

    def content(self, who: Seat, subject: Errands) -> dict[str, Any]:
        here = subject.hall
        manages = here is not None and may_manage(who.account, here, who.day)

        def row(one: Errand) -> dict[str, Any]:
            state = ErrandState(one.state)
            late = state == ErrandState.TAKEN and one.due_on < who.day
            return {
                "it": one,
                "kind": ErrandKind(one.kind),
                "state": state,
                "theirs": manages or one.helper_id == who.account.pk,  # whose words those are
                "tone": "overdue" if late else TONES[state],
            }

        return {
            "seat": who,
            "errands": subject,
            "here": [row(one) for one in subject.here],
            "coming": [row(one) for one in subject.coming],
        }


errands = official(ErrandsPage())


class LimitsPage(DeskPage):
    """The limits of helping in force, those before, and the next."""

    offers = (SetHelpLimits,)
    template, at, by_desk = "office/hall/limits.html", "help_limits", False

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, None]:
        seat = seat_at(request, where["organ"], Desk.GOVERNMENT_OFFICE.value)
        if not may_decide_centres(seat.account, seat.day):
            raise PermissionDenied(_("The office of the government sets this."))
        return seat, None

    def content(self, who: Seat, subject: None) -> dict[str, Any]:
        versions = list(help_limit_versions())
        return {"seat": who, "now": help_limits_on(who.day), "versions": versions}


limits = official(LimitsPage())
