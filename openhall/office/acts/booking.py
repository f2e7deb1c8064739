"""A window books, changes and cancels for who stands there or telephones. A13."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.desk.offers import Offer
from openhall.organs.fields import NumberOfDocument, PhoneField, TextField, judge_person
from openhall.slots import actions
from openhall.slots.actions.booking import FULL, Who
from openhall.slots.permissions import may_receive
from openhall.slots.queries import Time, run_from
from openhall.slots.terms import AppointmentAct, AppointmentState
from openhall.slots.words import day_named


class AtTime(Offer):
    """One of the free times the page shows, day by day."""

    bare, tone = True, "primary"
    slot = forms.TypedChoiceField(label=_("Time"), coerce=int)

    @classmethod
    def offered(cls, subject: Any, who: Any) -> bool:
        return may_receive(who.account, who.organ, who.day) and bool(subject.days)

    def ask(self) -> None:
        choices: list[tuple[str, list[tuple[int, str]]]] = []
        for day in self.subject.days:
            named = day_named(day.day).said_in(get_language())  # the closed list shows it too
            times = [(one.slots[0], timezone.localtime(one.starts)) for one in day.times]
            choices.append((named, [(slot, f"{named} {at:%H:%M}") for slot, at in times]))
        self.fields["slot"].choices = choices  # type: ignore[attr-defined]

    def time(self, doing: Doing) -> Time:
        subject = self.subject
        found = run_from(subject.offer, self.cleaned_data["slot"], subject.persons, doing.at)
        if found is None:
            raise Refused(FULL, "slot", code="full")
        return found


class BookFor(AtTime):
    """For somebody who stands here or telephones."""

    act, title = AppointmentAct.CONFIRM, _("Book for this person")
    effect = _(
        "The code, the confirmation and a reminder go to the telephone given; nobody here reads "
        "the code."
    )
    done = _("It is booked. The code was sent to the person's telephone.")
    name = TextField(label=_("Name of the person"), max_length=60)
    phone = PhoneField(label=_("Telephone of the person"))
    language = forms.ChoiceField(
        label=_("Language of the messages"), choices=[("zh", "中文"), ("en", "English")]
    )

    def ask(self) -> None:
        super().ask()
        if self.subject.offer.purpose.identity:
            self.fields["identity"] = NumberOfDocument(
                label=_("Number of the document"),
                help_text=_("This purpose counts by person; it is kept encrypted and erased."),
            )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        judge_person(self, said, "identity_kind", "identity")
        return said

    def does(self, doing: Doing) -> Any:
        typed, subject = self.cleaned_data, self.subject
        who = Who(
            *(typed["name"], typed["phone"], typed.get("identity", "")), language=typed["language"]
        )
        return actions.book_for(subject.offer, self.time(doing), subject.persons, who, doing)

    def goes_to(self, left: Any) -> str:
        at = [self.who.organ.code, self.who.desk.value, left.number]
        return reverse("office:booked", args=at)


class MoveTo(AtTime):
    """Another time for what is booked."""

    act, title = AppointmentAct.CHANGE, _("Change to this time")
    effect = _("The person is told by message; the code stays the same.")
    done = _("The appointment has another time; the person is told.")

    @classmethod
    def offered(cls, subject: Any, who: Any) -> bool:
        stands = subject.one.state == AppointmentState.CONFIRMED
        return stands and super().offered(subject, who)

    def does(self, doing: Doing) -> Any:
        subject = self.subject
        return actions.change_for(subject.one, subject.offer, self.time(doing), doing)


class CancelFor(Offer):
    """The person does not come."""

    act, tone = AppointmentAct.CANCEL, "grave"
    title = _("Cancel as the person wishes")
    effect = _("The time is free for others at once; the person is told by message.")
    done = _("The appointment is cancelled; the person is told.")

    @classmethod
    def offered(cls, subject: Any, who: Any) -> bool:
        stands = subject.one.state == AppointmentState.CONFIRMED
        return stands and may_receive(who.account, who.organ, who.day)

    def does(self, doing: Doing) -> Any:
        return actions.cancel_for(self.subject.one, doing)
