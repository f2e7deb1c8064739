"""The supervision bureau over the public log: verify the whole of it, answer its alarms. 二(三)."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from openhall.deeds.refusals import Refused
from openhall.desk.offers import said
from openhall.desk.pages import existing, stands_on
from openhall.ledger.queries import (
    alarm_by_pk,
    alarms,
    is_halted,
    latest_checkpoint,
    size_now,
    verifications,
)
from openhall.ledger.terms import AlarmState, VerificationState
from openhall.office.seat import Seat, official, seat_at
from openhall.organs.fields import TextField
from openhall.organs.terms import Desk
from openhall.paging.keyset import place
from openhall.statistics.actions import resolve_alarm, verify_the_whole_log


class ResolveForm(forms.Form):
    """How an alarm ends, and why."""

    state = forms.ChoiceField(label=_("What was done"), widget=forms.RadioSelect)
    reason = TextField(
        label=_("What was found out and done"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=500,
        help_text=_("This sentence becomes public and stands in the log for good."),
    )

    def __init__(self, typed: object = None) -> None:
        super().__init__(typed)  # type: ignore[arg-type]
        ways = said(AlarmState, (AlarmState.REPAIRED, AlarmState.KNOWN))
        self.fields["state"].choices = ways  # type: ignore[attr-defined]


def _seat(request: HttpRequest, organ: str) -> Seat:
    return seat_at(request, organ, Desk.SUPERVISION.value)


def _sentence(zh: str, en: str) -> str:
    return en if (get_language() or "").startswith("en") else zh


def _shown(request: HttpRequest, seat: Seat, refused: Refused | None = None) -> HttpResponse:
    done = [
        (
            one,
            VerificationState(one.state),
            [(f["place"], _sentence(f["sentence"], f["sentence_en"])) for f in one.findings],
        )
        for one in verifications()
    ]
    context = {
        "seat": seat,
        "halted": is_halted(),
        "latest": latest_checkpoint(),
        "size": size_now(),
        "verifications": done,
        "running": any(state in ("waiting", "running") for _one, state, _found in done[:1]),
        "alarms": alarms(place(request.GET)).map(
            lambda one: (one, AlarmState(one.state), _sentence(one.sentence, one.sentence_en))
        ),
        "refused": refused,
    }
    return render(request, "office/ledger_audit.html", context, status=422 if refused else 200)


@official
@require_safe
def page(request: HttpRequest, organ: str) -> HttpResponse:
    return _shown(request, _seat(request, organ))


@official
@stands_on(page)
def verify(request: HttpRequest, organ: str) -> HttpResponse:
    """Start a verification in the background."""
    seat = _seat(request, organ)
    try:
        verify_the_whole_log(seat.account, timezone.now())
    except Refused as refusal:
        return _shown(request, seat, refusal)
    return redirect("office:log", organ)


@official
def alarm(request: HttpRequest, organ: str, pk: int) -> HttpResponse:
    """One alarm, and the act that ends it."""
    seat = _seat(request, organ)
    found = existing(alarm_by_pk(pk))
    form = ResolveForm(request.POST or None)
    wrong = False
    if request.method == "POST":
        wrong = not form.is_valid()
        if not wrong:
            typed = form.cleaned_data
            try:
                state = AlarmState(typed["state"])
                resolve_alarm(pk, state, typed["reason"], seat.account, timezone.now())
            except Refused as refusal:
                form.add_error(refusal.field or None, str(refusal))
                wrong = True
            else:
                return redirect("office:log", organ)
    context = {
        "seat": seat,
        "alarm": found,
        "state": AlarmState(found.state),
        "sentence": _sentence(found.sentence, found.sentence_en),
        "form": form,
        "wrong": form if wrong else None,
    }
    return render(request, "office/ledger_alarm.html", context, status=422 if wrong else 200)
