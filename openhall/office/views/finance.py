"""The finance bureau: requests to decide, days to countersign and to remit, the books. A12."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from openhall.design.forms import DateInput
from openhall.fees.book import workbook
from openhall.fees.kinds import FORMAT
from openhall.fees.queries import (
    balance,
    book_of,
    formats,
    reconciliations,
    reliefs_waiting,
    remittances,
    sums_of,
    units_charging,
)
from openhall.fees.terms import NoticeState, ReliefKind
from openhall.office.acts import fees
from openhall.office.acts.formats import BeginFormat
from openhall.office.seat import DeskPage, Seat, official, seat_at
from openhall.office.views.cashier import money_seat
from openhall.office.views.versions import TONES, at
from openhall.organs.terms import Desk
from openhall.paging.books import XLSX
from openhall.versions.terms import VersionState

NEWEST, ROWS = 31, 500


class Finance(DeskPage):
    """What waits for the finance bureau, and what it did with the last days."""

    offers = (fees.Remit,)
    template, at, by_desk = "office/finance.html", "finance", False

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, None]:
        return seat_at(request, where["organ"], Desk.FINANCE.value), None

    def content(self, who: Seat, subject: None) -> dict[str, Any]:
        return {
            "seat": who,
            "asked": [(one, ReliefKind(one.kind)) for one in reliefs_waiting()],
            "days": reconciliations()[:NEWEST],
            "remitted": remittances(),
            "balance": balance(),
        }


class BookForm(forms.Form):
    """Which unit's book, and of which days."""

    unit = forms.ChoiceField(label=_("Unit"), required=False)
    first = forms.DateField(label=_("From"), widget=DateInput)
    last = forms.DateField(label=_("Last day"), widget=DateInput)


@require_safe
def _book(request: HttpRequest, organ: str, desk: str, ending: str = "") -> HttpResponse:
    """收费台账: the notices of a unit with what became of each; as a page and as XLSX."""
    seat = money_seat(request, {"organ": organ, "desk": desk})
    units = units_charging()
    asked = request.GET.copy()
    today = timezone.localdate()
    asked.setdefault("first", today.replace(day=1).isoformat())
    asked.setdefault("last", today.isoformat())
    form = BookForm(asked)
    choices = [("", _("All units")), *((one.code, str(one)) for one in units)]
    form.fields["unit"].choices = choices  # type: ignore[attr-defined]
    context: dict[str, Any] = {"seat": seat, "form": form, "rows": [], "sums": None}
    if not form.is_valid():
        return render(request, "office/book.html", context, status=422)
    said = form.cleaned_data
    unit = next((one for one in units if one.code == said["unit"]), None)
    rows = book_of(unit, said["first"], said["last"])
    if ending:
        answer = HttpResponse(workbook(rows, said["first"], said["last"]), content_type=XLSX)
        name = f"fees-{said['unit'] or 'all'}-{said['first']:%Y%m%d}-{said['last']:%Y%m%d}.xlsx"
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        answer.headers["Cache-Control"] = "private, no-store"
        return answer
    listed = list(rows[: ROWS + 1])
    context |= {
        "rows": [(one, NoticeState(one.state)) for one in listed[:ROWS]],
        "more": len(listed) > ROWS,
        "sums": sums_of(rows),
        "address": asked.urlencode(),
    }
    return render(request, "office/book.html", context)


class Formats(DeskPage):
    """How each bank writes its file: versions, and a new one."""

    offers = (BeginFormat,)
    template, at = "office/formats.html", "formats"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, None]:
        return money_seat(request, where), None

    def content(self, who: Seat, subject: None) -> dict[str, Any]:
        rows = [
            (
                one,
                at(who, FORMAT, one),
                VersionState(one.state),
                TONES.get(VersionState(one.state), "closed"),
            )
            for one in formats()
        ]
        return {"seat": who, "rows": rows}


desk, book, banks = official(Finance()), official(_book), official(Formats())
