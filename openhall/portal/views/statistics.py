"""Public figures, each of which opens: to its months, to its masked cases, to their proofs."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import formats
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openhall.cases.queries import case_numbered, erasure_of
from openhall.cases.terms import Act, Channel, Outcome, Stage
from openhall.design.figures import Point, Series
from openhall.desk.pages import existing
from openhall.ledger.queries import places_of, receipt_for
from openhall.organs.queries import Organ, organ_named
from openhall.paging.keyset import place
from openhall.paging.whole import month as month_named
from openhall.statistics.queries import (
    by_month,
    by_unit,
    due_today,
    open_and_overdue,
    overdue,
    owed_page,
    page_behind,
    public_events,
)
from openhall.statistics.rules.figures import Sums, months_back
from openhall.statistics.terms import Measure
from openhall.workdays.queries import figures_day

MONTHS = 13


def _named(organ: Organ) -> str:
    return organ.name_en if (get_language() or "").startswith("en") else organ.name


def _month_named(month: date) -> str:
    return formats.date_format(month, "YEAR_MONTH_FORMAT")


def _month_short(month: date) -> str:
    """11月, or Nov: under a tick there is room for no more."""
    english = (get_language() or "").startswith("en")
    return formats.date_format(month, "M") if english else f"{month.month}月"


def _month_of(text: str) -> date:
    if (found := month_named(text)) is None:
        raise Http404
    return found


def _charts(
    months: list[date], found: dict[date, Sums], opens: Callable[[date, Measure], str]
) -> list[tuple[Series, str, str]]:
    """The drawn series of a page, each with what it is out of and its unit; every point opens."""
    newest = found.get(months[-1], Sums())

    def line(label: str, measure: Measure, value: Callable[[Sums], float | None]) -> Series:
        return Series(
            label,
            [
                Point(
                    _month_named(month),
                    value(found.get(month, Sums())),
                    opens(month, measure),
                    _month_short(month),
                )
                for month in months
            ],
        )

    cases = _("%(kept)s of %(all)s cases")
    ratings = ngettext("%(count)s rating", "%(count)s ratings", newest.rated)
    return [
        (line(_("Applications received"), Measure.RECEIVED, lambda s: s.received), "", ""),
        (line(_("Closed"), Measure.CLOSED, lambda s: s.closed), "", ""),
        (line(_("Average working days"), Measure.CLOSED, lambda s: s.average_days), "", ""),
        (
            line(
                _("Closed within the promise"),
                Measure.ON_TIME,
                lambda s: _percent(s.on_time_rate),
            ),
            cases % {"kept": newest.on_time, "all": newest.closed},
            "%",
        ),
        (
            line(
                _("Satisfied among those who rated"),
                Measure.SATISFIED,
                lambda s: _percent(s.satisfied_rate),
            ),
            ratings % {"count": newest.rated},
            "%",
        ),
        (line(_("Ratings received"), Measure.RATED, lambda s: s.rated), "", ""),
    ]


def _percent(rate: float | None) -> float | None:
    return None if rate is None else round(rate * 100, 1)


@require_safe
def city(request: HttpRequest) -> HttpResponse:
    """The whole city: this month, the last twelve, and every unit of the month chosen."""
    this = figures_day().replace(day=1)
    months = months_back(this, MONTHS)
    asked = request.GET.get("month", "")
    chosen = _month_of(asked) if asked else this
    found = by_month(months[0], this)
    standing, late = open_and_overdue(figures_day())
    context = {
        "open": standing,
        "overdue": late,
        "overdue_rate": late / standing if standing else None,
        "day": figures_day(),
        "month": chosen,
        "newest": chosen == this,
        "months": [(month, month == chosen) for month in reversed(months)],
        "sums": found.get(chosen, Sums()) if chosen in months else Sums(),
        "units": [(organ, _named(organ), sums) for organ, sums in by_unit(chosen, chosen)],
        "charts": _charts(
            months,
            found,
            lambda month, measure: reverse("portal:city_figure", args=[month, measure.value]),
        ),
    }
    return render(request, "portal/statistics_city.html", context)


@require_safe
def unit(request: HttpRequest, code: str) -> HttpResponse:
    """One unit, month by month; every count opens."""
    organ = existing(organ_named(code))
    this = figures_day().replace(day=1)
    months = months_back(this, MONTHS)
    found = by_month(months[0], this, organ)
    context = {
        "organ": organ,
        "name": _named(organ),
        "rows": [(month, found.get(month, Sums())) for month in reversed(months)],
        "total": sum(found.values(), Sums()),
        "charts": _charts(
            months,
            found,
            lambda month, measure: reverse("portal:figure", args=[code, month, measure.value]),
        ),
    }
    return render(request, "portal/statistics_unit.html", context)


@require_safe
def figure(request: HttpRequest, code: str, month: date, measure: str) -> HttpResponse:
    """The cases behind one figure, masked."""
    organ = existing(organ_named(code))
    if measure not in Measure.codes():
        raise Http404
    kind = Measure(measure)
    cases = page_behind(kind, organ, month, place(request.GET))
    sums = by_month(month, month, organ).get(month, Sums())
    context = {
        "organ": organ,
        "name": _named(organ),
        "month": month,
        "measure": kind,
        "count": getattr(sums, measure),
        "cases": cases.map(lambda case: (case, Stage(case.stage))),
    }
    return render(request, "portal/statistics_figure.html", context)


OWED: dict[str, tuple[Any, Any, Any]] = {
    "due": (
        due_today,
        gettext_lazy("Due today, still open"),
        gettext_lazy("Accepted cases whose promised day is today and that are not answered yet."),
    ),
    "overdue": (
        overdue,
        gettext_lazy("Overdue now"),
        gettext_lazy(
            "Accepted cases still open after their promised day. Days that the law stops for a "
            "cause told in writing are not counted."
        ),
    ),
}


@require_safe
def owed(request: HttpRequest, what: str) -> HttpResponse:
    """The cases behind a figure of what the city owes, masked; the longest waiting first."""
    if what not in OWED:
        raise Http404
    rows_on, name, meaning = OWED[what]
    day = figures_day()
    rows = rows_on(day)
    page = owed_page(rows, place(request.GET))
    context = {
        "name": name,
        "meaning": meaning,
        "day": day,
        "count": rows.count(),
        "cases": page.map(lambda case: (case, Stage(case.stage))),
    }
    return render(request, "portal/statistics_owed.html", context)


@require_safe
def sums(request: HttpRequest, month: date, measure: str) -> HttpResponse:
    """A figure of the whole city as the sum of its units, each of which opens to its cases."""
    if measure not in Measure.codes():
        raise Http404
    rows = [
        (organ, _named(organ), getattr(found, measure)) for organ, found in by_unit(month, month)
    ]
    context = {
        "month": month,
        "measure": Measure(measure),
        "units": [row for row in rows if row[2]],
        "count": sum(row[2] for row in rows),
    }
    return render(request, "portal/statistics_sums.html", context)


@require_safe
def case(request: HttpRequest, number: str) -> HttpResponse:
    """One case as anyone may see it: no person, every step, and the proof of each step."""
    found = existing(case_numbered(number))
    steps = public_events(found)
    places = places_of(event.entry for event in steps)
    events = [
        {
            "seq": event.seq,
            "act": Act(event.act),
            "at": event.event_time,
            "entered": event.entry_time,
            "leaf": places.get(event.entry),
        }
        for event in steps
    ]
    context = {
        "case": found,
        "name": _named(found.organ),
        "stage": Stage(found.stage),
        "outcome": Outcome(found.outcome) if found.outcome else None,
        "channel": Channel(found.channel),
        "events": events,
        "erased": erasure_of(found),
        "guide": reverse("portal:guide", args=[found.item.code]),
    }
    return render(request, "portal/statistics_case.html", context)


@require_safe
def proof(request: HttpRequest, number: str, seq: int) -> HttpResponse:
    """The receipt of one event, to verify offline with ``openhall verify --receipt``."""
    found = existing(case_numbered(number))
    event = next((one for one in public_events(found) if one.seq == seq), None)
    receipt = None if event is None else receipt_for(event.entry)
    if receipt is None:
        raise Http404
    answer = HttpResponse(receipt.to_json(), content_type="application/json; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{number}-{seq}.json"'
    return answer
