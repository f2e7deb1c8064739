"""Working-day arithmetic on a calendar kept as data. 行政许可法 82; 民法典 201, 203.

A prefix table answers every question with one or two look-ups. Past the last announced year the
calendar does not guess what an announcement will move: it counts Monday to Friday without the
holidays that the State Council's regulation itself names, and says the day is provisional.
"""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Self

SPARE_YEARS = 3  # provisional years kept after the last announced one
# 全国年节及纪念日放假办法 (2024) 2: by the sun on these days of every year …
SOLAR: Final = ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))
# … and by the moon on these: the eve of Spring Festival and three days more, Tomb-Sweeping, Dragon
# Boat, Mid-Autumn.
LUNAR: Final = {
    2025: ("01-28", "01-29", "01-30", "01-31", "04-04", "05-31", "10-06"),
    2026: ("02-16", "02-17", "02-18", "02-19", "04-05", "06-19", "09-25"),
    2027: ("02-05", "02-06", "02-07", "02-08", "04-05", "06-09", "09-15"),
    2028: ("01-25", "01-26", "01-27", "01-28", "04-04", "05-28", "10-03"),
    2029: ("02-12", "02-13", "02-14", "02-15", "04-04", "06-16", "09-22"),
    2030: ("02-02", "02-03", "02-04", "02-05", "04-05", "06-05", "09-12"),
    2031: ("01-22", "01-23", "01-24", "01-25", "04-05", "06-24", "10-01"),
    2032: ("02-10", "02-11", "02-12", "02-13", "04-04", "06-12", "09-19"),
}


def standing_holidays(year: int) -> frozenset[date]:
    """The days of rest that the regulation names for ``year``, whatever is announced.

    Those by the moon are known to 2032.
    """
    lunar = (date.fromisoformat(f"{year}-{day}") for day in LUNAR.get(year, ()))
    return frozenset(date(year, month, day) for month, day in SOLAR) | frozenset(lunar)


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
        known = announced_through.toordinal()
        standing = {
            day.toordinal(): False
            for year in range(announced_through.year, last.year + 1)
            for day in standing_holidays(year)
            if day > announced_through
        }
        worked_by_rule = standing | {day.toordinal(): worked for day, worked in exceptions.items()}
        self._workdays: list[int] = []  # ordinals of working days
        self._before: list[int] = [0]  # how many lie before the n-th day of the calendar
        for day in range(self._first, self._last + 1):
            if worked_by_rule.get(day, day % 7 not in (6, 0)):  # ordinal 1 was a Monday
                self._workdays.append(day)
            self._before.append(len(self._workdays))
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
