"""Inspections on the desk: planned, announced, teams by lot, visits noted, unsealed, published."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openhall.design.qr import qr_svg
from openhall.desk.pages import Subject as Thing
from openhall.desk.pages import existing
from openhall.inspections.queries import (
    Inspection,
    MarkSheet,
    deeds_told,
    evidence_of,
    frameworks,
    inspection_numbered,
    inspections,
    inspectors_of,
    keyed_by,
    sheet_numbered,
    sheets_in,
    teams_of,
)
from openhall.inspections.rules.indicators import indicators_in
from openhall.inspections.terms import (
    Category,
    EvidenceKind,
    InspectionAct,
    InspectionState,
    SheetState,
)
from openhall.lots.terms import DrawState
from openhall.office.acts.inspections import (
    ANNOUNCERS,
    FILERS,
    INSPECTION_OFFERS,
    KEYERS,
    PLANNERS,
    SHEET_OFFERS,
    Begin,
    BeginFramework,
    FileEvidence,
    FindSheet,
    Withdraw,
)
from openhall.office.seat import DeskPage, Seat, official, seat_at
from openhall.office.views.desk import queue_context
from openhall.organs.permissions import works_for
from openhall.organs.queries import organ_called
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
            "people": [
                (one, Category(one.category), [organ_called(code) for code in one.interests])
                for one in inspectors_of(subject)
            ],
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


# ------------------------------------------------------------------------------------ papers
class Sheets(DeskPage):
    """Mark sheets on paper to key in: found by their number."""

    offers = (FindSheet,)
    template, at = "office/inspections/sheets.html", "sheets"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, None]:
        return keying_here(request, where["organ"], where["desk"]), None

    def context(
        self, request: HttpRequest, who: Seat, subject: None, **more: Any
    ) -> dict[str, Any]:
        return queue_context(request, who)


sheets = official(Sheets())


def keying_here(request: HttpRequest, organ: str, desk: str) -> Seat:
    """The seat of a desk that keys sheets in."""
    seat = seat_at(request, organ, desk)
    if seat.desk not in KEYERS:
        raise PermissionDenied(_("This desk keys no papers in."))
    return seat


class SheetOnDesk(Thing):
    """One paper sheet; what others keyed in stands on no page."""

    offers = SHEET_OFFERS
    kind = "mark-sheet"
    template = "office/inspections/sheet.html"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, MarkSheet]:
        seat = keying_here(request, where["organ"], where["desk"])
        found = existing(sheet_numbered(where["number"]))
        if works_for(seat.account, found.unit.organ, seat.day):
            raise PermissionDenied(_("Nobody of the unit that is judged keys its papers in."))
        return seat, found

    def home(self, who: Seat, subject: MarkSheet) -> str:
        return reverse("office:sheet", args=[who.organ.code, who.desk, subject.number])

    def goes_on(self, request: HttpRequest, who: Seat, subject: MarkSheet, tried: Any) -> str:
        return reverse("office:sheets", args=[who.organ.code, who.desk])

    def context(
        self, request: HttpRequest, who: Seat, subject: MarkSheet, **more: Any
    ) -> dict[str, Any]:
        keyed = keyed_by(subject)
        return queue_context(request, who) | {
            "sheet": subject,
            "state": SheetState(subject.state),
            "keyed": len(keyed),
            "mine": who.account.pk in keyed,
            "differs": len(keyed) > 1 and subject.state == SheetState.OPEN,
        }


sheet = official(SheetOnDesk())


@official
@require_safe
def papers(request: HttpRequest, organ: str, desk: str, number: str) -> HttpResponse:
    """A paper for each sheet that is not signed, its number as a QR for whoever keys it in."""
    seat = inspecting_here(request, organ, desk)
    if seat.desk not in PLANNERS:
        raise PermissionDenied(_("Only the Supervision Bureau hands the sheets out."))
    found = existing(inspection_numbered(number))
    rows = sheets_in(found).filter(state=SheetState.OPEN.value)
    context = queue_context(request, seat) | {
        "inspection": found,
        "indicators": indicators_in(found.indicators),
        "sheets": [(one, mark_safe(qr_svg(one.number, quiet=2))) for one in rows],  # noqa: S308 - drawn by us
    }
    return render(request, "office/inspections/papers.html", context)
