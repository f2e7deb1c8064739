"""Spans of a week as people write them, what is wrong with them, and those of one day.

One line a span: ``工作日 09:00-12:00 4`` (on every working day, four at a time) or
``周六 09:00-11:30 2``; the last number may be left out where nobody counts. What is written for a
weekday goes before what is written for working days.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date, time
from typing import Final, NamedTuple

from openhall.glossary import Said

WORKING: Final = 0  # every working day; 1 to 7 are the weekdays, Monday first
MONDAY, FRIDAY, SUNDAY = 1, 5, 7
DAY_MINUTES: Final = 24 * 60
MOST_SEATS: Final = 60
NAMES: Final = ("工作日", "周一", "周二", "周三", "周四", "周五", "周六", "周日")
NAMES_EN: Final = ("workdays", "mon", "tue", "wed", "thu", "fri", "sat", "sun")
SAID_EN: Final = (
    "Working days",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
)
LINE: Final = re.compile(
    r"(?P<day>\S+)\s+(?P<h1>\d{1,2})[:：](?P<m1>\d{2})\s*[-–—~至]\s*"
    r"(?P<h2>\d{1,2})[:：](?P<m2>\d{2})(?:\s+(?P<seats>\d{1,3}))?"
)


class Span(NamedTuple):
    """From ``start`` to ``end`` (minutes of the day), ``seats`` people at a time."""

    weekday: int
    start: int
    end: int
    seats: int = 1


class NotReadable(ValueError):
    """A line that says nothing; every one of them is in ``faults``."""

    def __init__(self, faults: Sequence[Said]) -> None:
        super().__init__("; ".join(one.zh for one in faults))
        self.faults = tuple(faults)


def hour(minute: int) -> str:
    """A minute of the day as people write it."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def weekday_in_words(number: int) -> Said:
    """A weekday, or working days where it is none (0)."""
    return Said(NAMES[number], SAID_EN[number])


def span_in_words(written: str) -> Said:
    """A span as it stands in a digest (``周一 09:00-17:00``), in both languages."""
    day, _blank, hours = written.partition(" ")
    english = SAID_EN[NAMES.index(day)] if day in NAMES else day
    return Said(written, f"{english} {hours}")


def minute(moment: time) -> int:
    """The minute of the day; the last second of a day is its end."""
    return DAY_MINUTES if moment >= time(23, 59, 59) else moment.hour * 60 + moment.minute


def moment(minute: int) -> time:
    """The time of a minute of the day; the end of a day is its last second."""
    return time(23, 59, 59) if minute >= DAY_MINUTES else time(minute // 60, minute % 60)


def _weekday(word: str) -> int | None:
    plain = word.casefold().replace("星期", "周").replace("周天", "周日")
    for names in (NAMES, NAMES_EN):
        if plain in names:
            return names.index(plain)
    return None


def spans_of(text: str) -> list[Span]:
    """The spans that ``text`` says, in order. Raises :class:`NotReadable` with every fault."""
    found: list[Span] = []
    faults: list[Said] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        parts = LINE.fullmatch(line.strip())
        weekday = _weekday(parts["day"]) if parts else None
        if parts is None or weekday is None:
            faults.append(
                Said(
                    f"第{number}行读不懂：“{line.strip()}”。请写成“工作日 09:00-12:00 4”或者"
                    "“周六 09:00-11:30 2”。",
                    f"Line {number} cannot be read: “{line.strip()}”. Write it as "
                    "“workdays 09:00-12:00 4” or “sat 09:00-11:30 2”.",
                )
            )
            continue
        start = int(parts["h1"]) * 60 + int(parts["m1"])
        end = int(parts["h2"]) * 60 + int(parts["m2"])
        seats = int(parts["seats"] or 1)
        minutes_right = int(parts["m1"]) < 60 and int(parts["m2"]) < 60
        if not (minutes_right and start < end <= DAY_MINUTES and 1 <= seats <= MOST_SEATS):
            faults.append(
                Said(
                    f"第{number}行的时间或者席位不对：结束须晚于开始，席位为1至{MOST_SEATS}。",
                    f"Line {number}: it must end after it begins, with 1 to {MOST_SEATS} seats.",
                )
            )
            continue
        found.append(Span(weekday, start, end, seats))
    if faults:
        raise NotReadable(faults)
    return sorted(found)


def as_text(spans: Iterable[Span], *, english: bool = False) -> str:
    """Spans as lines that :func:`spans_of` reads."""
    names = NAMES_EN if english else NAMES
    return "\n".join(
        f"{names[one.weekday]} {hour(one.start)}-{hour(one.end)} {one.seats}"
        for one in sorted(spans)
    )


def in_words(spans: Iterable[Span]) -> Said:
    """A week of opening as a guide says it: 工作日 9:00–12:00，13:00–17:00；周六 9:00–11:30.

    Weekdays with the same hours stand together; empty where nothing is written.
    """
    days: dict[int, list[Span]] = {}
    for one in sorted(spans):
        days.setdefault(one.weekday, []).append(one)
    alike: dict[tuple[tuple[int, int], ...], list[int]] = {}
    for weekday, those in days.items():
        alike.setdefault(tuple((one.start, one.end) for one in those), []).append(weekday)
    zh, en = [], []
    for times, weekdays in alike.items():
        told = [f"{_plain(start)}–{_plain(end)}" for start, end in times]
        zh.append(f"{'、'.join(_stretches(weekdays, NAMES, '至'))} {'，'.join(told)}")
        names = _stretches(weekdays, SAID_EN, " to ")
        en.append(f"{', '.join(names)} {' and '.join(told)}")
    return Said("；".join(zh), "; ".join(en))


def _plain(minute: int) -> str:
    """A minute of the day as a sentence says it: 9:00."""
    return f"{minute // 60}:{minute % 60:02d}"


def _stretches(weekdays: Sequence[int], names: Sequence[str], to: str) -> list[str]:
    """Weekdays by name, three and more in a row as a stretch."""
    runs: list[list[int]] = []
    for one in weekdays:
        if runs and one == runs[-1][-1] + 1 and runs[-1][0] != WORKING:
            runs[-1].append(one)
        else:
            runs.append([one])
    told: list[str] = []
    for run in runs:
        if len(run) > 2:
            told.append(f"{names[run[0]]}{to}{names[run[-1]]}")
        else:
            told += [names[one] for one in run]
    return told


def faults_of(spans: Sequence[Span], shortest: int = 1) -> list[Said]:
    """What is wrong with spans as a whole: one that ends before it begins, two at one time, one of
    fewer than ``shortest`` minutes."""
    faults = []
    for one, other in zip(sorted(spans), sorted(spans)[1:], strict=False):
        if one.weekday == other.weekday and other.start < one.end:
            faults.append(
                Said(
                    f"{NAMES[one.weekday]}的两段开放时间重叠：{hour(one.start)}–{hour(one.end)}和"
                    f"{hour(other.start)}–{hour(other.end)}。请改成不重叠的时间。",
                    f"Two openings of {NAMES_EN[one.weekday]} overlap: {hour(one.start)}–"
                    f"{hour(one.end)} and {hour(other.start)}–{hour(other.end)}. Part them.",
                )
            )
    for one in spans:
        if one.end <= one.start:
            faults.append(
                Said(
                    f"结束时间应当晚于开始时间（{hour(one.start)}）。",
                    f"The end must be later than the beginning ({hour(one.start)}).",
                )
            )
        elif one.end - one.start < shortest:
            faults.append(
                Said(
                    f"{NAMES[one.weekday]}{hour(one.start)}–{hour(one.end)}不足一个时段"
                    f"（{shortest}分钟）。",
                    f"{NAMES_EN[one.weekday]} {hour(one.start)}–{hour(one.end)} is shorter than "
                    f"one slot of {shortest} minutes.",
                )
            )
    return faults


def of_weekday(weekday: int, spans: Iterable[Span]) -> list[Span]:
    """The spans of an ordinary week: its own, or from Monday to Friday those of working days."""
    written = sorted(spans)
    own = [one for one in written if one.weekday == weekday]
    return own or [one for one in written if one.weekday == WORKING and weekday <= FRIDAY]


def on_day(day: date, spans: Iterable[Span], *, works: bool) -> list[Span]:
    """The spans of ``day`` in order; ``works``: whether the calendar counts it as a working day.

    A weekend on which something is open by its own rule keeps its hours; a holiday among the
    weekdays is closed; a made-up working day without a rule of its own has those of working days,
    or Monday's.
    """
    weekday, written = day.isoweekday(), sorted(spans)
    if not works and weekday <= FRIDAY:
        return []
    instead = (WORKING, *((MONDAY,) if weekday > FRIDAY else ())) if works else ()
    for of in (weekday, *instead):
        if found := [one for one in written if one.weekday == of]:
            return found
    return []
