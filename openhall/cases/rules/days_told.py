"""The deadline ledger: every day of a case, why it counts or does not, and both limits' sums.

People ask "how did you count?" (行政许可法 42, 45, 82). This answers from the same values as the
clock, one stretch of days after another, with the running count; no date is told that is not here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Final, Protocol

from openhall.cases.rules.clock import BY_CALENDAR, Limit, days_of
from openhall.cases.terms import DayReason
from openhall.catalogue.terms import DayUnit

COUNTED: Final = {DayReason.COUNTS, DayReason.MAKE_UP, DayReason.NATURAL, DayReason.UNNOTICED}
OUTSIDE: Final = {DayReason.SUSPENDED, DayReason.ABOVE}  # the clock stands still


class Worked(Protocol):
    """What is asked of the calendar."""

    def is_workday(self, day: date) -> bool: ...


@dataclass(frozen=True, slots=True)
class Halt:
    """Time that a suspension or a superior's leg took; ``said`` names ground and notice number."""

    since: date
    until: date | None
    noticed: bool
    said: str
    above: bool = False

    def holds(self, day: date, today: date) -> bool:
        """Whether ``day`` lies in it: after the day it began, through the day it ended."""
        return self.since < day <= (self.until or today)


@dataclass(frozen=True, slots=True)
class Told:
    """One day: why it counts or does not, what it is called, and the count so far."""

    day: date
    reason: DayReason
    said: str
    count: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """Neighbouring days told alike; ``ends`` names the limits that run out on its last day."""

    first: date
    last: date
    reason: DayReason
    said: str
    days: int
    count: int
    ends: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sum:
    """The arithmetic of one limit: ``days`` and ``extended`` counted, ``excluded`` left out."""

    name: str
    days: int
    unit: DayUnit
    extended: int
    excluded: int
    due: date

    @property
    def total(self) -> int:
        """Days that must count before the limit runs out."""
        return self.days + self.extended


def _reason(
    day: date,
    by_calendar: bool,
    worked: Worked,
    names: Mapping[date, str],
    halts: Sequence[Halt],
    today: date,
) -> tuple[DayReason, str]:
    within = [halt for halt in halts if halt.holds(day, today)]
    for halt in within:
        if halt.noticed:
            return (DayReason.ABOVE if halt.above else DayReason.SUSPENDED), halt.said
    if by_calendar:
        return DayReason.NATURAL, ""
    if not worked.is_workday(day):
        named = names.get(day, "")
        return (DayReason.HOLIDAY if named else DayReason.WEEKEND), named
    if within:
        return DayReason.UNNOTICED, within[0].said
    if day.weekday() >= 5:
        return DayReason.MAKE_UP, names.get(day, "")
    return DayReason.COUNTS, ""


def days_told(
    accepted: date,
    last: date,
    limit: Limit,
    due: date,
    worked: Worked,
    names: Mapping[date, str],
    halts: Sequence[Halt],
    today: date,
    extended: int = 0,
) -> Iterator[Told]:
    """Every day from acceptance, which is not counted itself, to ``last``.

    Counted as ``limit`` is; an extension in working days. Between the day on which the count is
    full and ``due``, to which 民法典 203 moves the end, no day counts: the count says the limit.
    """
    yield Told(accepted, DayReason.START, "", 0)
    own = days_of(limit)
    count, day = 0, accepted
    while day < last:
        day += timedelta(days=1)
        by_calendar = limit.unit in BY_CALENDAR and (count < own or day > due)
        reason, said = _reason(day, by_calendar, worked, names, halts, today)
        if reason not in OUTSIDE and count >= own + extended and day <= due:
            reason, said = DayReason.MOVED, names.get(day, "")
        count += reason in COUNTED
        yield Told(day, reason, said, count)


def stretches(days: Sequence[Told], limits: Mapping[str, date]) -> list[Stretch]:
    """``days`` in stretches that are told alike, broken where a limit runs out."""
    ends: dict[date, list[str]] = {}
    for name, due in limits.items():
        ends.setdefault(due, []).append(name)

    place = 0
    keyed = []
    for told in days:
        keyed.append(((told.reason, told.said, place), told))
        place += told.day in ends
    made = []
    for (reason, said, _place), group in groupby(keyed, key=lambda pair: pair[0]):
        run = [told for _key, told in group]
        final = run[-1]
        made.append(
            Stretch(
                run[0].day,
                final.day,
                reason,
                said,
                len(run),
                final.count,
                tuple(ends.get(final.day, ())),
            )
        )
    return made
