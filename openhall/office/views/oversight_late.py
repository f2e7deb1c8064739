"""What was entered after the deed: a figure for each unit that opens to its events. norms 9."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openhall.cases.terms import Act
from openhall.office.seat import official
from openhall.office.views.oversight import (
    MONTHS,
    common,
    month_of,
    scope_of,
    unit_of,
    watching,
)
from openhall.paging.keyset import place
from openhall.statistics.rules.figures import months_back
from openhall.supervision.queries import lag_by_unit, late_deeds


@official
@require_safe
def listing(request: HttpRequest, organ: str, desk: str) -> HttpResponse:
    """Every unit in reach: its steps of the month, those entered late, and by how much."""
    seat = watching(request, organ, desk)
    this, only = seat.figures_day.replace(day=1), scope_of(seat)
    month = month_of(request.GET.get("month", ""), this)
    rows = [row for row in lag_by_unit(month, month) if only is None or row[0] == only]
    context = common(seat, "oversight_late") | {
        "month": month,
        "months": [(one, one == month) for one in reversed(months_back(this, MONTHS))],
        "rows": rows,
    }
    return render(request, "office/oversight/late.html", context)


@official
@require_safe
def unit(request: HttpRequest, organ: str, desk: str, code: str, month: date) -> HttpResponse:
    """The events behind one figure: who entered each, when, and the reason given."""
    seat = watching(request, organ, desk)
    found = unit_of(code)
    if scope_of(seat) not in (None, found):
        raise PermissionDenied(_("A head sees what his own unit entered."))
    rows = late_deeds(found, month, place(request.GET))
    context = common(seat, "oversight_late") | {
        "unit": found,
        "month": month,
        "rows": rows.map(lambda one: (one, Act(one.entry.act))),
    }
    return render(request, "office/oversight/late_unit.html", context)
