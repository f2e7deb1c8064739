"""The fees of the unit's items, or of every unit for Legal Affairs. A12."""

from typing import Any

from django.http import HttpRequest

from openhall.catalogue.kinds import TARIFF
from openhall.catalogue.queries import tariffs_kept
from openhall.office.acts.tariffs import BeginTariff
from openhall.office.seat import DeskPage, Seat, official
from openhall.office.views.catalogue import catalogue_seat, frame, reach
from openhall.office.views.versions import TONES, at
from openhall.organs.terms import Desk
from openhall.paging.keyset import place
from openhall.versions.terms import VersionState


class Tariffs(DeskPage):
    """Every version of every fee this desk sees, newest first."""

    offers = (BeginTariff,)
    template, at, by_desk = "office/catalogue/tariffs.html", "tariffs", False

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, None]:
        return catalogue_seat(request, where["organ"], Desk.CATALOGUE_CLERK, Desk.LEGAL), None

    def context(
        self, request: HttpRequest, who: Seat, subject: None, **more: Any
    ) -> dict[str, Any]:
        rows = tariffs_kept(reach(who), place(request.GET))
        return frame(who, "tariffs") | {
            "rows": rows.map(
                lambda one: (
                    one,
                    at(who, TARIFF, one),
                    VersionState(one.state),
                    TONES.get(VersionState(one.state), "closed"),
                )
            )
        }


page = official(Tariffs())
