"""What is done at a window of a hall: signing in, calling, serving, sending on. A1, A9."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from openhall.cases.queries import case_for_desk
from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.design.words import called
from openhall.desk.offers import Offer
from openhall.glossary import Said
from openhall.hall.actions import duty, stuck, turns
from openhall.hall.queries import Duty, Hall, Line, Ticket, Window
from openhall.hall.terms import AlarmAct, DutyAct, Source, TicketAct, TicketState
from openhall.organs.fields import TextField


@dataclass(slots=True)
class Counter:
    """A clerk's window as its page shows it: the shifts of today, and who stands there."""

    shifts: list[Duty] = field(default_factory=list)
    sits: Duty | None = None
    ticket: Ticket | None = None
    waiting: list[Ticket] = field(default_factory=list)
    back: list[Ticket] = field(default_factory=list)  # held, or missed the call
    lines: list[Line] = field(default_factory=list)
    day: date | None = None  # the day of the page

    @property
    def overnight(self) -> bool:
        """Whether the shift is of a day before: who stands here is finished, nobody is called."""
        return self.sits is not None and self.sits.day != self.day

    @property
    def window(self) -> Window:
        assert self.sits is not None
        return self.sits.window

    @property
    def hall(self) -> Hall:
        assert self.sits is not None
        return self.sits.hall

    @property
    def here(self) -> Ticket:
        assert self.ticket is not None
        return self.ticket

    @property
    def calls(self) -> bool:
        """Whether somebody can be called now."""
        here = self.sits is not None and self.sits.away_since is None and not self.overnight
        return here and self.ticket is None


class OnShift(Offer):
    """An act on one shift of today."""

    bare = True

    @classmethod
    def part(cls, subject: Counter, key: str) -> Any:
        return next((one for one in subject.shifts if cls.part_key(one) == key), None)


class SignIn(OnShift):
    """Here, at the window of the roster."""

    act, tone = DutyAct.SIGN_IN, "primary"

    @classmethod
    def abouts(cls, subject: Counter, who: Any) -> Iterable[Any]:
        if subject.sits is not None:
            return ()
        return [one for one in subject.shifts if one.signed_in is None]

    @property
    def button(self) -> str:
        return str(_("Sign in at window %(n)s")) % {"n": self.about.window.number}

    def does(self, doing: Doing) -> Any:
        return duty.sign_in(self.about.pk, doing)


class AtWindow(Offer):
    """An act of who sits at the window."""

    bare = True

    @classmethod
    def offered(cls, subject: Counter, who: Any) -> bool:
        return subject.sits is not None and subject.ticket is None


class Break(AtWindow):
    """Away for a while: nobody is called here meanwhile."""

    act, section = DutyAct.BREAK, "duty"

    @classmethod
    def offered(cls, subject: Counter, who: Any) -> bool:
        return subject.calls

    def does(self, doing: Doing) -> Any:
        return duty.leave_window(self.subject.sits.pk, doing)


class Back(AtWindow):
    """Back at the window."""

    act, tone = DutyAct.BACK, "primary"

    @classmethod
    def offered(cls, subject: Counter, who: Any) -> bool:
        return subject.sits is not None and subject.sits.away_since is not None

    def does(self, doing: Doing) -> Any:
        return duty.back_at_window(self.subject.sits.pk, doing)


class SignOut(AtWindow):
    """The shift ends."""

    act, section = DutyAct.SIGN_OUT, "duty"

    def does(self, doing: Doing) -> Any:
        return duty.sign_out(self.subject.sits.pk, doing)


class CallNext(AtWindow):
    """The next of all lines of this window. A click sent twice calls once."""

    act, tone = TicketAct.CALL, "primary"
    title = button = _("Call the next")
    shortcut = "c"

    @classmethod
    def offered(cls, subject: Counter, who: Any) -> bool:
        return subject.calls

    def does(self, doing: Doing) -> Any:
        found = turns.call_next(self.subject.window, doing)
        if found is None:
            raise Refused(
                Said("现在没有人在等。", "Nobody is waiting now."),
            )
        return found


class CallBack(AtWindow):
    """Somebody who was held or missed the call, by number."""

    act, code, title = TicketAct.CALL, "call_back", _("Call this number")
    section = "back"

    @classmethod
    def abouts(cls, subject: Counter, who: Any) -> Iterable[Any]:
        return subject.back if subject.calls else ()

    @classmethod
    def part(cls, subject: Counter, key: str) -> Any:
        return next((one for one in subject.back if cls.part_key(one) == key), None)

    @property
    def button(self) -> str:
        return str(_("Call %(number)s")) % {"number": self.about}

    def does(self, doing: Doing) -> Any:
        return turns.call_by_name(self.subject.window, self.about, doing)


class OnTicket(Offer):
    """An act on the ticket that stands at the window."""

    states: tuple[TicketState, ...] = (TicketState.CALLED, TicketState.SERVING)

    @classmethod
    def offered(cls, subject: Counter, who: Any) -> bool:
        return subject.ticket is not None and subject.ticket.state in cls.states


class Recall(OnTicket):
    """Call again."""

    act, bare, states, shortcut = TicketAct.RECALL, True, (TicketState.CALLED,), "r"
    button = _("Call again")

    def does(self, doing: Doing) -> Any:
        return turns.recall(self.subject.window, self.subject.here, doing)


class Serve(OnTicket):
    """The person is here."""

    act, bare, tone, states = TicketAct.SERVE, True, "primary", (TicketState.CALLED,)
    shortcut, button = "s", _("They are here")

    def does(self, doing: Doing) -> Any:
        return turns.serve(self.subject.window, self.subject.here, doing)


class NoShow(OnTicket):
    """Nobody came."""

    act, bare, states, shortcut = TicketAct.NO_SHOW, True, (TicketState.CALLED,), "x"
    button = _("Nobody came")

    def does(self, doing: Doing) -> Any:
        return turns.no_show(self.subject.window, self.subject.here, doing)


class Finish(OnTicket):
    """Done at this window."""

    act, bare, tone, shortcut = TicketAct.FINISH, True, "primary", "f"
    states, button = (TicketState.SERVING,), _("Finished")

    def does(self, doing: Doing) -> Any:
        return turns.finish(self.subject.window, self.subject.here, doing)


class Link(OnTicket):
    """The case this visit goes on with; one taken in here is linked by itself."""

    act, states = TicketAct.LINK, (TicketState.SERVING,)
    number = TextField(label=_("Number of the case"), max_length=80)  # type: ignore[assignment]

    def does(self, doing: Doing) -> Any:
        case = case_for_desk(self.cleaned_data["number"].strip(), self.who.organ)
        if case is None:
            raise Refused(
                Said("本单位没有这个编号的办件。", "This unit has no case of that number."),
                "number",
            )
        return turns.link(self.subject.window, self.subject.here, case, doing)


class IntoALine(OnTicket):
    """An act by which the person waits again: lines are of their day, so not past midnight."""

    @classmethod
    def offered(cls, subject: Counter, who: Any) -> bool:
        return super().offered(subject, who) and subject.here.day == subject.day


class Hold(IntoALine):
    """They fetch something and come back without queueing."""

    act = TicketAct.HOLD
    why = TextField(label=_("What they fetch"), max_length=100, required=False)

    def does(self, doing: Doing) -> Any:
        why = self.cleaned_data["why"]
        return turns.hold(self.subject.window, self.subject.here, why, doing)


class Transfer(IntoALine):
    """To another line, with the same number and the time at which they came."""

    act = TicketAct.TRANSFER
    line = forms.ChoiceField(label=_("Line of the hall"))

    def ask(self) -> None:
        english = get_language() == "en"
        self.choose(
            "line",
            [
                (str(one.pk), f"{one.letter} {(english and one.name_en) or one.name}")
                for one in self.subject.lines
                if one.pk != self.subject.here.line_id
            ],
        )

    def does(self, doing: Doing) -> Any:
        chosen = int(self.cleaned_data["line"])
        line = next(one for one in self.subject.lines if one.pk == chosen)
        return turns.transfer(self.subject.window, self.subject.here, line, doing)


class Requeue(IntoALine):
    """Back into the line, as the next."""

    act, seldom, bare = TicketAct.REQUEUE, True, False

    def does(self, doing: Doing) -> Any:
        return turns.requeue(self.subject.window, self.subject.here, doing)


class RaiseAlarm(AtWindow):
    """For help, without a sound: only the management of the centre sees it."""

    act, code, section = AlarmAct.RAISE, "alarm", "duty"
    done = _("The management has been told.")

    @classmethod
    def offered(cls, subject: Counter, who: Any) -> bool:
        return subject.sits is not None and subject.sits.away_since is None

    def does(self, doing: Doing) -> Any:
        return stuck.raise_alarm(self.subject.window, doing)


class OneMore(IntoALine):
    """One more matter of the same person: another ticket with the same place in time."""

    act, code, title = TicketAct.ISSUE, "one_more", _("One more matter of this person")
    seldom = True
    line = forms.ChoiceField(label=_("Line of the hall"))

    def ask(self) -> None:
        self.choose("line", [(str(one.pk), f"{one.letter} {called(one)}") for one in self.lines()])

    def lines(self) -> list[Line]:
        lines: list[Line] = self.subject.lines
        return lines

    def does(self, doing: Doing) -> Any:
        coming = turns.Coming(
            int(self.cleaned_data["line"]), Source.TRANSFER, visit=self.subject.here.visit
        )
        return turns.issue(coming, doing)


COUNTER_OFFERS: tuple[type[Offer], ...] = (
    SignIn,
    Back,
    CallNext,
    Serve,
    Recall,
    NoShow,
    Finish,
    Link,
    Hold,
    Transfer,
    Requeue,
    OneMore,
    CallBack,
    Break,
    SignOut,
    RaiseAlarm,
)
