"""A notice of days off on a page: tried, with what would move; taken in; undone by another.

The file is read once. What it said goes back and forth on the page as plain rows, so that what is
confirmed is what was shown; if the calendar changed meanwhile it is shown anew.
"""

import hashlib
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from openhall.cases.actions.recalendar import take_in_and_recount, would_move
from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.deeds.sent import key_of
from openhall.office.seat import Seat, official, seat_at
from openhall.organs.fields import TextField
from openhall.organs.terms import Desk
from openhall.paging.whole import whole_or
from openhall.policies.day_notices import MOST_PAPER, days_of_notice
from openhall.workdays.queries import (
    announced_years,
    calendar_after,
    named_and_before,
    notices_taken_in,
    standing_days,
)
from openhall.workdays.rules.notices import (
    MOST_BYTES,
    Days,
    NotANotice,
    Plan,
    as_rows,
    digest_of,
    judged,
    read_notice,
    undone,
)
from openhall.workdays.terms import CalendarAct

COUNTED: Final = 20_000  # open cases looked at for the trial; the worker then looks at all
SHOWN: Final = 20  # notices taken in, newest first


class NoticeForm(forms.Form):
    """The notice as a file or as pasted words, and its name."""

    file = forms.FileField(
        label=gettext_lazy(
            "The notice (web page, PDF, Word, OFD or text; or days as CSV, JSON, ICS)"
        ),
        required=False,
    )
    words = TextField(
        label=gettext_lazy("Or paste its words, with the title"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=20_000,
        required=False,
    )
    basis = TextField(
        label=gettext_lazy("Name and number of the notice"), max_length=200, strip=True
    )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not self.errors and bool(typed.get("file")) == bool(typed.get("words")):
            self.add_error("file", _("Choose the file or paste the words: one of the two."))
        return typed

    def sent(self) -> bytes:
        """What was sent, whichever way."""
        file = self.cleaned_data["file"]
        if file:
            read: bytes = file.read(MOST_PAPER + 1)
            return read
        return str(self.cleaned_data["words"]).encode()


class ConfirmForm(forms.Form):
    """What was shown, as it was shown, and the word that it is right."""

    days = TextField(widget=forms.HiddenInput, max_length=MOST_BYTES)
    basis = TextField(widget=forms.HiddenInput, max_length=200)
    seen = TextField(widget=forms.HiddenInput, max_length=64)
    past = forms.BooleanField(
        label=gettext_lazy("It is a correction: days that are over change as well"), required=False
    )


@dataclass(frozen=True, slots=True)
class Trial:
    """What a notice would do, and by what it is known again."""

    plan: Plan
    basis: str
    rows: str

    @property
    def digest(self) -> str:
        return hashlib.sha256(
            f"{digest_of(self.plan.write)}{self.plan.announce}{self.basis}".encode()
        ).hexdigest()

    @property
    def announced(self) -> list[tuple[int, int]]:
        """Each year it announces and how many of its days are named."""
        return [
            (year, sum(day.year == year for day in self.plan.write)) for year in self.plan.announce
        ]


def _tried(named: Days, basis: str) -> Trial:
    plan = judged(named, standing_days(), announced_years(), timezone.localdate())
    return Trial(plan, basis, as_rows(named))


def _shown(
    request: HttpRequest, seat: Seat, status: int = 200, trial: Trial | None = None, **more: Any
) -> HttpResponse:
    context: dict[str, Any] = {
        "seat": seat,
        "key": key_of(request),
        "years": sorted(announced_years())[-3:],
        "taken": [
            (one, min(one.facts["days"], default="")[:4], CalendarAct(one.act))
            for one in notices_taken_in()[:SHOWN]
        ],
        "form": NoticeForm(),
        **more,
    }
    if trial is not None:
        looked_at = [0]
        moved = would_move(calendar_after(trial.plan), looked_at.append, most=COUNTED)
        start = {"days": trial.rows, "basis": trial.basis, "seen": trial.digest}
        confirm = ConfirmForm(initial=start)
        if not trial.plan.past:
            del confirm.fields["past"]
        turned = sorted(trial.plan.turned.items())
        past = set(trial.plan.past)
        context |= {
            "trial": trial,
            "turned": [(day, worked, name, day in past) for day, (worked, name) in turned],
            "moved": moved,
            "counted": looked_at[-1] if looked_at[-1] >= COUNTED else 0,  # more may be open
            "confirm": confirm,
        }
    return render(request, "office/calendar_notice.html", context, status=status)


def _faults(fault: NotANotice) -> list[str]:
    return [one.said_in(get_language()) for one in fault.faults]


@official
def page(request: HttpRequest, organ: str) -> HttpResponse:
    """The announced years and the notices; a trial of the next one; its taking in."""
    seat = seat_at(request, organ, Desk.GOVERNMENT_OFFICE.value)
    if request.method != "POST":
        return _shown(request, seat)
    form: NoticeForm | None = None
    try:
        if "undo" in request.POST:
            return _shown(request, seat, trial=_undoing(request.POST["undo"]))
        if "seen" in request.POST:
            return _confirmed(request, seat)
        form = NoticeForm(request.POST, request.FILES)
        if not form.is_valid():
            return _shown(request, seat, 422, form=form)
        named = days_of_notice(form.sent())
        return _shown(request, seat, trial=_tried(named, form.cleaned_data["basis"]))
    except NotANotice as fault:
        typed = form or NoticeForm()  # pasted words are not typed twice
        return _shown(request, seat, 422, faults=_faults(fault), form=typed)


def _undoing(asked: str) -> Trial:
    pk = whole_or(0, asked)
    deed = next((one for one in notices_taken_in() if one.pk == pk), None)
    if deed is None:
        raise Http404
    named, before = named_and_before(deed)
    basis = f"撤回：{deed.facts.get('basis', '')}"[:200]
    return _tried(undone(named, before), basis)


def _confirmed(request: HttpRequest, seat: Seat) -> HttpResponse:
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        return _shown(request, seat, 422, faults=[_("Choose the file again.")])
    typed = form.cleaned_data
    trial = _tried(read_notice(typed["days"].encode()), typed["basis"])
    if trial.digest != typed["seen"]:
        messages.warning(request, _("The calendar has changed since; this is what is true now."))
        return _shown(request, seat, 409, trial=trial)
    if trial.plan.past and not typed["past"]:
        said = _("Days that are over would change. Cases were decided by them.")
        return _shown(request, seat, 422, trial=trial, faults=[said])
    doing = Doing(seat.account, timezone.now(), key_of(request), seat.desk.value)
    try:
        take_in_and_recount(trial.plan, trial.basis, doing)
    except Refused as refusal:
        return _shown(request, seat, 422, trial=trial, faults=[str(refusal)])
    messages.success(
        request, _("Taken in, and in the public log. Open cases are being counted anew.")
    )
    return redirect("office:calendar_notice", seat.organ.code)
