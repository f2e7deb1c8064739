"""What a leading desk arranges and sees: stand-ins, limited numbers, the board of all units."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from openhall.cases import actions
from openhall.cases.actions import Doing
from openhall.cases.behind import seated, stand_ins_of
from openhall.cases.board import board
from openhall.cases.permissions import may_set_stand_in
from openhall.cases.queries import quotas_of
from openhall.cases.terms import LoadKind
from openhall.catalogue.queries import versions_in_force
from openhall.deeds.refusals import Refused
from openhall.deeds.sent import key_of
from openhall.design.forms import DateInput
from openhall.office.seat import Seat, official, seat_at
from openhall.office.views.desk import queue_context
from openhall.organs.fields import TextField
from openhall.organs.queries import Post
from openhall.organs.terms import Desk


class StandInForm(forms.Form):
    """Who is away, who acts for him, from when to when and why."""

    absent = forms.ChoiceField(label=gettext_lazy("Who is away"))
    present = forms.ChoiceField(label=gettext_lazy("Who stands in"))
    since = forms.DateField(label=gettext_lazy("From"), widget=DateInput)
    until = forms.DateField(label=gettext_lazy("Until"), widget=DateInput)
    reason = TextField(label=gettext_lazy("Reason"), max_length=200)

    def __init__(self, *args: Any, seat: Seat) -> None:
        super().__init__(*args)
        posts = [one for one in seated(seat.organ, seat.day) if one.desk in HANDED_ON]
        self.posts: dict[str, Post] = {str(one.pk): one for one in posts}
        choices = [(pk, f"{one.account} · {Desk(one.desk).zh}") for pk, one in self.posts.items()]
        for field in ("absent", "present"):
            self.fields[field].choices = choices  # type: ignore[attr-defined]


HANDED_ON = {Desk.HANDLER.value, Desk.DECIDER.value, Desk.WINDOW.value, Desk.HEAD.value}


class QuotaForm(forms.Form):
    """How many of an item there are in a period, and on what basis."""

    item = forms.ChoiceField(label=gettext_lazy("Matter"))
    since = forms.DateField(label=gettext_lazy("From"), widget=DateInput)
    until = forms.DateField(label=gettext_lazy("Until"), widget=DateInput)
    number = forms.IntegerField(label=gettext_lazy("Number"), min_value=1)
    basis = TextField(label=gettext_lazy("Legal basis"), max_length=300)

    def __init__(self, *args: Any, seat: Seat) -> None:
        super().__init__(*args)
        rows = versions_in_force(seat.day).filter(item__organ=seat.organ).order_by("item__code")
        self.items = {one.item.code: one.item for one in rows}
        choices = [(one.item.code, one.name) for one in rows]
        self.fields["item"].choices = choices  # type: ignore[attr-defined]


def _leading(request: HttpRequest, organ: str, desk: str) -> Seat:
    seat = seat_at(request, organ, desk)
    if not may_set_stand_in(seat.account, seat.organ, seat.day):
        raise PermissionDenied(_("Deciders and heads arrange this for their unit."))
    return seat


def _doing(request: HttpRequest, seat: Seat) -> Doing:
    key = key_of(request)
    return Doing(seat.account, timezone.now(), key, seat.desk.value)


@official
def stand_ins(request: HttpRequest, organ: str, desk: str) -> HttpResponse:
    """Who acts for whom while he is away; shown on each event that is done so."""
    seat = _leading(request, organ, desk)
    form = StandInForm(request.POST or None, seat=seat)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        absent, present = (form.posts[typed[name]] for name in ("absent", "present"))
        try:
            actions.set_stand_in(
                absent.account,
                present.account,
                seat.organ,
                Desk(absent.desk),
                typed["since"],
                typed["until"],
                typed["reason"],
                _doing(request, seat),
            )
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("The stand-in is named."))
            return redirect("office:stand_ins", organ, desk)
    rows = [(one, Desk(one.desk)) for one in stand_ins_of(seat.organ, seat.day)]
    context = queue_context(request, seat) | {"form": form, "stand_ins": rows}
    status = 422 if request.method == "POST" else 200
    return render(request, "office/stand_ins.html", context, status=status)


@official
def quotas(request: HttpRequest, organ: str, desk: str) -> HttpResponse:
    """Limited numbers of the unit's items, and how many are granted. 行政许可法 57."""
    seat = _leading(request, organ, desk)
    form = QuotaForm(request.POST or None, seat=seat)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            actions.set_quota(
                form.items[typed["item"]],
                typed["since"],
                typed["until"],
                typed["number"],
                typed["basis"],
                _doing(request, seat),
            )
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("The number is published."))
            return redirect("office:quotas", organ, desk)
    context = queue_context(request, seat) | {"form": form, "quotas": quotas_of(seat.organ)}
    status = 422 if request.method == "POST" else 200
    return render(request, "office/quotas.html", context, status=status)


@official
@require_safe
def board_page(request: HttpRequest, organ: str, desk: str) -> HttpResponse:
    """All units: overdue, near the day, on time, suspended; a sum over few rows."""
    seat = seat_at(request, organ, desk)
    chosen = request.GET.get("kind", "")
    kind = LoadKind(chosen) if chosen in LoadKind.codes() else None
    context = {
        "seat": seat,
        "units": board(seat.figures_day, kind),
        "kinds": list(LoadKind),
        "kind": kind,
    }
    return render(request, "office/board.html", context)
