"""Published figures by unit and month; every one opens to the cases behind it."""

from datetime import date, datetime
from typing import Any, Final

from django.http import HttpRequest
from ninja import Router, Schema

from openhall.api.v1.cases import Term, term
from openhall.api.v1.door import here, route
from openhall.api.v1.paging import LIMIT, Code, Cursor, Limit, Month, next_of, place_of
from openhall.api.v1.problems import Words, absent, unreadable
from openhall.cases.terms import Stage
from openhall.glossary import Said
from openhall.organs.queries import organ_named
from openhall.statistics.queries import (
    OPENS,
    PublishedFigure,
    by_month,
    by_unit,
    opinions_published,
    page_behind,
    published_figure,
    published_figures,
)
from openhall.statistics.rules.figures import Reading, Sums, months_back
from openhall.statistics.terms import Measure
from openhall.workdays.queries import figures_day

router = Router(tags=["figures"])
MONTHS: Final = 12
MOST_MONTHS: Final = 60
COUNTED: Final = ("received", "accepted", "closed", "on_time", "late", "rated")
NO_CASES: Final = Said(
    "这个数字不对应办件：评价按评价编号公开，其余见公布的核对包。",
    "No cases stand behind it: ratings open by numbers of their own, the others by bundle.",
)
NO_UNIT: Final = Said("没有这个编码的机构。", "There is no unit under this code.")


class MeasureTold(Schema):
    """A figure: its code, its name, what it rests on."""

    code: str
    name: Words
    basis: str


class Measures(Schema):
    data: list[MeasureTold]


class Counts(Schema):
    """What was counted, by event time; a rate is null where nothing was.

    ``satisfied`` and its rate are published with their month (`/figures/satisfied/`), null before
    and where a small count could be computed back from them.
    """

    received: int
    accepted: int
    closed: int
    on_time: int
    late: int
    rated: int
    satisfied: int | None
    on_time_rate: float | None
    satisfied_rate: float | None
    average_days: float | None


class OfMonth(Schema):
    month: str
    counts: Counts


class Series(Schema):
    """A unit's figures, or the city's, month by month, oldest first."""

    unit: str | None
    data: list[OfMonth]


class OfUnit(Schema):
    unit: str
    name: Words
    counts: Counts
    cases: str


class ByUnit(Schema):
    """Every unit that had something to do in a month, the busiest first."""

    month: str
    data: list[OfUnit]


class Behind(Schema):
    """A case a figure counts, without anybody's name."""

    number: str
    item_name: Words
    stage: Term
    received_at: datetime
    closed_at: datetime | None
    on_time: bool | None
    url: str


class Frozen(Schema):
    """A month of a figure as it was frozen and signed; ``part`` and ``whole`` are null where they
    are hidden, ``whole`` also where the figure is a count."""

    month: str
    value: float | None
    part: int | None
    whole: int | None
    edition: int
    state: str
    definition_version: int
    digest: str
    published_at: datetime
    url: str
    bundle: str


class Published(Schema):
    """A published figure: how it is counted, every month as it stands, newest first."""

    code: str
    name: Words
    words: Words
    unit: str
    url: str
    downloads: dict[str, str]
    months: list[Frozen]


class PublishedRows(Schema):
    data: list[Published]


class BehindRows(Schema):
    """The cases behind one figure: exactly so many as it says."""

    unit: str
    month: str
    measure: str
    count: int
    data: list[Behind]
    next: str | None


def _counts(sums: Sums, opinions: Reading | None) -> dict[str, Any]:
    names = (*COUNTED, "on_time_rate", "average_days")
    known = opinions is not None and bool(opinions.whole)
    return {name: getattr(sums, name) for name in names} | {
        "satisfied": opinions.part if known and opinions else None,
        "satisfied_rate": opinions.part / opinions.whole if known and opinions else None,
    }


def _said(month: date) -> str:
    return f"{month:%Y-%m}"


@route(router, "get", "/figures", Measures, name="measures", summary="What is counted")
def measures(request: HttpRequest) -> dict[str, Any]:
    """The figures that are published, with the clause each rests on."""
    return {
        "data": [
            {"code": one.value, "name": {"zh": one.zh, "en": one.en}, "basis": one.basis}
            for one in Measure
            if one.value in COUNTED
        ]
    }


def _published(figure: PublishedFigure) -> dict[str, Any]:
    return {
        "code": figure.id,
        "name": {"zh": figure.title.zh, "en": figure.title.en},
        "words": {"zh": figure.words.zh, "en": figure.words.en},
        "unit": figure.unit.value,
        "url": here(figure.path),
        "downloads": {kind: here(path) for kind, path in figure.downloads.items()},
        "months": [
            {
                "month": _said(one.month),
                "value": None if one.value is None else float(one.value),
                "part": one.part,
                "whole": one.whole,
                "edition": one.edition,
                "state": one.state.value,
                "definition_version": one.version,
                "digest": one.digest,
                "published_at": one.published_at,
                "url": here(one.path),
                "bundle": here(one.downloads["bundle"]),
            }
            for one in figure.months
        ],
    }


@route(
    router,
    "get",
    "/figures/published",
    PublishedRows,
    name="published_figures",
    summary="Figures frozen by the month",
)
def published(request: HttpRequest) -> dict[str, Any]:
    """Every published figure with its months, corrections and bundles that anybody recomputes."""
    return {"data": [_published(one) for one in published_figures()]}


@route(
    router,
    "get",
    "/figures/published/{measure}",
    Published,
    name="published_figure",
    summary="One published figure",
)
def published_one(request: HttpRequest, measure: Code) -> dict[str, Any]:
    """Its months as they stand; what was corrected is said as corrected."""
    found = published_figure(measure)
    if found is None:
        raise absent(Said("没有公布这个数字。", "No such figure is published."))
    return _published(found)


@route(router, "get", "/figures/months", Series, name="figure_months", summary="Month by month")
def figure_months(
    request: HttpRequest,
    unit: Code | None = None,
    first: Month | None = None,
    last: Month | None = None,
) -> dict[str, Any]:
    """Of a ``unit``, or of the whole city; the last twelve months where none are named."""
    organ = organ_named(unit) if unit is not None else None
    if unit is not None and organ is None:
        raise absent(NO_UNIT)
    end = last or figures_day().replace(day=1)
    begin = first or months_back(end, MONTHS)[0]
    many = (end.year - begin.year) * 12 + end.month - begin.month + 1
    if not 1 <= many <= MOST_MONTHS:
        raise unreadable(
            "first",
            Said(
                f"起止月份应相隔0到{MOST_MONTHS - 1}个月。",
                f"From the first to the last are at most {MOST_MONTHS} months.",
            ),
        )
    found, months = by_month(begin, end, organ), months_back(end, many)
    opinions = opinions_published(months)
    rows = [
        {
            "month": _said(one),
            "counts": _counts(found.get(one, Sums()), opinions.get((one, unit or ""))),
        }
        for one in months
    ]
    return {"unit": unit, "data": rows}


@route(
    router,
    "get",
    "/figures/months/{month}",
    ByUnit,
    name="figure_units",
    summary="Every unit in a month",
)
def figure_units(request: HttpRequest, month: Month) -> dict[str, Any]:
    """The units that had something to do in ``month``, the busiest first."""
    opinions = opinions_published([month])
    return {
        "month": _said(month),
        "data": [
            {
                "unit": organ.code,
                "name": {"zh": organ.name, "en": organ.name_en},
                "counts": _counts(sums, opinions.get((month, organ.code))),
                "cases": here(f"/api/v1/figures/months/{_said(month)}/{organ.code}/closed"),
            }
            for organ, sums in by_unit(month, month)
        ],
    }


@route(
    router,
    "get",
    "/figures/months/{month}/{unit}/{measure}",
    BehindRows,
    name="figure_cases",
    summary="The cases behind a figure",
)
def figure_cases(
    request: HttpRequest,
    month: Month,
    unit: Code,
    measure: Measure,
    cursor: Cursor | None = None,
    limit: Limit = LIMIT,
) -> dict[str, Any]:
    """Every public figure opens: its cases, newest first, without anybody's name."""
    organ = organ_named(unit)
    if organ is None:
        raise absent(NO_UNIT)
    if measure not in OPENS:
        raise absent(NO_CASES)
    name = f"behind-{_said(month)}-{unit}-{measure.value}"
    page = page_behind(measure, organ, month, place_of(name, cursor), limit)
    sums = by_month(month, month, organ).get(month, Sums())
    return {
        "unit": unit,
        "month": _said(month),
        "measure": measure.value,
        "count": getattr(sums, measure.value),
        "next": next_of(request, name, page.after),
        "data": [
            {
                "number": one.number,
                "item_name": {"zh": one.item_version.name, "en": one.item_version.name_en},
                "stage": term(Stage(one.stage)),
                "received_at": one.received_at,
                "closed_at": one.closed_at,
                "on_time": one.on_time,
                "url": here(f"/statistics/cases/{one.number}/"),
            }
            for one in page
        ],
    }
