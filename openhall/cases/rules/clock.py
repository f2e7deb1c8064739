"""The clock: both due dates, what was excluded, what was used. 行政许可法 42–45, 82.

The promise and the statutory limit are kept apart and counted on one calendar. Only time that a
written notice excluded is excluded. The day of acceptance is not counted.
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Protocol

from openhall.cases.rules.packs import RulePack
from openhall.catalogue.terms import DayUnit

HOURS_OF_A_DAY: Final = 24
BY_CALENDAR: Final = frozenset({DayUnit.NATURAL, DayUnit.HOURS})  # days of rest count too
SUPERIOR_DAYS: Final = 20  # where the pack names no limit of its own


class DueDay(Protocol):
    """A day, and whether it lies past the last announced year of the calendar."""

    @property
    def on(self) -> date: ...
    @property
    def provisional(self) -> bool: ...


class WorkingCalendar(Protocol):
    """What the clock asks of ``openhall.workdays.rules.calendar.Calendar``."""

    def add_workdays(self, start: date, n: int) -> DueDay: ...
    def workdays_between(self, after: date, until: date) -> int: ...
    def next_workday(self, day: date) -> date: ...


@dataclass(frozen=True, slots=True)
class Limit:
    """``days`` counted in ``unit``."""

    days: int
    unit: DayUnit = DayUnit.WORKING


def days_of(limit: Limit) -> int:
    """Days of ``limit``: hours in whole days of the calendar, at once is none."""
    if limit.unit == DayUnit.HOURS:
        return limit.days // HOURS_OF_A_DAY
    return 0 if limit.unit == DayUnit.INSTANT else limit.days


@dataclass(frozen=True, slots=True)
class Pause:
    """A suspension from ``since`` until the clock ran again; open while ``until`` is None.

    Without a written notice it excludes nothing (行政许可法 45: 书面告知).
    """

    since: date
    until: date | None
    noticed: bool


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Both due days of a case; ``provisional`` past the last announced calendar year."""

    promise: date
    statutory: date | None
    provisional: bool


def statutory_limit(
    item_limit: Limit | None, pack: RulePack, *, joint: bool = False
) -> Limit | None:
    """The item's own statutory limit, else the pack's default, else none (before July 2004)."""
    if item_limit is not None:
        return item_limit
    days = pack.joint_decision_days if joint else pack.decision_days
    return None if days is None else Limit(days)


def superior_days(pack: RulePack) -> int:
    """Working days of a superior organ to which a case was forwarded. 行政许可法 42, 43."""
    return pack.decision_days or SUPERIOR_DAYS


def merged(pauses: Iterable[Pause], today: date) -> list[Pause]:
    """Noticed suspensions in order, time that two of them share once; an open one ends today."""
    made: list[Pause] = []
    for pause in sorted((one for one in pauses if one.noticed), key=lambda one: one.since):
        until = pause.until or today
        before = made[-1].until if made else None
        if before is not None and pause.since <= before:
            made[-1] = Pause(made[-1].since, max(before, until), True)
        else:
            made.append(Pause(pause.since, max(pause.since, until), True))
    return made


def excluded_days(pauses: Iterable[Pause], calendar: WorkingCalendar, today: date) -> int:
    """Working days that noticed suspensions took out of the limit, up to ``today``."""
    return sum(
        calendar.workdays_between(pause.since, pause.until or today)
        for pause in merged(pauses, today)
    )


def _due(start: date, limit: Limit, more: int, calendar: WorkingCalendar) -> tuple[date, bool]:
    """The last day of ``limit`` from ``start``, with ``more`` working days.

    Hours are hours: 24 end a day later. A limit in days or hours of the calendar that ends on
    a day of rest ends on the next working day (民法典 203).
    """
    if limit.unit in BY_CALENDAR:
        days = days_of(limit)
        ends = start + timedelta(days=days)
        if days and not more:
            ends = calendar.next_workday(ends)
        due = calendar.add_workdays(ends, more)
        return due.on, due.provisional
    days = days_of(limit)
    due = calendar.add_workdays(start, days + more)
    return due.on, due.provisional


def deadlines(
    accepted: date,
    promise: Limit,
    statutory: Limit | None,
    calendar: WorkingCalendar,
    *,
    excluded: int = 0,
    extended: int = 0,
) -> Deadlines:
    """Both due days of a case accepted on ``accepted``.

    ``excluded`` and ``extended`` are working days; each moves both due days.
    """
    promised, provisional = _due(accepted, promise, excluded + extended, calendar)
    if statutory is None:
        return Deadlines(promised, None, provisional)
    lawful, also = _due(accepted, statutory, excluded + extended, calendar)
    return Deadlines(promised, lawful, provisional or also)


def _filled(at: date, halts: deque[Pause], calendar: WorkingCalendar, *, by_calendar: bool) -> date:
    """The day on which a count is full that without ``halts`` would be full on ``at``.

    Takes from ``halts`` those that began before. One that begins on the last day finds a limit that
    had not run out: it runs out when the clock runs again.
    """
    while halts and halts[0].since <= at:
        halt = halts.popleft()
        assert halt.until is not None  # merged
        if by_calendar:
            at += halt.until - halt.since
        else:
            out = calendar.workdays_between(halt.since, halt.until)
            at = max(halt.until, calendar.add_workdays(at, out).on)
    return at


def _due_after(
    start: date,
    limit: Limit,
    calendar: WorkingCalendar,
    pauses: Iterable[Pause],
    today: date,
    extended: int,
) -> tuple[date, bool]:
    """The last day of ``limit``; never a day on which the clock stands still.

    民法典 203 makes the working day after a day of rest the last day of the period, so until then
    the limit has not run out, and a halt in between stops it (行政许可法 45). Its own days are full
    by then: nothing of it is left but the last day, which is the day the clock runs again, or the
    working day after that.
    """
    halts = deque(merged(pauses, today))
    if by_calendar := limit.unit in BY_CALENDAR:
        days = days_of(limit)
        full = start + timedelta(days=days)
    else:
        days = days_of(limit) + extended
        full = calendar.add_workdays(start, days).on
    stood = len(halts)
    full = _filled(full, halts, calendar, by_calendar=by_calendar)
    if by_calendar and extended:
        full = calendar.add_workdays(full, extended).on
        full = _filled(full, halts, calendar, by_calendar=False)
    last = full
    while days or len(halts) < stood:
        last = calendar.next_workday(full)
        if not halts or halts[0].since > last:
            break  # it had run out before the clock was stopped
        halt = halts.popleft()
        assert halt.until is not None
        full = max(full, halt.until)
    return last, calendar.add_workdays(last, 0).provisional


def deadlines_after(
    accepted: date,
    promise: Limit,
    statutory: Limit | None,
    calendar: WorkingCalendar,
    pauses: Iterable[Pause],
    today: date,
    extended: int = 0,
) -> Deadlines:
    """Both due days with what was suspended and extended since acceptance.

    A suspension that begins once a limit has run out moves that limit no more: who was late stays
    late. Each limit is asked for itself, because the promise may run out before the statute does.
    """
    told = list(pauses)
    promised, provisional = _due_after(accepted, promise, calendar, told, today, extended)
    if statutory is None:
        return Deadlines(promised, None, provisional)
    lawful, also = _due_after(accepted, statutory, calendar, told, today, extended)
    return Deadlines(promised, lawful, provisional or also)


def days_used(
    accepted: date, until: date, pauses: Iterable[Pause], calendar: WorkingCalendar
) -> int:
    """Working days the organ used from acceptance to ``until``, noticed suspensions left out."""
    total = calendar.workdays_between(accepted, until)
    return max(0, total - excluded_days(pauses, calendar, until))


def answer_due(received: date, pack: RulePack, calendar: WorkingCalendar) -> date | None:
    """The last day to accept, ask once or decline; none where the pack knows no such rule."""
    return (
        None if pack.answer_days is None else calendar.add_workdays(received, pack.answer_days).on
    )


def is_deemed_accepted(due: date | None, today: date) -> bool:
    """Silence past the last day accepts the case as of receipt. 行政许可法 32(4)."""
    return due is not None and today > due
