"""Published figures for everybody: how each is counted, its months, its corrections, its bundle.

Nothing on these pages is counted now. What was frozen is shown as it was signed, and each month
opens to a bundle that a stranger checks without us.
"""

from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import formats
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from openhall.design.figures import Point, Series
from openhall.desk.pages import existing
from openhall.ledger.signing import public_verifier_key
from openhall.portal.views.statistics import month_named_short
from openhall.statistics import bundles
from openhall.statistics.queries import (
    MonthOfFigure,
    PublishedFigure,
    city_and_units,
    editions,
    leaf_of,
    publication,
    published_figure,
    published_figures,
    told,
)
from openhall.statistics.terms import FigureUnit, Measure

MONTHS = 13
KINDS = {"frozen": "on_time", "corrected": "info"}
OPENS_NOW = ("received", "accepted", "closed", "on_time", "late")  # to cases, one by one


def value_told(one: MonthOfFigure) -> str:
    """The value with its unit; a dash for nothing and for what is hidden."""
    if one.value is None:
        return "—"
    return f"{one.value}%" if one.unit == FigureUnit.PERCENT else f"{one.value}"


def drawn(one: MonthOfFigure) -> float | None:
    """The value as it is drawn; a count is whole."""
    return float(one.value) if isinstance(one.value, Decimal) else one.value


def _row(one: MonthOfFigure) -> dict[str, Any]:
    return {"month": one, "value": value_told(one), "kind": KINDS[one.state.value]}


@lru_cache(maxsize=500)
def _month_called(month: date, language: str) -> str:
    """A month in words: a board says each some ten times."""
    return formats.date_format(month, "YEAR_MONTH_FORMAT")


def _series(figure: PublishedFigure) -> Series:
    months = list(reversed(figure.months[:MONTHS]))
    root = reverse("portal:published", args=[figure.id])
    return Series(
        figure.title.said_in(get_language()),
        [
            Point(
                _month_called(one.month, get_language() or ""),
                drawn(one),
                f"{root}{one.month:%Y-%m}/",
                month_named_short(one.month),
            )
            for one in months
        ],
    )


def _to_check() -> dict[str, str]:
    """What who checks a figure types: the key, and where the log's files are."""
    return {"key": public_verifier_key(), "log_files": f"{settings.BASE_URL}/ledger"}


def _unit(figure: PublishedFigure) -> str:
    return "%" if figure.unit == FigureUnit.PERCENT else ""


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Every published figure: its months drawn, its newest value, what was corrected."""
    found = published_figures()
    context = {
        "charts": [
            (one, _series(one), _unit(one), one.words.said_in(get_language()))
            for one in found
            if one.months
        ],
        "waiting": [one for one in found if not one.months],
        "corrected": sorted(
            (month for one in found for month in one.months if month.edition > 1),
            key=lambda one: one.published_at,
            reverse=True,
        )[:20],
        **_to_check(),
    }
    return render(request, "portal/figures/board.html", context)


@require_safe
def figure(request: HttpRequest, measure: str) -> HttpResponse:
    """One figure: how it is counted, month by month, and how to check it."""
    found = existing(published_figure(measure))
    context = {
        "figure": found,
        "title": found.title.said_in(get_language()),
        "words": found.words.said_in(get_language()),
        "series": _series(found),
        "unit": _unit(found),
        "rows": [_row(one) for one in found.months],
        "newest": found.months[0] if found.months else None,
        "parquet": bundles.has_parquet(),
        **_to_check(),
    }
    return render(request, "portal/figures/figure.html", context)


@require_safe
def month(request: HttpRequest, measure: str, month: date) -> HttpResponse:
    """One month of a figure: the city, each unit, every edition, the bundle."""
    row = existing(publication(measure, month))
    now = told(row)
    history = [
        _row(told(one)) | {"leaf": leaf_of(one), "reason": _reason(one), "edition": one.edition}
        for one in editions(Measure(measure), month)
    ]
    opens = measure if measure in OPENS_NOW else ""
    context = {
        "figure": existing(published_figure(measure)),
        "title": now.measure.said_in(get_language()),
        "now": _row(now),
        "lines": city_and_units(row),
        "opens": opens,
        "history": history,
        **_to_check(),
    }
    return render(request, "portal/figures/month.html", context)


def _reason(row: Any) -> str:
    said = bundles.of_month(row)["statement"]["reason"]
    english = (get_language() or "").startswith("en")
    return (said.get("en") if english else "") or said.get("zh", "")


# ------------------------------------------------------------------ files
def _file(content: bytes | str, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


@require_safe
def bundle(request: HttpRequest, measure: str, month: date, edition: int) -> HttpResponse:
    """The ZIP a stranger checks; not there until a checkpoint covers it (half a minute)."""
    row = existing(publication(measure, month, edition))
    if (packed := bundles.bundle(row)) is None:
        raise Http404
    return _file(packed, "application/zip", f"{row.number}.zip")


@require_safe
def as_json(request: HttpRequest, measure: str, month: date, edition: int) -> HttpResponse:
    """One month as JSON."""
    return _json(bundles.of_month(existing(publication(measure, month, edition))))


def _json(said: dict[str, Any]) -> HttpResponse:
    answer = JsonResponse(said, json_dumps_params={"ensure_ascii": False})
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


@require_safe
def series(request: HttpRequest, measure: str, kind: str) -> HttpResponse:
    """The series of all months: CSV, JSON or one SQLite file."""
    found = existing(published_figure(measure))
    if kind == "csv":
        answer = _file(bundles.as_csv(found), "text/csv; charset=utf-8", f"{measure}.csv")
        answer.headers["Link"] = (
            '<series.csv-metadata.json>; rel="describedby"; type="application/csvm+json"'
        )
        return answer
    if kind == "json":
        return _json(bundles.as_json(found))
    if kind == "sqlite":
        kinds = "application/vnd.sqlite3"
        return _file(bundles.as_sqlite(found), kinds, f"{measure}.sqlite")
    if kind == "parquet" and bundles.has_parquet():
        kinds = "application/vnd.apache.parquet"
        return _file(bundles.as_parquet(found), kinds, f"{measure}.parquet")
    raise Http404


@require_safe
def metadata(request: HttpRequest, measure: str) -> HttpResponse:
    """What the columns of the CSV mean (CSVW)."""
    return _json(bundles.csvw(existing(published_figure(measure))))


@require_safe
def definition(request: HttpRequest, measure: str) -> HttpResponse:
    """How it is counted, as its bundles carry it: the digest of these bytes stands in the log."""
    found = existing(published_figure(measure))
    return HttpResponse(found.definition.text(), content_type="application/json; charset=utf-8")


@require_safe
def verifier(request: HttpRequest) -> HttpResponse:
    """The one-file verifier."""
    return _file(bundles.verifier(), "text/x-python; charset=utf-8", bundles.VERIFIER)
