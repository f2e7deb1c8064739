"""Reading targets: the sheet in force, what was counted so far, the reports and what is overdue."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from openhall.organs.models import Organ
from openhall.statistics.rules.figures import Reading
from openhall.targets.measures import (
    DEFINITIONS,
    Line,
    lines_behind,
    months_between,
    reading_of,
    until,
)
from openhall.targets.models import TargetDeed, TargetReport, TargetSheet
from openhall.targets.rules.sheet import Target, score_of, targets_in, total_of
from openhall.targets.terms import Counted, Period, ReportState
from openhall.versions.queries import in_force
from openhall.versions.terms import PUBLIC, VersionState

__all__ = ["DEFINITIONS", "Line", "TargetReport", "TargetSheet", "lines_behind", "months_between"]

OPEN = (ReportState.OWED.value, ReportState.RETURNED.value)
TOLD = (ReportState.ACCEPTED.value, ReportState.PUBLISHED.value)


def newest_sheet(organ: Organ, year: int) -> TargetSheet | None:
    """The newest sheet of the year that was published."""
    rows = TargetSheet.objects.filter(organ=organ, year=year, state__in=PUBLIC)
    return rows.order_by("-number").first()


def sheet_on(organ: Organ, year: int, day: date) -> TargetSheet | None:
    """The sheet of the year in force on ``day``; after the year the one it ended with."""
    found = in_force(TargetSheet, day, organ=organ, year=year)
    return found or (newest_sheet(organ, year) if day.year > year else None)


def sheets(year: int) -> QuerySet[TargetSheet]:
    """The sheets of a year that are in force or were."""
    rows = TargetSheet.objects.select_related("organ")
    return rows.filter(year=year, state=VersionState.PUBLISHED.value)


def drafts(organ: Organ | None = None) -> QuerySet[TargetSheet]:
    """Sheets that are being written or lie with somebody."""
    rows = TargetSheet.objects.select_related("organ")
    rows = rows.filter(state__in=[VersionState.DRAFT.value, VersionState.REVIEW.value])
    return rows if organ is None else rows.filter(organ=organ)


def years() -> list[int]:
    """The years with targets, the newest first."""
    rows = TargetSheet.objects.filter(state__in=PUBLIC).order_by("-year")
    return list(dict.fromkeys(rows.values_list("year", flat=True)))


def counted_until(
    organ: Organ, year: int, targets: Sequence[Target], day: date
) -> dict[str, Reading]:
    """What was counted for each counted target from the year's first day to ``day``."""
    first, last = date(year, 1, 1), until(year, day)
    found: dict[str, Reading] = {}
    for one in targets:
        reading = reading_of(Counted(one.counted), organ, first, last)
        if reading is not None:
            found[one.code] = reading
    return found


@dataclass(frozen=True, slots=True)
class Standing:
    """A target as it stands: what was counted, what that scores."""

    target: Target
    counted: Counted
    reading: Reading | None
    score: Decimal | None

    @property
    def percent(self) -> Decimal | None:
        return self.reading.percent if self.reading else None


def standing(sheet: TargetSheet, day: date) -> tuple[list[Standing], Decimal | None]:
    """Each target of a sheet as it stands, and what the counted ones make out of a hundred."""
    targets = targets_in(sheet.targets)
    readings = counted_until(sheet.organ, sheet.year, targets, day)
    told = [
        Standing(
            one,
            Counted(one.counted),
            readings.get(one.code),
            score_of(one, readings.get(one.code)),
        )
        for one in targets
    ]
    return told, total_of(targets, {one.target.code: one.score for one in told})


def reports(
    *, organ: Organ | None = None, year: int | None = None, states: Sequence[str] = ()
) -> QuerySet[TargetReport]:
    """Reports as asked for."""
    rows = TargetReport.objects.select_related("organ")
    if organ is not None:
        rows = rows.filter(organ=organ)
    if year is not None:
        rows = rows.filter(year=year)
    return rows.filter(state__in=states) if states else rows


def overdue(day: date) -> QuerySet[TargetReport]:
    """Reports owed or returned whose last day has passed."""
    return reports(states=OPEN).filter(due__lt=day)


def report_numbered(number: str) -> TargetReport | None:
    return reports().filter(number=number).first()


def deeds_told(report: TargetReport) -> list[tuple[TargetDeed, list[str]]]:
    """What was done to a report, with what was written at each step."""
    rows = TargetDeed.objects.filter(subject="target-report", about=report.pk)
    return [
        (one, list(one.detail_under(report.salt).values()))
        for one in rows.select_related("actor").order_by("seq")
    ]


def compared(report: TargetReport) -> list[dict[str, Any]]:
    """A line for each target of a report: words, counted, claimed, verified, and their gaps."""
    lines = []
    for one in targets_in(report.targets):
        reading = report.readings.get(one.code)
        computed, claimed, verified = (
            None if (said := told.get(one.code)) is None else Decimal(said)
            for told in (report.computed, report.claimed, report.verified)
        )
        gap = claimed - computed if claimed is not None and computed is not None else None
        lines.append(
            {
                "target": one,
                "counted": Counted(one.counted),
                "reading": Reading(*reading) if reading else None,
                "computed": computed,
                "claimed": claimed,
                "verified": verified,
                "gap": gap,
                "words": report.words.get(one.code, ""),
            }
        )
    return lines


def totals(report: TargetReport) -> dict[str, Decimal | None]:
    """Claimed, counted and verified, each out of a hundred over what applies."""
    targets = targets_in(report.targets)
    return {
        name: total_of(
            targets, {code: Decimal(one) for code, one in told.items() if one is not None}
        )
        for name, told in (
            ("claimed", report.claimed),
            ("computed", report.computed),
            ("verified", report.verified),
        )
    }


def year_told(year: int, day: date) -> list[dict[str, Any]]:
    """A line for each unit with targets in ``year``: reports, and scores once published."""
    found: dict[int, dict[str, Any]] = {}
    for sheet in sheets(year):
        found[sheet.organ_id] = {"sheet": sheet, "organ": sheet.organ, "reports": {}}
    for report in reports(year=year):
        if report.organ_id in found:
            found[report.organ_id]["reports"][report.period] = report
    lines = []
    for line in found.values():
        told = [(one, line["reports"].get(one.value)) for one in Period]
        year_end = line["reports"].get(Period.YEAR.value)
        public = year_end is not None and year_end.state == ReportState.PUBLISHED
        late = [one for _p, one in told if one and one.state in OPEN and one.due < day]
        lines.append(
            line
            | {
                "told": told,
                "late": late,
                "totals": totals(year_end) if public and year_end else None,
            }
        )
    return lines
