"""Due days of many cases under another calendar, each distinct question answered once. 82.

A million open cases were accepted on few hundred days under a few dozen limits; only the distinct
questions are asked of the calendar. Cases with suspensions, extensions or a superior's leg are
asked one by one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from openhall.cases.rules.clock import (
    Deadlines,
    Limit,
    Pause,
    WorkingCalendar,
    answer_due,
    deadlines_after,
    statutory_limit,
    superior_days,
)
from openhall.cases.rules.packs import pack_named
from openhall.catalogue.terms import DayUnit


@dataclass(frozen=True, slots=True)
class Question:
    """What a due day depends on besides the calendar; equal questions have equal answers."""

    accepted: date
    promised_days: int
    promised_unit: str
    statutory_days: int | None
    statutory_unit: str
    pack: str
    joint: bool
    extended: int = 0
    pauses: tuple[Pause, ...] = ()


@dataclass(slots=True)
class Recounting:
    """Answers under one calendar, each worked out once."""

    calendar: WorkingCalendar
    today: date
    known: dict[Question, Deadlines] = field(default_factory=dict)
    days: dict[tuple[date, int], date] = field(default_factory=dict)

    def deadlines(self, asked: Question) -> Deadlines:
        """Both due days."""
        found = self.known.get(asked)
        if found is None:
            own = (
                None
                if asked.statutory_days is None
                else Limit(asked.statutory_days, DayUnit(asked.statutory_unit))
            )
            pauses: Sequence[Pause] = asked.pauses
            found = self.known[asked] = deadlines_after(
                asked.accepted,
                Limit(asked.promised_days, DayUnit(asked.promised_unit)),
                statutory_limit(own, pack_named(asked.pack), joint=asked.joint),
                self.calendar,
                pauses,
                self.today,
                asked.extended,
            )
        return found

    def day_after(self, start: date, workdays: int) -> date:
        """The ``workdays``-th working day after ``start``."""
        found = self.days.get((start, workdays))
        if found is None:
            found = self.days[start, workdays] = self.calendar.add_workdays(start, workdays).on
        return found

    def answer(self, received: date, pack: str) -> date | None:
        """The last day to answer an application."""
        rules = pack_named(pack)
        return None if rules.answer_days is None else answer_due(received, rules, self.calendar)

    def delivery(self, decided: date, pack: str) -> date | None:
        """The last day to deliver a decision."""
        within = pack_named(pack).delivery_days
        return None if within is None else self.day_after(decided, within)

    def above(self, since: date, pack: str) -> date:
        """The last day of a superior organ's leg."""
        return self.day_after(since, superior_days(pack_named(pack)))
