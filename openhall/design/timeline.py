"""The drawn deadline clock: which days count, which do not, both limits and today.

A plain value, filled by whoever knows the case and the calendar. This module only arranges it:
weeks from Monday to Sunday, a state for each day, and the same content as sentences' figures.
Basis: 行政许可法 42, 82 (working days, statutory holidays excluded), 45 (days not counted).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby


class DayKind(StrEnum):
    """What a day is to the clock."""

    COUNTS = "counts"
    RESTS = "rests"
    SUSPENDED = "suspended"


@dataclass(frozen=True)
class Day:
    """One calendar day; ``note`` names the holiday or the ground for not counting it."""

    date: date
    kind: DayKind
    note: str = ""


@dataclass(frozen=True)
class Limit:
    """A last day: the promised one, the statutory one; ``days`` in working days."""

    label: str
    date: date
    days: int
    basis: str = ""


@dataclass(frozen=True)
class Timeline:
    """Days without gaps, today, the limits, and the day the clock stopped for good if it did."""

    days: list[Day]
    today: date
    limits: list[Limit]
    ended: date | None = None

    @property
    def last(self) -> date:
        """The last day that is past for the clock: its end, or else today."""
        return min(self.ended or self.today, self.today)

    @property
    def used(self) -> int:
        """Days that counted up to and including today or the end."""
        return sum(day.kind is DayKind.COUNTS and day.date <= self.last for day in self.days)


@dataclass(frozen=True)
class Cell:
    """One drawn day: column 0 (Monday) to 6, its state, and the limits that fall on it."""

    day: Day
    column: int
    x: int
    past: bool
    late: bool
    today: bool
    limits: tuple[int, ...]


@dataclass(frozen=True)
class Stretch:
    """Neighbouring days that do not count for the same reason."""

    kind: DayKind
    first: date
    last: date
    note: str

    @property
    def length(self) -> int:
        return (self.last - self.first).days + 1


CELL = 32


def cells(timeline: Timeline) -> list[Cell]:
    """Every day with what is drawn in it; late are the counted days after the last limit."""
    end = max((limit.date for limit in timeline.limits), default=None)
    return [
        Cell(
            day=day,
            column=day.date.weekday(),
            x=day.date.weekday() * CELL,
            past=day.date <= timeline.last,
            late=end is not None and end < day.date <= timeline.last,
            today=day.date == timeline.today,
            limits=tuple(
                number
                for number, limit in enumerate(timeline.limits, start=1)
                if limit.date == day.date
            ),
        )
        for day in timeline.days
    ]


def weeks(timeline: Timeline) -> list[list[Cell]]:
    """The cells by week, Monday first."""
    return [
        list(week)
        for _monday, week in groupby(
            cells(timeline), key=lambda cell: cell.day.date - timedelta(days=cell.column)
        )
    ]


def stretches(timeline: Timeline) -> Iterator[Stretch]:
    """What is not counted and has a reason to tell: suspensions, and holidays with a name."""
    for (kind, note), days in groupby(timeline.days, key=lambda day: (day.kind, day.note)):
        told = list(days)
        if kind is not DayKind.COUNTS and (note or kind is DayKind.SUSPENDED):
            yield Stretch(kind, told[0].date, told[-1].date, note)
