"""The supervision bureau over the public log: verify the whole of it, answer its alarms. 二(三)."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from openhall.deeds.doing import Doing
from openhall.desk.offers import Offer, said
from openhall.desk.pages import Subject, existing
from openhall.ledger.queries import (
    Alarm,
    alarm_by_pk,
    alarms,
    is_halted,
    latest_checkpoint,
    size_now,
    verifications,
)
from openhall.ledger.terms import AlarmState, VerificationState
from openhall.office.seat import DeskPage, Seat, official, seat_at
from openhall.organs.fields import TextField
from openhall.organs.terms import Desk
from openhall.paging.keyset import place
from openhall.statistics.actions import resolve_alarm, verify_the_whole_log

CLAUSE = "成办发〔2003〕75号 二(三)"


def _sentence(zh: str, en: str) -> str:
    return en if (get_language() or "").startswith("en") else zh


class Verify(Offer):
    """Start a verification in the background."""

    code, title, clause = "verify", _("Verify the whole log"), CLAUSE
    bare, tone, shortcut = True, "primary", "v"
    button = _("Verify the whole log now")
    done = _("The log is being verified in the background.")

    def does(self, doing: Doing) -> Any:
        return verify_the_whole_log(doing.actor, doing.at)


class LogOnDesk(DeskPage):
    """The log, its verifications and its alarms."""

    offers = (Verify,)
    template, at, by_desk = "office/ledger_audit.html", "log", False

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, None]:
        return seat_at(request, where["organ"], Desk.SUPERVISION.value), None

    def context(
        self, request: HttpRequest, who: Seat, subject: None, **more: Any
    ) -> dict[str, Any]:
        done = [
            (
                one,
                VerificationState(one.state),
                [(f["place"], _sentence(f["sentence"], f["sentence_en"])) for f in one.findings],
            )
            for one in verifications()
        ]
        return {
            "seat": who,
            "halted": is_halted(),
            "latest": latest_checkpoint(),
            "size": size_now(),
            "verifications": done,
            "running": any(state in ("waiting", "running") for _one, state, _found in done[:1]),
            "alarms": alarms(place(request.GET)).map(
                lambda one: (one, AlarmState(one.state), _sentence(one.sentence, one.sentence_en))
            ),
        }


class Resolve(Offer):
    """How an alarm ends, and why."""

    code, title, clause, bare, tone = "resolve", _("Resolve the alarm"), CLAUSE, True, "grave"
    effect = _(
        "When no alarm is open, the log is signed and published again. Your name and the reason"
        " stand in the log for good."
    )
    button = _("Resolve")
    state = forms.ChoiceField(label=_("What was done"), widget=forms.RadioSelect)
    reason = TextField(
        label=_("What was found out and done"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=500,
        help_text=_("This sentence becomes public and stands in the log for good."),
    )

    @classmethod
    def offered(cls, subject: Any, who: Any) -> bool:
        return bool(subject.state == AlarmState.OPEN)

    def ask(self) -> None:
        self.choose("state", said(AlarmState, (AlarmState.REPAIRED, AlarmState.KNOWN)))

    def does(self, doing: Doing) -> Any:
        state, reason = AlarmState(self.cleaned_data["state"]), self.cleaned_data["reason"]
        return resolve_alarm(self.subject.pk, state, reason, doing.actor, doing.at)

    def goes_to(self, left: Any) -> str:
        return reverse("office:log", args=[self.who.organ.code])


class AlarmOnDesk(Subject):
    """One alarm, and the act that ends it."""

    offers = (Resolve,)
    template = "office/ledger_alarm.html"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, Alarm]:
        seat = seat_at(request, where["organ"], Desk.SUPERVISION.value)
        return seat, existing(alarm_by_pk(where["pk"]))

    def home(self, who: Seat, subject: Alarm) -> str:
        return reverse("office:log_alarm", args=[who.organ.code, subject.pk])

    def content(self, who: Seat, subject: Alarm) -> dict[str, Any]:
        return {
            "seat": who,
            "alarm": subject,
            "state": AlarmState(subject.state),
            "sentence": _sentence(subject.sentence, subject.sentence_en),
        }


page, alarm = official(LogOnDesk()), official(AlarmOnDesk())
