"""Case-file review: announce, draw in public, fill in the sheet on a phone. A14."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Moved, Refused
from openhall.deeds.sent import key_of
from openhall.desk.offers import said
from openhall.desk.pages import existing, stands_on
from openhall.office.seat import Seat, official
from openhall.office.views.oversight import ALL_UNITS, common, month_of, watching
from openhall.organs.fields import TextField
from openhall.supervision import actions
from openhall.supervision.permissions import may_draw, may_review
from openhall.supervision.queries import (
    SampleDraw,
    draw_numbered,
    draws,
    review_by_pk,
    sheets_of,
)
from openhall.supervision.rules.casefile import DATA_LINES, FILE_LINES
from openhall.supervision.terms import DrawState, SheetLine, Tick


def _seat(request: HttpRequest, organ: str, desk: str) -> Seat:
    seat = watching(request, organ, desk)
    if seat.desk not in ALL_UNITS:
        raise PermissionDenied(_("Case files are reviewed from outside the unit."))
    return seat


class AnnounceForm(forms.Form):
    """Which month, how many of each unit, and when the seed will be."""

    month = TextField(label=gettext_lazy("Month of closing"), max_length=7, help_text="2026-10")
    size = forms.IntegerField(label=gettext_lazy("Cases of each unit"), min_value=1, max_value=50)
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes until the seed"),
        min_value=1,
        max_value=20160,
        help_text=gettext_lazy("The seed is the first checkpoint of the public log after that."),
    )


def _doing(request: HttpRequest, seat: Seat) -> Doing:
    return Doing(seat.account, timezone.now(), key_of(request), seat.desk.value)


@official
def listing(request: HttpRequest, organ: str, desk: str) -> HttpResponse:
    """Every draw; announce a new one."""
    seat = _seat(request, organ, desk)
    last = (seat.day.replace(day=1) - timedelta(days=1)).replace(day=1)
    form = AnnounceForm(
        request.POST or None, initial={"month": f"{last:%Y-%m}", "size": 2, "minutes": 60}
    )
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        doing = _doing(request, seat)
        seed_at = doing.at + timedelta(minutes=typed["minutes"])
        try:
            month = month_of(typed["month"], seat.day)
            draw = actions.announce_draw(month, typed["size"], seed_at, doing)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("Announced: %(number)s") % {"number": draw.number})
            return redirect("office:oversight_draw", organ, desk, draw.number)
    context = common(seat, "oversight_draws") | {
        "draws": [(draw, DrawState(draw.state)) for draw in draws()],
        "form": form,
        "may_draw": may_draw(seat.account, seat.day),
    }
    status = 422 if form.errors else 200
    return render(request, "office/oversight/draws.html", context, status=status)


@official
@require_safe
def draw_page(request: HttpRequest, organ: str, desk: str, number: str) -> HttpResponse:
    """One draw: its seed, its sheets."""
    seat = _seat(request, organ, desk)
    return _draw(request, seat, existing(draw_numbered(number)))


def _draw(
    request: HttpRequest, seat: Seat, draw: SampleDraw, refused: Refused | None = None
) -> HttpResponse:
    context = common(seat, "oversight_draws") | {
        "draw": draw,
        "state": DrawState(draw.state),
        "sheets": sheets_of(draw),
        "refused": refused,
        "may_draw": draw.state == DrawState.ANNOUNCED and may_draw(seat.account, seat.day),
    }
    return render(request, "office/oversight/draw.html", context, status=422 if refused else 200)


@official
@stands_on(draw_page)
def take(request: HttpRequest, organ: str, desk: str, number: str) -> HttpResponse:
    """Draw now, by the first checkpoint after the announced moment."""
    seat = _seat(request, organ, desk)
    draw = existing(draw_numbered(number))
    try:
        actions.draw_sample(draw.pk, _doing(request, seat))
    except Refused as refusal:
        return _draw(request, seat, draw, refusal)
    return redirect("office:oversight_draw", organ, desk, number)


class SheetForm(forms.Form):
    """Each line: yes, no or not applicable, and a remark; prefilled where the events answer."""

    def __init__(self, lines: dict[str, dict[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for line in SheetLine:
            one = lines[line.value]
            self.fields[line.value] = forms.ChoiceField(
                label=line.said_in(get_language()),
                choices=said(Tick),
                initial=one["tick"] or one["auto"] or None,
                required=False,
                widget=forms.RadioSelect,
            )
            self.fields[f"remark-{line.value}"] = TextField(
                label=_("Remark: %(line)s") % {"line": line.said_in(get_language())},
                initial=one["remark"],
                required=False,
                max_length=300,
            )

    def pairs(self, lines: tuple[SheetLine, ...], stored: dict[str, dict[str, str]]) -> list[Any]:
        """Lines with their two fields and what the events say."""
        return [
            (
                line,
                self[line.value],
                self[f"remark-{line.value}"],
                Tick(stored[line.value]["auto"]) if stored[line.value]["auto"] else None,
            )
            for line in lines
        ]


@official
def sheet(request: HttpRequest, organ: str, desk: str, pk: int) -> HttpResponse:
    """One review sheet."""
    seat = _seat(request, organ, desk)
    review = existing(review_by_pk(pk))
    may = review.signed_at is None and may_review(seat.account, review.organ, seat.day)
    form = SheetForm(review.lines, request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        ticks = {one: Tick(typed[one.value]) for one in SheetLine if typed[one.value]}
        remarks = {one: typed[f"remark-{one.value}"] for one in SheetLine}
        try:
            actions.sign_review(review.pk, ticks, remarks, _doing(request, seat))
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
            status = 409 if isinstance(refusal, Moved) else 422
        else:
            messages.success(request, _("Signed: %(number)s") % {"number": review.case.number})
            return redirect("office:oversight_draw", organ, desk, review.draw.number)
    signed = [
        (line, Tick(review.lines[line.value]["tick"]), review.lines[line.value]["remark"])
        for line in SheetLine
        if review.signed_at is not None
    ]
    context = common(seat, "oversight_draws") | {
        "review": review,
        "form": form,
        "file_lines": form.pairs(FILE_LINES, review.lines),
        "data_lines": form.pairs(DATA_LINES, review.lines),
        "signed": signed,
        "may": may,
    }
    return render(request, "office/oversight/sheet.html", context, status=status)
