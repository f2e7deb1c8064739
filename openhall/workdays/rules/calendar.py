"""Working-day arithmetic on a calendar kept as data. 行政许可法 82; 民法典 201, 203.

A prefix table answers every question with one or two look-ups. Past the last announced year the
calendar does not guess holidays: it counts Monday to Friday and says the day is provisional.
"""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Self

SPARE_YEARS = 3  # provisional years kept after the last announced one


@dataclass(frozen=True, slots=True)
class Due:
    """A due day; ``provisional`` when it lies past the last announced year."""

    on: date
    provisional: bool


class OutsideCalendar(ValueError):
    """The question reaches before the first or past the last day of the calendar."""


class Calendar:
    """Working days from ``first`` to ``last``, both included.

    ``exceptions`` maps a day to whether it is worked where the announcement differs from
    Monday–Friday: holidays are False, make-up days (调休) True.
    """

    __slots__ = (
        "_before",
        "_due",
        "_first",
        "_last",
        "_workdays",
        "announced_through",
        "exceptions",
    )

    def __init__(
        self, first: date, last: date, announced_through: date, exceptions: Mapping[date, bool]
    ) -> None:
        self.announced_through = announced_through
        self.exceptions = dict(exceptions)
        self._first, self._last = first.toordinal(), last.toordinal()
        worked_by_rule = {day.toordinal(): worked for day, worked in exceptions.items()}
        self._workdays: list[int] = []  # ordinals of working days
        self._before: list[int] = [0]  # how many lie before the n-th day of the calendar
        for day in range(self._first, self._last + 1):
            if worked_by_rule.get(day, day % 7 not in (6, 0)):  # ordinal 1 was a Monday
                self._workdays.append(day)
            self._before.append(len(self._workdays))
        known = announced_through.toordinal()
        # Made once: an answer is then a look-up, not a new object.
        self._due = [Due(date.fromordinal(day), day > known) for day in self._workdays]

    @classmethod
    def of(cls, exceptions: Mapping[date, bool], first_year: int, announced_year: int) -> Self:
        """The calendar from ``first_year`` with ``announced_year`` as the last one announced."""
        return cls(
            date(first_year, 1, 1),
            date(announced_year + SPARE_YEARS, 12, 31),
            date(announced_year, 12, 31),
            exceptions,
        )

    def _count_through(self, ordinal: int) -> int:
        if not self._first - 1 <= ordinal <= self._last:
            raise OutsideCalendar(
                f"{date.fromordinal(ordinal)} is outside the calendar, "
                f"{date.fromordinal(self._first)} to {date.fromordinal(self._last)}."
            )
        return self._before[ordinal - self._first + 1]

    def is_workday(self, day: date) -> bool:
        """Whether organs work on ``day``."""
        ordinal = day.toordinal()
        return self._count_through(ordinal) > self._count_through(ordinal - 1)

    def add_workdays(self, start: date, n: int) -> Due:
        """The ``n``-th working day after ``start``, which is not counted itself.

        ``n = 0`` is ``start``. A negative ``n`` counts working days before ``start``.
        """
        if n == 0:
            return Due(start, start > self.announced_through)
        ordinal = start.toordinal()
        place = ordinal - self._first
        if n > 0 and 0 <= place <= self._last - self._first:  # the usual question, without a call
            index = self._before[place + 1] + n - 1
        elif n > 0:
            index = self._count_through(ordinal) + n - 1
        else:
            index = self._count_through(ordinal - 1) + n
        if not 0 <= index < len(self._due):
            raise OutsideCalendar(f"{n} working days from {start} lie outside the calendar.")
        return self._due[index]

    def workdays_between(self, after: date, until: date) -> int:
        """Working days after ``after`` up to and including ``until``; negative if reversed."""
        return self._count_through(until.toordinal()) - self._count_through(after.toordinal())

    def next_workday(self, day: date) -> date:
        """``day`` itself if worked, else the first working day after it. 民法典 203."""
        index = bisect_left(self._workdays, day.toordinal())
        if index == len(self._workdays):
            raise OutsideCalendar(f"No working day on or after {day} in the calendar.")
        return date.fromordinal(self._workdays[index])
