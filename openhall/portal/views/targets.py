"""目标管理 for everybody: what each unit promised for the year, how it stands, what it reported."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.http import require_safe

from openhall.desk.pages import existing
from openhall.glossary import Said
from openhall.organs.queries import Organ, organ_named
from openhall.paging.whole import whole
from openhall.statistics.rules.figures import Reading
from openhall.targets.queries import (
    DEFINITIONS,
    OPEN,
    TOLD,
    Line,
    TargetSheet,
    compared,
    lines_behind,
    reports,
    sheet_on,
    standing,
    totals,
    year_told,
    years,
)
from openhall.targets.rules.sheet import targets_in
from openhall.targets.terms import Counted, Period, ReportState
from openhall.workdays.queries import figures_day

KINDS = {
    ReportState.OWED: "waiting",
    ReportState.SUBMITTED: "info",
    ReportState.RETURNED: "waiting",
    ReportState.ACCEPTED: "on_time",
    ReportState.PUBLISHED: "on_time",
}
SECTIONS = {
    "work": gettext_lazy("What was done this year"),
    "problems": gettext_lazy("Problems that remain"),
    "putting_right": gettext_lazy("How it is put right"),
    "next_year": gettext_lazy("What comes next year"),
}


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Every unit with targets in a year: where its reports stand, what is overdue, its scores."""
    day, known = figures_day(), years()
    asked = whole(request.GET.get("year"))
    year = asked if asked in known else known[0] if known else day.year
    lines = year_told(year, day)
    for line in lines:
        line["states"] = [
            (
                period,
                None if report is None else ReportState(report.state),
                "overdue"
                if report is not None and report in line["late"]
                else KINDS[ReportState(report.state)]
                if report is not None
                else "closed",
            )
            for period, report in line["told"]
        ]
    context = {
        "year": year,
        "years": known,
        "lines": lines,
        "late": [
            (line["organ"], one, Period(one.period)) for line in lines for one in line["late"]
        ],
    }
    return render(request, "portal/targets/overview.html", context)


def _sheet(code: str, year: int) -> tuple[Organ, TargetSheet, date]:
    organ, day = existing(organ_named(code)), figures_day()
    return organ, existing(sheet_on(organ, year, day)), day


@require_safe
def sheet(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """The targets of a unit with what is counted so far, and the reports that were verified."""
    organ, found, day = _sheet(code, year)
    lines, total = standing(found, day)
    told = []
    for one in reports(organ=organ, year=year):
        state = ReportState(one.state)
        public = one.state in TOLD and (one.period != Period.YEAR or one.state == "published")
        late = one.state in OPEN and one.due < day
        told.append(
            {
                "report": one,
                "period": Period(one.period),
                "state": state,
                "kind": "overdue" if late else KINDS[state],
                "public": public,
                "lines": compared(one) if public else [],
                "totals": totals(one) if public else {},
                "is_year": one.period == Period.YEAR,
                "sections": [(SECTIONS[name], words) for name, words in one.sections.items()]
                if public
                else [],
            }
        )
    context: dict[str, Any] = {
        "organ": organ,
        "year": year,
        "sheet": found,
        "lines": lines,
        "total": total,
        "day": min(day, date(year, 12, 31)),
        "told": told,
    }
    return render(request, "portal/targets/sheet.html", context)


def _labelled(line: Line) -> tuple[Any, bool, Reading, str, tuple[Any, ...]]:
    words = line.label.said_in(get_language()) if isinstance(line.label, Said) else line.label
    return words, isinstance(line.label, date), line.reading, line.page, line.args


@require_safe
def target(request: HttpRequest, code: str, year: int, name: str) -> HttpResponse:
    """What stands behind one target: how it is counted, part by part, each opening further."""
    organ, found, day = _sheet(code, year)
    one = next((one for one in targets_in(found.targets) if one.code == name), None)
    if one is None:
        raise Http404
    counted = Counted(one.counted)
    last = max(min(day, date(year, 12, 31)), date(year, 1, 1))
    lines = lines_behind(counted, organ, date(year, 1, 1), last)
    reading = Reading(
        sum(line.reading.part for line in lines), sum(line.reading.whole for line in lines)
    )
    context = {
        "organ": organ,
        "year": year,
        "target": one,
        "counted": counted,
        "definition": DEFINITIONS[counted].said_in(get_language()),
        "lines": [_labelled(line) for line in lines],
        "reading": reading if lines else None,
        "day": last,
    }
    return render(request, "portal/targets/target.html", context)
