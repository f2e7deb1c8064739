"""The oversight desks: who may look at what, the board, and what all their pages share.

Supervision, Legal Affairs and the invited inspector see every unit; a head sees his own.
"""

import uuid
from datetime import date
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openhall.glossary import Term
from openhall.office.seat import Seat, official, seat_at
from openhall.organs.queries import Organ, organ_named
from openhall.organs.terms import Desk
from openhall.paging.keyset import paged, place
from openhall.paging.whole import month as month_named
from openhall.statistics.rules.figures import months_back
from openhall.supervision.desks import OPEN_ISSUES
from openhall.supervision.queries import TO_RULE, board, card_months, lag_by_unit, reminders

S = TypeVar("S", bound=Term)

ALL_UNITS = {Desk.SUPERVISION, Desk.LEGAL, Desk.INSPECTOR}
WATCHING = ALL_UNITS | {Desk.HEAD}
MONTHS = 6


def watching(request: HttpRequest, organ: str, desk: str) -> Seat:
    """The seat at an oversight desk; other desks have no such page."""
    seat = seat_at(request, organ, desk)
    if seat.desk not in WATCHING:
        raise PermissionDenied(_("This desk has no part in supervision."))
    return seat


def scope_of(seat: Seat) -> Organ | None:
    """The unit a head is limited to; None where every unit may be read."""
    return seat.organ if seat.desk == Desk.HEAD else None


def unit_of(code: str) -> Organ:
    """The organ an address names; 404 where there is none."""
    if (found := organ_named(code)) is None:
        raise Http404
    return found


def states_in(sent: str, states: type[S]) -> list[S]:
    """The states an address names, apart by commas: ``objected,escalated``; none for all."""
    return [states(one) for one in sent.split(",") if one in states.codes()]


def month_of(text: str, other: date) -> date:
    """A month as an address writes it (``2026-10``), or ``other``."""
    if not text:
        return other
    if (found := month_named(text)) is None:
        raise Http404
    return found


def common(seat: Seat, here: str) -> dict[str, Any]:
    """What every page of these desks shows."""
    tabs = [
        ("oversight", _("Board")),
        ("oversight_cards", _("Cards")),
        ("oversight_complaints", _("Complaints")),
        ("oversight_issues", _("Rectification ledger")),
        ("oversight_late", _("Entered afterwards")),
    ]
    if seat.desk in ALL_UNITS:
        tabs.append(("oversight_draws", _("Case-file review")))
    tabs.append(("oversight_scores", _("Composite score")))
    if seat.desk in ALL_UNITS:
        tabs.append(("oversight_rules", _("Supervision rules")))
    return {
        "seat": seat,
        "places": [(f"office:{name}", words, name == here) for name, words in tabs],
        "key": uuid.uuid4(),
        "all_units": seat.desk in ALL_UNITS,
    }


@official
@require_safe
def page(request: HttpRequest, organ: str, desk: str) -> HttpResponse:
    """The board: red, yellow and reminders by unit, each opening to its cards."""
    seat = watching(request, organ, desk)
    this = seat.figures_day.replace(day=1)
    month = month_of(request.GET.get("month", ""), this)
    rows = board(month, seat.figures_day, scope_of(seat))
    total = {
        name: sum(getattr(standing, name) for _organ, standing in rows)
        for name in ("red", "yellow", "warned", "unanswered", "to_rule", "issues", "overdue")
    }
    months = months_back(this, MONTHS)
    if month not in months:  # an earlier one is shown with the months before it
        months = months_back(month, MONTHS)
    late = {unit.pk: figures for unit, figures in lag_by_unit(month, month)}
    context = common(seat, "oversight") | {
        "month": month,
        "months": [(one, one == month) for one in reversed(months)],
        "earlier": months_back(months[0], 2)[0],
        "newest": this if months[-1] != this else None,
        "rows": [(unit, standing, late.get(unit.pk)) for unit, standing in rows],
        "late": sum(late[unit.pk]["late"] for unit, _standing in rows if unit.pk in late),
        "total": total,
        "rulings": ",".join(TO_RULE),
        "open_issues": OPEN_ISSUES,
        "trend": _trend(months, scope_of(seat)),
    }
    return render(request, "office/oversight/board.html", context)


@official
@require_safe
def warned(request: HttpRequest, organ: str, desk: str) -> HttpResponse:
    """The reminders that stand now, the soonest first; each opens to its case."""
    seat = watching(request, organ, desk)
    unit = scope_of(seat)
    if unit is None and request.GET.get("unit"):
        unit = unit_of(request.GET["unit"])
    rows = paged(reminders(seat.figures_day, unit), ["due_on", "pk"], place(request.GET))
    context = common(seat, "oversight") | {"rows": rows, "unit": unit}
    return render(request, "office/oversight/warned.html", context)


def _trend(months: list[date], organ: Organ | None) -> list[tuple[date, int, int, int, int]]:
    found = card_months(months[0], months[-1])
    rows = []
    for month in months:
        some = [
            standing
            for (unit, at), standing in found.items()
            if at == month and (organ is None or unit == organ.pk)
        ]
        names = ("red", "yellow", "upheld", "withdrawn")
        red, yellow, upheld, withdrawn = (sum(getattr(s, n) for s in some) for n in names)
        rows.append((month, red, yellow, upheld, withdrawn))
    return rows
