"""好差评 for everybody: the six figures of each unit, the rules, and what stands behind each.

The rating rate always stands beside the score. Behind a figure stand ratings by a number of their
own, never cases: nobody finds the rater.
"""

from datetime import date
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from openhall.appraisal.queries import counts_by_unit, ratings_behind
from openhall.appraisal.rules.packs import PACKS, TOP, pack_on
from openhall.appraisal.rules.six import DEFINITIONS, ENOUGH, Counts, Share, score, six
from openhall.appraisal.terms import BadReason, RatingState, Satisfaction, SixFigure
from openhall.desk.pages import existing
from openhall.organs.queries import Organ, organ_named
from openhall.paging.keyset import paged, place
from openhall.paging.whole import month as month_named
from openhall.statistics.queries import opinions_published
from openhall.statistics.rules.figures import Reading, month_shown, months_back
from openhall.workdays.queries import figures_day

MONTHS = 12
KINDS = {
    RatingState.COUNTED: "on_time",
    RatingState.RECEIVED: "waiting",
    RatingState.ASSIGNED: "info",
    RatingState.VERIFIED: "warning",
    RatingState.OBJECTED: "info",
    RatingState.FED_BACK: "info",
    RatingState.CLOSED: "closed",
    RatingState.SET_ASIDE: "closed",
}


def _month(request: HttpRequest) -> date:
    if not (asked := request.GET.get("month", "")):
        return month_shown(figures_day())
    if (found := month_named(asked)) is None:
        raise Http404
    return found


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The six figures of every unit in a month; each opens."""
    this = figures_day().replace(day=1)
    month = _month(request)
    rows = counts_by_unit(month, month)
    total = sum((counts for _unit, counts in rows), Counts())
    opinions = opinions_published([month])
    shown = _shown(opinions)
    language = get_language()
    context = {
        "month": month,
        "months": [(one, one == month) for one in reversed(months_back(this, MONTHS))],
        "rows": [_of_unit(unit, counts, unit.code in shown) for unit, counts in rows],
        "score": score(total) if "" in shown else None,
        "active": SixFigure.ACTIVE,
        "unrated": SixFigure.UNRATED,
        "top": TOP,
        "enough": ENOUGH,
        "total": _told(total, "" in shown),
        "told": "" in shown,
        "published": bool(opinions),
        "counts": total,
        "figures": [(one, DEFINITIONS[one].said_in(language)) for one in SixFigure],
        "packs": PACKS,
        "now": pack_on(figures_day()),
    }
    return render(request, "portal/ratings/overview.html", context)


# Who took part is no opinion; these are told at once, of every unit.
TAKING_PART: Final = frozenset({SixFigure.ACTIVE, SixFigure.UNRATED})
UNDER: Final = 5


def _shown(opinions: dict[tuple[date, str], Reading | None]) -> frozenset[str]:
    """The units whose good and bad ratings of a month are published ("" is the city).

    Not while the month runs, nor where a count under five could be computed back from it.
    """
    return frozenset(unit for (_month, unit), reading in opinions.items() if reading is not None)


def _of_unit(unit: Organ, counts: Counts, shown: bool) -> dict[str, Any]:
    told = _told(counts, shown)
    return {
        "unit": unit,
        "taking": [pair for pair in told if pair[0] in TAKING_PART],
        "others": [pair for pair in told if pair[0] not in TAKING_PART],
        "score": score(counts) if shown else None,
    }


def _told(counts: Counts, shown: bool) -> list[tuple[SixFigure, Share | None]]:
    """The six figures; None for one that is hidden. Where all opinions are, only who took part."""
    told: list[tuple[SixFigure, Share | None]] = []
    for figure, share in six(counts).items():
        few = figure == SixFigure.CONTENT and (
            0 < share.part < UNDER or 0 < share.whole - share.part < UNDER
        )
        if shown or figure in TAKING_PART:
            told.append((figure, None if few and figure not in TAKING_PART else share))
    return told


@require_safe
def figure(request: HttpRequest, code: str, month: date, name: str) -> HttpResponse:
    """The ratings behind one figure of a unit and month."""
    organ, found = existing(organ_named(code)), month_named(f"{month}"[:7]) or month
    if name not in SixFigure.codes():
        raise Http404
    measure = SixFigure(name)
    rows = ratings_behind(name, organ, found)
    if rows is None:
        raise Http404
    counts = dict(counts_by_unit(found, found)).get(organ, Counts())
    share = dict(_told(counts, code in _shown(opinions_published([found])))).get(measure)
    if share is None:
        rows = rows.none()
    context = {
        "organ": organ,
        "month": found,
        "measure": measure,
        "definition": DEFINITIONS[measure].said_in(get_language()),
        "share": share,
        "opinions": measure not in TAKING_PART,
        "rows": paged(rows, ("-at", "-pk"), place(request.GET)).map(_row),
    }
    return render(request, "portal/ratings/figure.html", context)


def _row(rating: Any) -> dict[str, Any]:
    language = get_language()
    return {
        "rating": rating,
        "level": Satisfaction(str(rating.score)),
        "state": RatingState(rating.state),
        "kind": KINDS[RatingState(rating.state)],
        "reasons": [BadReason(one).said_in(language) for one in rating.reasons],
    }
