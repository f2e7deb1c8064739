"""Public figures, each of which opens: to its months, to its masked cases, to their proofs."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import formats
from django.utils.translation import get_language, gettext_lazy
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
from openhall.statistics import bundles
from openhall.statistics.queries import (
    OPENS,
    by_month,
    by_unit,
    due_today,
    open_and_overdue,
    opinions_published,
    overdue,
    owed_page,
    page_behind,
    public_events,
    publication,
)
from openhall.statistics.rules.figures import Reading, Sums, month_shown, months_back
from openhall.statistics.terms import Measure
from openhall.workdays.queries import figures_day

MONTHS = 13


def _named(organ: Organ) -> str:
    return organ.name_en if (get_language() or "").startswith("en") else organ.name


def _month_named(month: date) -> str:
    return formats.date_format(month, "YEAR_MONTH_FORMAT")


def month_named_short(month: date) -> str:
    """11月, or Nov: under a tick there is room for no more."""
    english = (get_language() or "").startswith("en")
    return formats.date_format(month, "M") if english else f"{month.month}月"


def _month_of(text: str) -> date:
    if (found := month_named(text)) is None:
        raise Http404
    return found


def _charts(
    months: list[date],
    found: dict[date, Sums],
    opens: Callable[[date, Measure], str],
    good: dict[date, Reading | None],
) -> list[tuple[Series, str, str]]:
    """The drawn series of a page, each with what it is out of and its unit; every point opens.

    ``good`` ratings are those published with their month: a running count of opinions would tell
    each single one.
    """
    newest = found.get(months[-1], Sums())

    def line(label: str, measure: Measure, value: Callable[[Sums], float | None]) -> Series:
        return Series(
            label,
            [
                Point(
                    _month_named(month),
                    value(found.get(month, Sums())),
                    opens(month, measure),
                    month_named_short(month),
                )
                for month in months
            ],
        )

    cases = _("%(kept)s of %(all)s cases")
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
            Series(
                _("Satisfied among those who rated"),
                [
                    Point(
                        _month_named(month),
                        _satisfied(good.get(month)),
                        opens(month, Measure.SATISFIED),
                        month_named_short(month),
                    )
                    for month in months
                ],
            ),
            _("published with the month, on the sixth of the next"),
            "%",
        ),
        (line(_("Ratings received"), Measure.RATED, lambda s: s.rated), "", ""),
    ]


def _satisfied(reading: Reading | None) -> float | None:
    """In percent; None where it is hidden, or not published yet."""
    return None if reading is None or reading.percent is None else float(reading.percent)


def _percent(rate: float | None) -> float | None:
    return None if rate is None else round(rate * 100, 1)


@require_safe
def city(request: HttpRequest) -> HttpResponse:
    """The whole city: a month, the twelve before it, and every unit of the month chosen.

    A month that has hardly begun says nothing: until the last one is published, that is shown.
    """
    this = figures_day().replace(day=1)
    last = month_shown(figures_day())
    months = months_back(last, MONTHS)
    asked = request.GET.get("month", "")
    chosen = _month_of(asked) if asked else last
    found = by_month(months[0], this)
    opinions = opinions_published([*months, chosen])
    standing, late = open_and_overdue(figures_day())
    context = {
        "open": standing,
        "overdue": late,
        "overdue_rate": late / standing if standing else None,
        "day": figures_day(),
        "month": chosen,
        "newest": chosen == last,
        "months": [(month, month == chosen) for month in reversed(months_back(this, MONTHS))],
        "sums": found.get(chosen, Sums()),
        "good": (good := opinions.get((chosen, ""))),
        "good_told": f"{good.percent}%" if good else "—",
        "units": [
            (organ, _named(organ), sums, opinions.get((chosen, organ.code)))
            for organ, sums in by_unit(chosen, chosen)
        ],
        "charts": _charts(
            months,
            found,
            lambda month, measure: reverse("portal:city_figure", args=[month, measure.value]),
            {month: opinions.get((month, "")) for month in months},
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
    opinions = opinions_published(months)
    good = {month: opinions.get((month, code)) for month in months}
    context = {
        "organ": organ,
        "name": _named(organ),
        "rows": [(month, found.get(month, Sums()), good[month]) for month in reversed(months)],
        "total": sum(found.values(), Sums()),
        "charts": _charts(
            [one for one in months if one <= month_shown(figures_day())],
            found,
            lambda month, measure: reverse("portal:figure", args=[code, month, measure.value]),
            good,
        ),
    }
    return render(request, "portal/statistics_unit.html", context)


OF_RATERS: Final = frozenset({Measure.RATED, Measure.SATISFIED})


def _measure(code: str) -> Measure:
    """A figure that opens now, while its month runs; 404 for another."""
    if code not in Measure.codes() or Measure(code) not in OPENS | OF_RATERS:
        raise Http404
    return Measure(code)


@require_safe
def figure(request: HttpRequest, code: str, month: date, measure: str) -> HttpResponse:
    """The cases behind one figure, masked. Ratings open by numbers of their own, not by cases."""
    organ, kind = existing(organ_named(code)), _measure(measure)
    sums = by_month(month, month, organ).get(month, Sums())
    context = {
        "organ": organ,
        "name": _named(organ),
        "month": month,
        "measure": kind,
        "frozen": publication(measure, month),
    }
    if kind in OF_RATERS:
        good = opinions_published([month]).get((month, code))
        context["count"] = sums.rated if kind == Measure.RATED else good and good.part
        return render(request, "portal/statistics_raters.html", context)
    cases = page_behind(kind, organ, month, place(request.GET))
    context["count"] = getattr(sums, measure)
    context["cases"] = cases.map(lambda case: (case, Stage(case.stage)))
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
    return render(request, "portal/statistics_owed.html", context | {"what": what})


@require_safe
def owed_bundle(request: HttpRequest, what: str) -> HttpResponse:
    """The same as a file to count again: every row with its place in the log."""
    if what not in OWED:
        raise Http404
    day = figures_day()
    packed = bundles.owed_now(what, OWED[what][0](day), day)
    answer = HttpResponse(packed, content_type="application/zip")
    name = f"{what}-{day.isoformat()}.zip"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_safe
def sums(request: HttpRequest, month: date, measure: str) -> HttpResponse:
    """A figure of the whole city as the sum of its units, each of which opens to its cases."""
    kind = _measure(measure)
    frozen = publication(measure, month)
    if kind == Measure.SATISFIED:
        if frozen is not None:
            return redirect("portal:published_month", measure, month)
        waits = {"month": month, "measure": kind, "units": [], "count": None, "waits": True}
        return render(request, "portal/statistics_sums.html", waits)
    rows = [
        (organ, _named(organ), getattr(found, measure)) for organ, found in by_unit(month, month)
    ]
    context = {
        "month": month,
        "measure": kind,
        "units": [row for row in rows if row[2]],
        "count": sum(row[2] for row in rows),
        "frozen": frozen,
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
