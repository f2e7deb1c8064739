"""Inspections on the desk: planned, announced, teams by lot, visits noted, unsealed, published."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from openhall.desk.pages import Subject as Thing
from openhall.desk.pages import existing
from openhall.inspections.queries import (
    Inspection,
    deeds_told,
    evidence_of,
    frameworks,
    inspection_numbered,
    inspections,
    inspectors_of,
    teams_of,
)
from openhall.inspections.terms import (
    Category,
    EvidenceKind,
    InspectionAct,
    InspectionState,
)
from openhall.lots.terms import DrawState
from openhall.office.acts.inspections import (
    ANNOUNCERS,
    FILERS,
    INSPECTION_OFFERS,
    PLANNERS,
    Begin,
    BeginFramework,
    FileEvidence,
    Withdraw,
)
from openhall.office.seat import DeskPage, Seat, official, seat_at
from openhall.office.views.desk import queue_context
from openhall.paging.keyset import paged, place
from openhall.versions.terms import VersionState

KINDS = {
    InspectionState.REVIEW: "waiting",
    InspectionState.DROPPED: "closed",
    InspectionState.DRAWING: "waiting",
    InspectionState.VISITING: "info",
    InspectionState.UNSEALED: "waiting",
    InspectionState.PUBLISHED: "on_time",
}


def inspecting_here(request: HttpRequest, organ: str, desk: str) -> Seat:
    """The seat of a desk that leads or announces inspections."""
    seat = seat_at(request, organ, desk)
    if seat.desk not in (*PLANNERS, *ANNOUNCERS):
        raise PermissionDenied(_("This desk has no part in inspections."))
    return seat


class Inspections(DeskPage):
    """Every inspection, the next one, and the indicators by version."""

    offers = (Begin, BeginFramework)
    template, at = "office/inspections/list.html", "inspections"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, None]:
        return inspecting_here(request, where["organ"], where["desk"]), None

    def context(
        self, request: HttpRequest, who: Seat, subject: None, **more: Any
    ) -> dict[str, Any]:
        rows = paged(inspections(), at=place(request.GET))
        return queue_context(request, who) | {
            "rows": rows.map(
                lambda one: {
                    "inspection": one,
                    "state": InspectionState(one.state),
                    "kind": KINDS[InspectionState(one.state)],
                }
            ),
            "frameworks": [(one, VersionState(one.state)) for one in frameworks()],
        }


listing = official(Inspections())


class InspectionOnDesk(Thing):
    """One inspection; marks stand on no page before they are unsealed."""

    offers = INSPECTION_OFFERS
    kind = "inspection"
    template = "office/inspections/inspection.html"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, Inspection]:
        seat = inspecting_here(request, where["organ"], where["desk"])
        return seat, existing(inspection_numbered(where["number"]))

    def home(self, who: Seat, subject: Inspection) -> str:
        return reverse("office:inspection", args=[who.organ.code, who.desk, subject.number])

    def context(
        self, request: HttpRequest, who: Seat, subject: Inspection, **more: Any
    ) -> dict[str, Any]:
        state, draw = InspectionState(subject.state), subject.draw
        return queue_context(request, who) | {
            "inspection": subject,
            "state": state,
            "kind": KINDS[state],
            "draw_state": DrawState(draw.state) if draw else None,
            "people": [(one, Category(one.category)) for one in inspectors_of(subject)],
            "shows_codes": who.desk in PLANNERS and state == InspectionState.VISITING,
            "teams": teams_of(subject),
            "story": [
                (deed, InspectionAct(deed.act), words) for deed, words in deeds_told(subject)
            ],
        }


inspection = official(InspectionOnDesk())


class Evidences(DeskPage):
    """What the unit has filed."""

    offers = (FileEvidence, Withdraw)
    template, at = "office/inspections/evidence.html", "evidence"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, None]:
        seat = seat_at(request, where["organ"], where["desk"])
        if seat.desk not in FILERS:
            raise PermissionDenied(_("This desk files no evidence."))
        return seat, None

    def context(
        self, request: HttpRequest, who: Seat, subject: None, **more: Any
    ) -> dict[str, Any]:
        rows = paged(evidence_of(who.organ), ("-held_on", "-pk"), place(request.GET))
        return queue_context(request, who) | {
            "rows": rows.map(lambda one: {"evidence": one, "kind": EvidenceKind(one.kind)})
        }


evidence = official(Evidences())
