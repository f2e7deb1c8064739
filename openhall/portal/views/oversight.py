"""Supervision as the public sees it: cards, draws anyone can repeat, findings, late entries.

Everything opens down to masked cases. No ranking: units stand in the order of the organs.
"""

import csv
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from openhall.cases.terms import Act
from openhall.desk.pages import existing
from openhall.ledger.queries import receipt_for
from openhall.organs.queries import organ_named, organs_by_pk
from openhall.paging.keyset import paged, place
from openhall.paging.sheets import written_safely
from openhall.paging.whole import month as month_named
from openhall.statistics.rules.figures import month_shown, months_back
from openhall.supervision.queries import (
    Card,
    card_months,
    card_numbered,
    cards,
    deeds_of,
    draw_numbered,
    draws,
    evidence_of,
    issues,
    lag_by_unit,
    lag_of,
    late_entries,
    population,
    rules_on,
    sheets_of,
)
from openhall.supervision.rules.sampling import FORMULA, rank
from openhall.supervision.rules.signals import said as arithmetic
from openhall.supervision.terms import (
    CardAct,
    CardState,
    DrawState,
    IssueSource,
    IssueState,
    ScorePart,
    Signal,
    Subject,
    Trigger,
)
from openhall.workdays.queries import figures_day

MONTHS = 6
SIGNALS = {Signal.RED: "overdue", Signal.YELLOW: "warning", Signal.PRE_WARNING: "info"}


def _month_of(text: str) -> date:
    if (found := month_named(text)) is None:
        raise Http404
    return found


def _english() -> bool:
    return (get_language() or "").startswith("en")


def _row(card: Card) -> dict[str, Any]:
    sentence = card.rule.sentence_en if _english() else card.rule.sentence
    values = {key: value for key, value in card.values.items() if key != "note"}
    return {
        "card": card,
        "signal": Signal(card.signal),
        "kind": SIGNALS[Signal(card.signal)],
        "state": CardState(card.state),
        # A note written by hand may name somebody; the public reads the numbers only.
        "sentence": arithmetic(sentence, values | {"note": ""}),
    }


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Cards by unit and month: raised, upheld, withdrawn; each count opens."""
    this = figures_day().replace(day=1)
    months = months_back(this, MONTHS)
    asked = request.GET.get("month", "")
    month = _month_of(asked) if asked else month_shown(figures_day())
    found = card_months(min(months[0], month), max(this, month))
    by_unit = {unit: standing for (unit, at), standing in found.items() if at == month}
    units = organs_by_pk(by_unit)
    rows = sorted(
        ((units[pk], standing) for pk, standing in by_unit.items()),
        key=lambda pair: (pair[0].position, pair[0].code),
    )
    context = {
        "month": month,
        "months": [(one, one == month) for one in reversed(months)],
        "rows": rows,
        "total": {
            name: sum(getattr(standing, name) for _unit, standing in rows)
            for name in ("red", "yellow", "upheld", "withdrawn")
        },
    }
    return render(request, "portal/oversight/overview.html", context)


@require_safe
def unit(request: HttpRequest, code: str, month: date) -> HttpResponse:
    """The cards of one unit and month."""
    organ = existing(organ_named(code))
    rows = paged(cards(organ=organ, month=month), at=place(request.GET))
    context = {
        "organ": organ,
        "month": month,
        "rows": rows.map(_row),
    }
    return render(request, "portal/oversight/unit.html", context)


@require_safe
def card(request: HttpRequest, number: str) -> HttpResponse:
    """One card: rule, arithmetic, evidence, how it was ruled, and the proof of each step."""
    found = existing(card_numbered(number))
    events = [(event, Act(event.act)) for event in evidence_of(found)]
    story = []
    for deed in deeds_of(Subject.CARD, found.pk):
        receipt = receipt_for(deed.entry)
        story.append((deed, CardAct(deed.act), None if receipt is None else receipt.index))
    context = _row(found) | {
        "trigger": Trigger(found.rule.trigger),
        "events": events,
        "story": story,
    }
    return render(request, "portal/oversight/card.html", context)


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """The rules in force: what is looked at, with which numbers and on which basis."""
    rows = [
        (rule, Trigger(rule.trigger), Signal(rule.signal), ScorePart(rule.part))
        for rule in rules_on(timezone.localdate())
    ]
    return render(request, "portal/oversight/rules.html", {"rows": rows})


@require_safe
def draw_list(request: HttpRequest) -> HttpResponse:
    """Every public draw of case files."""
    rows = [(draw, DrawState(draw.state)) for draw in draws()]
    return render(request, "portal/oversight/draws.html", {"rows": rows})


@require_safe
def draw(request: HttpRequest, number: str) -> HttpResponse:
    """One draw: its seed, its formula, the files drawn with their ranks, one example."""
    found = existing(draw_numbered(number))
    sheets = [
        (one, rank(found.seed, one.case.number) if found.seed else "") for one in sheets_of(found)
    ]
    context = {
        "draw": found,
        "state": DrawState(found.state),
        "sheets": sheets,
        "formula": FORMULA.said_in(get_language()),
        "example": sheets[0] if sheets else None,
    }
    return render(request, "portal/oversight/draw.html", context)


@require_safe
def draw_population(request: HttpRequest, number: str) -> HttpResponse:
    """Every number the draw is from, one a line with its unit: to repeat it at home."""
    found = existing(draw_numbered(number))
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    lines = csv.writer(answer, lineterminator="\n")
    lines.writerow(("unit", "case"))
    for unit, numbers in sorted(population(found.month).items()):
        lines.writerows((written_safely(unit), written_safely(one)) for one in numbers)
    answer.headers["Content-Disposition"] = f'attachment; filename="{number}.csv"'
    return answer


@require_safe
def rectification(request: HttpRequest) -> HttpResponse:
    """The rectification ledger: what was found, where it stands, how it ended."""
    asked = request.GET.get("state", "")
    state = IssueState(asked) if asked in IssueState.codes() else None
    rows = paged(issues(states=[state] if state else ()), at=place(request.GET))
    today = figures_day()
    context = {
        "rows": rows.map(
            lambda one: {
                "issue": one,
                "state": IssueState(one.state),
                "source": IssueSource(one.source),
                "overdue": one.closed_at is None and one.due_on < today,
                # A complaint's own number stays between the parties.
                "reference": "" if one.source == IssueSource.COMPLAINT else one.reference,
                "title": one.title_en if _english() and one.title_en else one.title,
            }
        ),
        "states": [(one, one == state) for one in IssueState],
        "all": state is None,
    }
    return render(request, "portal/oversight/rectification.html", context)


@require_safe
def lag(request: HttpRequest) -> HttpResponse:
    """How much was entered after the deed, by unit."""
    this = figures_day().replace(day=1)
    months = months_back(this, MONTHS)
    asked = request.GET.get("month", "")
    month = _month_of(asked) if asked else month_shown(figures_day())
    context = {
        "month": month,
        "months": [(one, one == month) for one in reversed(months)],
        "rows": lag_by_unit(month, month),
    }
    return render(request, "portal/oversight/lag.html", context)


@require_safe
def lag_unit(request: HttpRequest, code: str, month: date) -> HttpResponse:
    """The events a unit entered late in a month, each with its case."""
    organ = existing(organ_named(code))
    rows = paged(late_entries(organ, month), at=place(request.GET))
    context = {
        "organ": organ,
        "month": month,
        "sums": lag_of(organ, month),
        "rows": rows.map(lambda one: (one, Act(one.act))),
    }
    return render(request, "portal/oversight/lag_unit.html", context)
