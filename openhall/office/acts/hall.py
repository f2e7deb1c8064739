"""What those who manage a centre do: lines moved, tickets given, the roster, hours, the day. A9."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from openhall.cases.queries import case_numbered
from openhall.catalogue.queries import version_to_show
from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.design.forms import DateInput
from openhall.design.words import called
from openhall.desk.offers import Offer, said
from openhall.glossary import Said
from openhall.hall.actions import arranging, days, duty, stuck, turns
from openhall.hall.queries import Duty, Hall, Line, Ticket, Window, ticket_numbered
from openhall.hall.terms import (
    AlarmAct,
    DayAct,
    DutyAct,
    HallAct,
    Lane,
    Need,
    Source,
    TicketAct,
)
from openhall.office.acts.hall_hours import TimeInput
from openhall.office.acts.shifts import SWAP_OFFERS
from openhall.organs.fields import TextField

HOURS = ((60, _("one hour")), (120, _("two hours")), (240, _("four hours")))


@dataclass(slots=True)
class Managed:
    """A hall as its manager sees it on a day."""

    hall: Hall
    day: date
    windows: list[Window] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    roster: list[Duty] = field(default_factory=list)
    staff: list[Any] = field(default_factory=list)
    closed: Any = None
    units: list[Any] = field(default_factory=list)
    stuck: list[Any] = field(default_factory=list)
    alarms: list[Any] = field(default_factory=list)
    swaps: list[Duty] = field(default_factory=list)  # agreed on, to be confirmed
    open_shifts: list[Duty] = field(default_factory=list)  # signed in on, of this day and before

    def window(self, pk: str) -> Window:
        return next(one for one in self.windows if str(one.pk) == pk)

    def line(self, pk: str) -> Line:
        return next(one for one in self.lines if str(one.pk) == pk)


def _lines(lines: Iterable[Line]) -> list[tuple[str, str]]:
    return [(str(one.pk), f"{one.letter} {called(one)}") for one in lines]


def _windows(windows: Iterable[Window]) -> list[tuple[str, str]]:
    return [(str(one.pk), f"{one.number} {called(one)}") for one in windows]


class MoveWindow(Offer):
    """For the next hour or so a window serves other lines; then its own again."""

    act, tone = HallAct.MOVE, "primary"
    effect = _("Then the window serves its own lines again, by itself.")
    window = forms.ChoiceField(label=_("Window"))
    lines = forms.MultipleChoiceField(label=_("Lines"), widget=forms.CheckboxSelectMultiple)
    minutes = forms.TypedChoiceField(label=_("For"), coerce=int, choices=HOURS)

    def ask(self) -> None:
        self.choose("window", _windows(self.subject.windows))
        self.choose("lines", _lines(self.subject.lines))

    def does(self, doing: Doing) -> Any:
        typed, here = self.cleaned_data, self.subject
        until = doing.at + timedelta(minutes=typed["minutes"])
        lines = [here.line(pk) for pk in typed["lines"]]
        return arranging.move_window(
            here.hall.pk, here.window(typed["window"]), lines, until, doing
        )


class GiveTicket(Offer):
    """A ticket at the reception, with its lane and what the person needs."""

    act, title = TicketAct.ISSUE, _("Give a ticket")
    line = forms.ChoiceField(label=_("Line of the hall"))
    lane = forms.ChoiceField(label=_("Lane"), widget=forms.RadioSelect)
    need = forms.ChoiceField(label=_("Need"), required=False)
    persons = forms.IntegerField(label=_("How many come"), min_value=1, max_value=20, initial=1)
    about = TextField(
        label=_("Code of the item or number of the case, if known"), max_length=80, required=False
    )

    def ask(self) -> None:
        self.choose("line", _lines(self.subject.lines))
        self.choose("lane", said(Lane, (Lane.ORDINARY, Lane.PRIORITY)))
        self.fields["lane"].initial = Lane.ORDINARY.value
        self.choose("need", [(one.value, one.said_in(get_language())) for one in Need])

    def does(self, doing: Doing) -> Ticket:
        typed = self.cleaned_data
        about = typed["about"].strip()
        case = case_numbered(about) if about else None
        found = version_to_show(about, self.day) if about and case is None else None
        if about and case is None and found is None:
            raise Refused(
                Said(
                    "没有这个编码的事项，也没有这个编号的办件。",
                    "No item and no case is so called.",
                ),
                "about",
            )
        item = case.item_id if case else found.version.item_id if found else None
        coming = turns.Coming(
            int(typed["line"]),
            Source.RECEPTION,
            lane=Lane(typed["lane"]),
            need=Need(typed["need"] or ""),
            persons=typed["persons"],
            item=item,
            case=case.pk if case else None,
        )
        return turns.issue(coming, doing)


class ComeBack(Offer):
    """Who missed the call is here: the next of the line."""

    act, title = TicketAct.REQUEUE, _("Somebody missed the call")
    effect = _("They are the next of their line.")
    number = TextField(label=_("Number of the ticket"), max_length=6)  # type: ignore[assignment]

    def does(self, doing: Doing) -> Any:
        ticket = ticket_numbered(self.subject.hall, self.subject.day, self.cleaned_data["number"])
        if ticket is None:
            raise Refused(Said("今天没有这个号。", "There is no such ticket today."), "number")
        return turns.come_back(ticket, doing)


class SignOutFor(Offer):
    """Who forgot to sign out is signed out; the deed says by whom."""

    act, code, section = DutyAct.SIGN_OUT, "sign_out_for", "duty"
    effect = _("Whoever still stands at that window is written down as served, or as not come.")

    @classmethod
    def abouts(cls, subject: Managed, who: Any) -> Iterable[Any]:
        return subject.open_shifts

    @classmethod
    def part(cls, subject: Managed, key: str) -> Any:
        return next((one for one in subject.open_shifts if cls.part_key(one) == key), None)

    @property
    def label(self) -> str:
        n = {"n": self.about.window.number, "day": self.about.day.isoformat()}
        if self.about.day != self.subject.day:
            return str(_("Sign out window %(n)s, since %(day)s")) % n
        return str(_("Sign out window %(n)s")) % n

    def does(self, doing: Doing) -> Any:
        return duty.sign_out(self.about.pk, doing)


class CloseDay(Offer):
    """The day is closed: after it no ticket of the day changes."""

    act, tone = DayAct.CLOSE, "grave"
    effect = _(
        "Who still waits is written down as gone. The counts and a digest of every call of today "
        "go into the public log; nothing of today can be changed afterwards."
    )

    @classmethod
    def offered(cls, subject: Managed, who: Any) -> bool:
        return subject.closed is None

    def does(self, doing: Doing) -> Any:
        return days.close_day(self.subject.hall, self.subject.day, doing)


class AnswerAlarm(Offer):
    """Somebody went to the window."""

    act, code, section, bare = AlarmAct.ANSWER, "answer_alarm", "alarms", True
    tone = "grave"

    @classmethod
    def abouts(cls, subject: Managed, who: Any) -> Iterable[Any]:
        return subject.alarms

    @classmethod
    def part(cls, subject: Managed, key: str) -> Any:
        return next((one for one in subject.alarms if cls.part_key(one) == key), None)

    @property
    def button(self) -> str:
        return str(_("Window %(n)s: somebody is there")) % {"n": self.about.window.number}

    def does(self, doing: Doing) -> Any:
        return stuck.answer_alarm(self.about.pk, doing)


BOARD_OFFERS: tuple[type[Offer], ...] = (
    AnswerAlarm,
    GiveTicket,
    ComeBack,
    MoveWindow,
    CloseDay,
    SignOutFor,
)


# ------------------------------------------------------------------ the roster
class Plan(Offer):
    """Who sits at which window, from when to when."""

    act, tone, bare = DutyAct.PLAN, "primary", True
    account = forms.ChoiceField(label=_("Member of staff"))
    window = forms.ChoiceField(label=_("Window"))
    on = forms.DateField(label=_("Day"), widget=DateInput)
    starts = forms.TimeField(label=_("Begins at"), widget=TimeInput)
    ends = forms.TimeField(label=_("Ends at"), widget=TimeInput)

    def ask(self) -> None:
        self.people = {str(one.pk): one for one in self.subject.staff}
        self.choose("account", [(pk, str(one)) for pk, one in self.people.items()])
        self.choose("window", _windows(self.subject.windows))
        self.fields["on"].initial = self.subject.day
        self.fields["starts"].initial, self.fields["ends"].initial = "09:00", "17:00"

    def does(self, doing: Doing) -> Any:
        typed = self.cleaned_data
        return duty.plan(
            self.subject.window(typed["window"]),
            self.people[typed["account"]],
            typed["on"],
            typed["starts"],
            typed["ends"],
            doing,
        )


class Repeat(Offer):
    """The same shifts on the working days that follow."""

    act, code, title = DutyAct.PLAN, "repeat", _("Repeat this roster on the days that follow")
    effect = _("On each working day to the one chosen; what is on the roster already stays.")
    until = forms.DateField(label=_("To and with"), widget=DateInput)

    @classmethod
    def offered(cls, subject: Managed, who: Any) -> bool:
        return bool(subject.roster)

    def does(self, doing: Doing) -> Any:
        here = self.subject
        return duty.repeat(here.hall, here.day, self.cleaned_data["until"], doing)


class OnRoster(Offer):
    """An act on one shift that nobody has begun."""

    section = "roster"

    @classmethod
    def abouts(cls, subject: Managed, who: Any) -> Iterable[Any]:
        return [one for one in subject.roster if one.signed_in is None]

    @classmethod
    def part(cls, subject: Managed, key: str) -> Any:
        return next((one for one in subject.roster if cls.part_key(one) == key), None)


class StandIn(OnRoster):
    """Another person takes the shift; who was planned stays named."""

    act = DutyAct.STAND_IN
    account = forms.ChoiceField(label=_("Who takes the shift"))
    why = TextField(label=_("Reason"), max_length=200)

    @property
    def label(self) -> str:
        return str(_("Stand in for %(name)s")) % {"name": self.about.account}

    def ask(self) -> None:
        self.people = {str(one.pk): one for one in self.subject.staff}
        self.choose("account", [(pk, str(one)) for pk, one in self.people.items()])

    def does(self, doing: Doing) -> Any:
        typed = self.cleaned_data
        return duty.stand_in(self.about.pk, self.people[typed["account"]], typed["why"], doing)


class Cancel(OnRoster):
    """Off the roster."""

    act, seldom = DutyAct.CANCEL, True

    @property
    def label(self) -> str:
        return str(_("Take %(name)s off the roster")) % {"name": self.about.account}

    def does(self, doing: Doing) -> Any:
        return duty.cancel(self.about.pk, doing)


ROSTER_OFFERS: tuple[type[Offer], ...] = (Plan, Repeat, StandIn, Cancel, *SWAP_OFFERS)
