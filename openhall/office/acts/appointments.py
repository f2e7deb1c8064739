"""What a unit does about its calendars and the people who booked. A13."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.design.forms import CodeInput, DateInput, TimeInput
from openhall.desk.offers import Offer, said
from openhall.glossary import Said
from openhall.hours.rules import week
from openhall.office.acts import versions as common
from openhall.office.acts.versions import offers_of, why
from openhall.organs.fields import TextField
from openhall.slots import actions
from openhall.slots.kinds import RULES
from openhall.slots.permissions import may_publish_rules, may_receive, may_write_rules
from openhall.slots.queries import (
    appointment_by_code,
    appointment_numbered,
    exceptions_of,
    openings_of,
)
from openhall.slots.rules import opening, purposes
from openhall.slots.terms import (
    AppointmentAct,
    AppointmentState,
    CalendarAct,
    CalendarFor,
    DayChange,
)
from openhall.slots.words import day_named
from openhall.versions import actions as versions
from openhall.versions.terms import VersionAct, VersionState

S = AppointmentState
UNKNOWN = Said(
    "没有这个预约码。请对照短信核对；也可以在下面的名单里按预约号查找。",
    "No appointment has this code. Compare it with the message, or find it by number below.",
)


def _of_row(act: Any, about: Any) -> str:
    """A row's button by a name of its own, for who cannot see the row it stands in."""
    return format_html('{}<span class="visually-hidden">: {}</span>', act, about.number)


class OnRow(Offer):
    """An act about one appointment of the page; the subject is the page's list."""

    section = "rows"
    states: tuple[AppointmentState, ...] = (S.CONFIRMED,)

    @classmethod
    def abouts(cls, subject: Any, who: Any) -> Iterable[Any]:
        may = may_receive(who.account, who.organ, who.day)
        return [one for one in subject.rows if may and one.state in cls.states]

    @classmethod
    def part(cls, subject: Any, key: str) -> Any:
        # Whatever day the page showed: whether it still stands the act says.
        one = appointment_numbered(key)
        return one if one is not None and one.calendar.owner_id == subject.organ else None

    @classmethod
    def part_key(cls, about: Any) -> str:
        return str(about.number)

    @property
    def label(self) -> Any:
        words = self.title or (self.act and self.act.said_in(get_language()))
        return _of_row(words, self.about)

    def goes_to(self, left: Any) -> str:
        at = reverse("office:appointments", args=[self.who.organ.code, self.who.desk.value])
        return at if self.about.day == self.day else f"{at}?day={self.about.day:%Y-%m-%d}"

    def said_done(self) -> str:
        act = self.act.said_in(get_language()) if self.act else self.title
        return f"{_now('Done: %(act)s') % {'act': act}} {self.about.number}"


class Arrive(OnRow):
    """The person is here: a button of the row."""

    act, bare, tone = AppointmentAct.ARRIVE, True, "primary"
    states = (S.CONFIRMED, S.MISSED)

    @property
    def button(self) -> Any:
        return self.label

    @classmethod
    def abouts(cls, subject: Any, who: Any) -> Iterable[Any]:
        return super().abouts(subject, who) if subject.day == who.day else ()

    def does(self, doing: Doing) -> Any:
        return actions.arrive(self.about.pk, doing)


class Miss(OnRow):
    """Nobody came within the minutes that the rules allow."""

    act, tone = AppointmentAct.MISS, "plain"
    effect = _("It counts as missed. Who misses too often cannot book online for a while.")

    @classmethod
    def abouts(cls, subject: Any, who: Any) -> Iterable[Any]:
        return super().abouts(subject, who) if subject.day <= who.day else ()

    def does(self, doing: Doing) -> Any:
        return actions.miss(self.about.pk, doing)


class CallOff(OnRow):
    """The unit cannot keep it."""

    act, tone = AppointmentAct.CALL_OFF, "grave"
    effect = _("The person is told by message why, and where to choose another time.")
    reason = why(_("Why it cannot be kept"))

    def does(self, doing: Doing) -> Any:
        return actions.call_off(self.about.pk, self.cleaned_data["reason"], doing)


class ArriveByCode(Offer):
    """Who shows the code is here."""

    code, title, section, bare, tone = "here", _("Note the arrival"), "code", True, "primary"
    button, done = _("They are here"), _("The arrival is noted.")
    shown = TextField(label=_("Code or QR of the appointment"), max_length=80, widget=CodeInput)

    @classmethod
    def offered(cls, subject: Any, who: Any) -> bool:
        return may_receive(who.account, who.organ, who.day)

    def does(self, doing: Doing) -> Any:
        # A scanner types the whole address of the QR: the code stands behind "#".
        typed = self.cleaned_data["shown"].rpartition("#")[2]
        one = appointment_by_code(typed)
        if one is None or one.calendar.owner_id != self.who.organ.pk:
            raise Refused(UNKNOWN, "shown", code="unknown")
        return actions.arrive(one.pk, doing)


class OpenCalendar(Offer):
    """A new calendar; it offers nothing until its rules are in force."""

    act, section = CalendarAct.OPEN, "open"
    name = TextField(label=_("Name of the calendar"), max_length=80)
    name_en = TextField(label=_("Name in English"), max_length=120, required=False)
    kind = forms.ChoiceField(label=_("Use of the calendar"))
    short = forms.RegexField(
        r"[a-z][a-z0-9-]{0,19}",
        label=_("Short code"),
        help_text=_("Small Latin letters, figures and hyphens, such as “main”."),
    )

    @classmethod
    def offered(cls, subject: Any, who: Any) -> bool:
        return may_write_rules(who.account, who.organ, who.day)

    def ask(self) -> None:
        self.choose("kind", said(CalendarFor))

    def does(self, doing: Doing) -> Any:
        typed = self.cleaned_data
        return actions.open_calendar(
            f"{self.who.organ.code}-{typed['short']}"[:40],
            self.who.organ,
            CalendarFor(typed["kind"]),
            typed["name"],
            doing,
            title_en=typed["name_en"],
        )

    def goes_to(self, left: Any) -> str:
        at = [self.who.organ.code, self.who.desk.value, left.code]
        return reverse("office:booking_calendar", args=at)


class BeginRules(Offer):
    """A draft of the next rules, begun from those in force."""

    act, title = VersionAct.BEGIN, _("Write new rules")
    effect = _("What is in force goes on until the new rules are published.")

    @classmethod
    def offered(cls, subject: Any, who: Any) -> bool:
        return may_write_rules(who.account, who.organ, who.day) and not subject.draft

    def doing(self, key: str, now: datetime, seen: int | None) -> Doing:
        return super().doing(key, now, None)  # the draft is another row than the calendar

    def does(self, doing: Doing) -> Any:
        subject = self.subject
        family = {"calendar": subject.calendar}
        return versions.begin(RULES, family, doing, source=subject.rules)

    def goes_to(self, left: Any) -> str:
        at = [self.who.organ.code, self.who.desk.value, RULES.kind.name, left.pk]
        return reverse("office:version", args=at)


class ChangeDay(Offer):
    """One day differs."""

    act = CalendarAct.EXCEPT
    effect = _(
        "Free seats go or come at once, and everybody reads the reason. Who has an appointment "
        "keeps it until you call it off; those at closed times are listed."
    )
    day_of = forms.DateField(label=_("Day"), widget=DateInput)
    kind = forms.ChoiceField(label=_("What is different"))
    start = forms.TimeField(label=_("Begins at"), widget=TimeInput, required=False)
    end = forms.TimeField(label=_("Ends at"), widget=TimeInput, required=False)
    seats = forms.IntegerField(
        label=_("Seats"), min_value=1, max_value=week.MOST_SEATS, required=False
    )
    reason = why(_("Reason"), _("Everybody reads it beside the day."))

    @classmethod
    def offered(cls, subject: Any, who: Any) -> bool:
        open_ = subject.calendar.closed_on is None
        return open_ and may_publish_rules(who.account, who.organ, who.day)

    def ask(self) -> None:
        self.choose("kind", said(DayChange))
        self.fields["day_of"].initial = self.day

    def does(self, doing: Doing) -> Any:
        typed = self.cleaned_data
        start, end = typed["start"], typed["end"]
        return actions.change_day(
            self.subject.calendar.pk,
            typed["day_of"],
            DayChange(typed["kind"]),
            typed["reason"],
            doing,
            start=start.hour * 60 + start.minute if start else 0,
            end=end.hour * 60 + end.minute if end else week.DAY_MINUTES,
            seats=typed["seats"] or 0,
        )

    def refuse(self, refusal: Refused) -> None:
        if refusal.field == "day":
            refusal.field = "day_of"
        super().refuse(refusal)


class WithdrawChange(Offer):
    """A change of one day is taken back."""

    act, seldom = CalendarAct.WITHDRAW, True
    effect = _("The day is again what the rules say, at once. Everybody reads why.")
    change = forms.ChoiceField(label=_("Which change"))
    reason = why(_("Reason"), _("Everybody reads it beside the day."))

    @classmethod
    def standing(cls, subject: Any, day: date) -> list[Any]:
        return [one for one in exceptions_of(subject.calendar, day) if not one.withdrawn]

    @classmethod
    def offered(cls, subject: Any, who: Any) -> bool:
        may = may_publish_rules(who.account, who.organ, who.day)
        return may and bool(cls.standing(subject, who.day))

    def ask(self) -> None:
        english = get_language()
        self.choose(
            "change",
            [
                (
                    one.pk,
                    f"{day_named(one.day).said_in(english)} {week.hour(one.start)}–"
                    f"{week.hour(one.end)} · {DayChange(one.kind).said_in(english)} · {one.reason}",
                )
                for one in self.standing(self.subject, self.day)
            ],
        )

    def does(self, doing: Doing) -> Any:
        typed = self.cleaned_data
        return actions.withdraw_change(
            self.subject.calendar.pk, int(typed["change"]), typed["reason"], doing
        )


class CloseCalendar(Offer):
    """Nothing is offered any more."""

    act, tone, seldom = CalendarAct.CLOSE, "grave", True
    effect = _("Nothing more is offered. Who has an appointment keeps it.")
    reason = why()

    @classmethod
    def offered(cls, subject: Any, who: Any) -> bool:
        open_ = subject.calendar.closed_on is None
        return open_ and may_publish_rules(who.account, who.organ, who.day)

    def does(self, doing: Doing) -> Any:
        return actions.close_calendar(self.subject.calendar.pk, self.cleaned_data["reason"], doing)


NUMBERS = {
    "days_ahead": (_("Days ahead that can be booked"), 0, 180),
    "most_open": (_("Appointments to come that one person may have"), 1, 20),
    "change_hours": (_("Hours before, until when it can be changed or cancelled"), 0, 240),
    "remind_hours": (_("Hours before, when a reminder is sent (0: none)"), 0, 240),
    "late_minutes": (_("Minutes late until it counts as missed"), 0, 120),
    "missed_times": (_("Missed how often until online booking pauses (0: never)"), 0, 20),
    "missed_days": (_("Within how many days"), 1, 365),
    "pause_days": (_("For how many days"), 1, 365),
}


class WriteRules(Offer):
    """Go on with the draft."""

    code, title, section, bare = "save", _("Write"), "write", True
    tone, button, done = "primary", _("Save"), _("The draft is saved.")
    openings = TextField(
        label=_("Opening hours"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One line each: workdays 09:00-12:00 4 — the last number: seats at a time."),
    )
    length = forms.TypedChoiceField(
        label=_("Minutes of one slot"), coerce=int, choices=[(n, n) for n in opening.LENGTHS]
    )
    purposes = TextField(
        label=_("Purposes"),
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "One line each: code | Chinese name | English name | minutes | each further person | "
            "most persons | identity yes/no | codes of matters | code of the unit"
        ),
    )
    place = TextField(label=_("Where to come"), max_length=120)
    place_en = TextField(label=_("Where to come, in English"), max_length=160, required=False)
    release_at = forms.TimeField(label=_("Hour at which a day is released"), widget=TimeInput)

    @classmethod
    def offered(cls, subject: Any, who: Any) -> bool:
        may = RULES.route.write.may(who.account, subject, who.day)
        return subject.state == VersionState.DRAFT and may

    def ask(self) -> None:
        rules = self.subject
        english = (get_language() or "").startswith("en")
        kept = [one.value for one in openings_of(rules)]
        self.fields["openings"].initial = week.as_text(kept, english=english)
        self.fields["purposes"].initial = purposes.as_text(rules.offered)
        for name in ("length", "place", "place_en", "release_at"):
            self.fields[name].initial = getattr(rules, name)
        for name, (label, least, most) in NUMBERS.items():
            self.fields[name] = forms.IntegerField(
                label=label, min_value=least, max_value=most, initial=getattr(rules, name)
            )

    def _read(self, name: str, reader: Any) -> Any:
        try:
            return reader(self.cleaned_data[name])
        except week.NotReadable as unread:
            raise ValidationError(
                [one.said_in(get_language()) for one in unread.faults]
            ) from unread

    def clean_openings(self) -> Any:
        return self._read("openings", week.spans_of)

    def clean_purposes(self) -> Any:
        return self._read("purposes", purposes.purposes_of)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("openings") and typed.get("length"):
            for fault in week.faults_of(typed["openings"], typed["length"]):
                self.add_error("openings", fault.said_in(get_language()))
        return typed

    def doing(self, key: str, now: datetime, seen: int | None) -> Doing:
        return replace(super().doing(key, now, None), seen=self.subject.revision)

    def does(self, doing: Doing) -> Any:
        typed = self.cleaned_data
        names = ("length", "place", "place_en", "release_at", *NUMBERS)
        values = {name: typed[name] for name in names}
        values["purposes"] = purposes.plain(typed["purposes"])
        return actions.save_rules(self.subject.pk, values, typed["openings"], doing)


class PublishRules(common.Publish):
    effect = _(
        "From its first day on days are released by these rules. Days released before keep their "
        "times; change them one by one."
    )


RULES_OFFERS: tuple[type[Offer], ...] = (
    WriteRules,
    *offers_of(RULES, PublishRules, but=(common.Pass,)),
)
