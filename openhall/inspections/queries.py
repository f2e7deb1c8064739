"""Reading indicators, evidence, inspections; marks only once they are unsealed."""

import json
from datetime import date
from typing import Any

from django.db.models import QuerySet

from openhall.deeds.rules.codes import tidy
from openhall.glossary import Said
from openhall.inspections.data import shipped
from openhall.inspections.models import (
    Evidence,
    Framework,
    InspectedUnit,
    Inspection,
    InspectionDeed,
    Inspector,
    MarkSheet,
    SheetEdit,
)
from openhall.inspections.rules.carrying import Edit
from openhall.inspections.rules.indicators import Indicator, Marks, indicators_in, summed
from openhall.inspections.terms import InspectionState, SheetState
from openhall.organs.models import Organ
from openhall.organs.terms import OrganKind
from openhall.vault.fields import blinds
from openhall.versions.queries import in_force

NO_CODE = Said(
    "没有持此代码的检查人员。请核对交给您的代码。",
    "No inspector holds this code. Compare it with the one you were given.",
)
__all__ = ["Evidence", "Framework", "InspectedUnit", "Inspection", "Inspector", "MarkSheet"]

TOLD = [
    one.value
    for one in InspectionState
    if one not in (InspectionState.REVIEW, InspectionState.DROPPED)
]


def indicators_on(day: date) -> list[Indicator]:
    """The indicators in force on ``day``; the shipped ones where no version is."""
    version = in_force(Framework, day)
    return list(shipped()) if version is None else indicators_in(version.indicators)


def frameworks() -> QuerySet[Framework]:
    return Framework.objects.order_by("-number")


def evidence_of(organ: Organ | None = None) -> QuerySet[Evidence]:
    """What was filed and not withdrawn."""
    rows = Evidence.objects.select_related("organ").filter(withdrawn=False)
    return rows if organ is None else rows.filter(organ=organ)


def evidence_numbered(number: str) -> Evidence | None:
    return Evidence.objects.select_related("organ").filter(number=number).first()


def inspections(*, public: bool = False) -> QuerySet[Inspection]:
    """Inspections, the newest first; ``public``: those that were announced."""
    rows = Inspection.objects.select_related("organ", "draw")
    return rows.filter(state__in=TOLD) if public else rows


def inspection_numbered(number: str, *, public: bool = False) -> Inspection | None:
    return inspections(public=public).filter(number=number).first()


def candidates() -> dict[str, list[Organ]]:
    """Whom the draw is from: every open department, every open district."""
    rows = Organ.objects.filter(closed_on__isnull=True)
    return {
        "departments": list(rows.filter(kind=OrganKind.DEPARTMENT.value)),
        "districts": list(rows.filter(kind=OrganKind.DISTRICT.value)),
    }


def units_of(inspection: Inspection) -> list[InspectedUnit]:
    return list(inspection.units.select_related("organ"))


def inspectors_of(inspection: Inspection) -> list[Inspector]:
    return list(inspection.inspectors.order_by("place"))


def inspector_with(inspection: Inspection, code: str) -> Inspector | None:
    """The inspector this code was given to."""
    indexed = blinds("inspector:" + tidy(code))
    return Inspector.objects.filter(inspection=inspection, code_blind__in=indexed).first()


def teams_of(inspection: Inspection) -> list[dict[str, Any]]:
    """A line for each unit: its team, how many sheets are in; never a mark."""
    lines = []
    for unit in units_of(inspection):
        sheets = list(unit.sheets.select_related("inspector").order_by("inspector__place"))
        lines.append(
            {
                "unit": unit,
                "team": [one.inspector for one in sheets],
                "signed": sum(one.state == SheetState.SIGNED for one in sheets),
                "sheets": len(sheets),
            }
        )
    return lines


def sheet_of(inspector: Inspector, organ: str) -> MarkSheet | None:
    """The inspector's sheet for a unit; None where the unit is not his."""
    rows = MarkSheet.objects.filter(inspector=inspector, unit__organ__code=organ)
    return rows.select_related("unit__organ", "unit__inspection", "inspector").first()


def edits_of(sheet: MarkSheet) -> list[Edit]:
    """Every value that was ever written into a sheet away from here or from its paper."""
    return [
        Edit(
            sheet.number,
            one.field,
            json.loads(one.value),
            tuple(one.seen),
            one.device,
            one.count,
            one.clock,
        )
        for one in SheetEdit.objects.filter(sheet=sheet).order_by("pk")
    ]


def sheets_of(inspector: Inspector) -> list[MarkSheet]:
    """The inspector's sheets, as he takes them along."""
    rows = inspector.sheets.select_related("unit__organ", "unit__inspection", "inspector")
    return list(rows.order_by("unit__organ__position", "pk"))


def sheet_numbered(number: str) -> MarkSheet | None:
    rows = MarkSheet.objects.select_related("unit__organ", "unit__inspection", "inspector")
    return rows.filter(number=number).first()


def sheets_in(inspection: Inspection) -> QuerySet[MarkSheet]:
    """Every sheet of an inspection, as papers are printed and keyed in."""
    rows = MarkSheet.objects.select_related("unit__organ", "inspector")
    return rows.filter(unit__inspection=inspection)


def keyed_by(sheet: MarkSheet) -> list[int]:
    """The accounts that have keyed the paper of a sheet in, in order."""
    rows = SheetEdit.objects.filter(sheet=sheet, by__isnull=False).order_by("pk")
    return list(dict.fromkeys(rows.values_list("by", flat=True)))


def unsigned(inspection: Inspection) -> int:
    rows = MarkSheet.objects.filter(unit__inspection=inspection, state=SheetState.OPEN.value)
    return rows.count()


def marks_in(sheet: MarkSheet) -> Marks:
    """The marks of a signed sheet."""
    told: dict[str, int | None] = json.loads(sheet.marks)
    return told


def figures_of(inspection: Inspection) -> dict[str, Any]:
    """The result reckoned from the sheets as they stand."""
    sheets: dict[str, dict[str, Marks]] = {}
    rows = MarkSheet.objects.filter(unit__inspection=inspection, state=SheetState.SIGNED.value)
    for one in rows.select_related("unit__organ", "inspector").order_by("pk"):
        team = sheets.setdefault(one.unit.organ.code, {})
        team[f"{one.inspector.place}"] = marks_in(one)
    return summed(indicators_in(inspection.indicators), sheets)


def deeds_told(inspection: Inspection) -> list[tuple[InspectionDeed, list[str]]]:
    """What was done to an inspection, with what was written at each step."""
    rows = InspectionDeed.objects.filter(subject="inspection", about=inspection.pk)
    return [
        (one, list(one.detail_under(inspection.salt).values()))
        for one in rows.select_related("actor").order_by("seq")
    ]
