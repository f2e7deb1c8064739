"""Reading a notice of days off: what the State Council's General Office announces each autumn.

In sentences as it is published (:mod:`openhall.workdays.rules.notice_words`), or as a list of days
in many dresses: CSV, the JSON and ICS files that people pass on, in UTF-8 or GB 18030. A notice
changes the days it names and no others; a year is announced only by a notice that is whole.
全国年节及纪念日放假办法 2 names the days every year has.
"""

import csv
import hashlib
import io
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from openhall.glossary import Said
from openhall.paging.days import day_of
from openhall.paging.sheets import (
    Unreadable,
    below_titles,
    csv_rows,
    text_of_bytes,
)
from openhall.paging.shown import day_of_serial
from openhall.paging.typed import fault_of_text
from openhall.workdays.rules.notice_words import Row, in_words, read_words

Days = Mapping[date, tuple[bool, str]]  # day -> whether it is worked, and the holiday's name

MOST_BYTES: Final = 1 << 20
MOST_DAYS: Final = 200
MOST_OFF, MOST_WORKED = 60, 20  # of one year; the fullest so far had 33 and 12
MOST_SAID: Final = 300  # signs of the words of an event
MOST_FAULTS: Final = 10
SEVEN_SINCE: Final = 2008  # 清明、端午、中秋 are days off since then

# Each holiday: the month and day between which its days off lie, and how many there are at least.
# The windows hold every lunar date from 2004 to 2100 and the Monday that stands in for a Sunday.
Window = tuple[tuple[int, int], tuple[int, int], int]
ALWAYS: Final[dict[str, Window]] = {
    "元旦": ((1, 1), (1, 3), 1),
    "春节": ((1, 20), (2, 26), 3),
    "劳动节": ((5, 1), (5, 4), 1),
    "国庆节": ((10, 1), (10, 8), 3),
}
LATER: Final[dict[str, Window]] = {
    "清明节": ((4, 3), (4, 7), 1),
    "端午节": ((5, 25), (6, 28), 1),
    "中秋节": ((9, 6), (9, 30), 1),
}
WITH_NATIONAL_DAY: Final[Window] = ((10, 1), (10, 10), 8)  # when 中秋 falls into October

DATE_HEADS: Final = ("date", "日期", "day")
WORKED_HEADS: Final = ("worked", "kind", "是否上班", "是否工作日", "上班", "类型")
OFF_HEADS: Final = ("isoffday", "是否放假", "是否休息", "放假", "holiday")
NAME_HEADS: Final = ("name", "名称", "节日", "说明")
NOT_PLAIN: Final = frozenset({"RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "STATUS"})
PLAIN: Final = frozenset({("STATUS", "CONFIRMED"), ("STATUS", "TENTATIVE")})
LENGTH: Final = re.compile(r"P(\d{1,2})([DW])")
HERE: Final = re.compile(
    r"SHANGHAI|CHONGQING|HARBIN|BEIJING|CHINA|PRC|HONG.?KONG|MACA[OU]|TAIPEI|\+0?8"
)
MIDNIGHT: Final = ("T000000", "T0000")
YES: Final = frozenset(("1", "1.0", "true", "t", "yes", "y", "是"))
NO: Final = frozenset(("0", "0.0", "false", "f", "no", "n", "否"))
WORKED: Final = frozenset(
    ("work", "上班", "班", "补班", "调休上班", "工作日", "不放假", "不休息", "照常上班")
)
OFF: Final = frozenset(("off", "休", "假", "放假", "休息", "补休", "节假日", "假日", "不上班"))


class NotANotice(ValueError):
    """The file cannot be taken as a notice; ``faults`` says why, sentence by sentence."""

    def __init__(self, *faults: Said) -> None:
        super().__init__("\n".join(fault.en for fault in faults[:MOST_FAULTS]))
        self.faults = faults[:MOST_FAULTS]


EMPTY: Final = Said("文件是空的，没有改动任何内容。", "The file is empty; nothing was changed.")


# ---------------------------------------------------------------- reading
def read_notice(raw: bytes) -> dict[date, tuple[bool, str]]:
    """The days that a file names; raises :class:`NotANotice`."""
    if len(raw) > MOST_BYTES:
        raise NotANotice(
            Said(
                f"文件有{len(raw):,}字节，通知不会超过{MOST_BYTES:,}字节。",
                f"The file has {len(raw):,} bytes; no notice is longer than {MOST_BYTES:,}.",
            )
        )
    text = _text(raw)
    if not text.strip():
        raise NotANotice(EMPTY)
    first = text.lstrip()[:15].upper()
    if first.startswith("BEGIN:VCALENDAR"):
        rows = _of_ics(text)
    elif first.startswith(("{", "[")):
        rows = _of_json(text)
    elif in_words(text, DATE_HEADS):
        read, unclear = read_words(text)
        if unclear:
            raise NotANotice(*unclear)
        rows = iter(read)
    else:
        rows = _of_csv(text)
    days: dict[date, tuple[bool, str]] = {}
    said_at: dict[date, Said] = {}
    faults: list[Said] = []
    for where, day, worked, name in rows:
        fault = _fault_of(day, worked) or fault_of_text(name)
        if isinstance(day, date) and isinstance(worked, bool):
            if day in days and days[day][0] != worked:
                before = said_at[day]
                fault = Said(
                    f"{day}既上班又放假（与{before.zh}矛盾）",
                    f"{day} is worked and a day off at once ({before.en} says otherwise)",
                )
            days.setdefault(day, (worked, name[:60]))
            said_at.setdefault(day, where)
        if fault:
            told = Said(fault.zh.rstrip("。"), fault.en.rstrip("."))
            faults.append(Said(f"{where.zh}：{told.zh}。", f"{where.en}: {told.en}."))
    if faults:
        raise NotANotice(*faults)
    if not days:
        raise NotANotice(
            Said("文件没有写明任何日期，没有改动。", "The file names no day; nothing was changed.")
        )
    if len(days) > MOST_DAYS:
        raise NotANotice(
            Said(
                f"文件写了{len(days)}天；一份通知通常约三十天。",
                f"The file names {len(days)} days; a notice names some thirty.",
            )
        )
    return dict(sorted(days.items()))


def _fault_of(day: date | str, worked: bool | str) -> Said | None:
    if day == "":
        return Said("没有日期", "there is no date")
    if isinstance(day, str):
        return Said(
            f"“{day}”不是日期，请写成2027-02-05", f"“{day}” is not a date such as 2027-02-05"
        )
    if isinstance(worked, str):
        return Said(
            f"“{worked}”没有说明{day}是上班（1）还是放假（0）",
            f"“{worked}” does not say whether {day} is worked (1) or a day off (0)",
        )
    return None


def _text(raw: bytes) -> str:
    try:
        return text_of_bytes(raw, "文件").removeprefix("\ufeff")
    except Unreadable as problem:
        raise NotANotice(problem.said) from problem


def _day(typed: str) -> date | str:
    """A date as people and Excel write it; the text itself when it is none."""
    return day_of(typed) or day_of_serial(typed) or typed.strip()


def _worked(told: Mapping[bool, Any]) -> bool | str:
    """Whether a day is worked, by its column of work (False) and its column of rest (True).

    The words themselves where they say nothing, or where the columns contradict each other.
    """
    read = {_said(value, off=off) for off, value in told.items()}
    if len(read) == 1:
        return read.pop()
    return "、".join(str(value).strip() for value in told.values())


def _said(value: Any, *, off: bool) -> bool | str:
    if isinstance(value, bool):
        return value != off
    word = unicodedata.normalize("NFKC", str(value)).strip().lower()
    if word in WORKED or word in OFF:
        return word in WORKED
    if word in YES or word in NO:
        return (word in YES) != off
    return str(value).strip()


def _line(number: int) -> Said:
    return Said(f"第{number}行", f"line {number}")


def _of_csv(text: str) -> Iterator[Row]:
    head = text.lstrip().split("\n", 1)[0]
    if head.count("，") > max(map(head.count, ",;\t")):
        text = text.replace("，", ",")
    try:
        table = list(below_titles(csv_rows(text, "文件")))
    except Unreadable as problem:
        raise NotANotice(problem.said) from problem
    first, heading = table[0]
    names = [cell.strip().lower() for cell in heading]

    def column(heads: tuple[str, ...]) -> int | None:
        return next((names.index(one) for one in heads if one in names), None)

    day, name = column(DATE_HEADS), column(NAME_HEADS)
    worked, off = column(WORKED_HEADS), column(OFF_HEADS)
    if day is None or worked is off:
        raise NotANotice(
            Said(
                f"第{first}行：需要“日期、是否上班（1或0）、名称”三列。",
                f"line {first}: want the columns date, worked (1 or 0) and name, or 日期、"
                "是否上班、名称.",
            )
        )
    for line, cells in table[1:]:
        if not any(cell.strip() for cell in cells):
            continue
        cells += [""] * (len(names) - len(cells))
        what = cells[name].strip() if name is not None else ""
        told = {
            is_off: cells[place]
            for is_off, place in ((False, worked), (True, off))
            if place is not None
        }
        yield _line(line), _day(cells[day]), _worked(told), what


def _of_json(text: str) -> Iterator[Row]:
    try:
        found = json.loads(text, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise NotANotice(
            Said(f"JSON无法读取：{error}。", f"The file is not readable JSON: {error}.")
        ) from error
    for key in ("days", "holiday"):
        if isinstance(found, dict) and key in found:
            found = found[key]
    rows = list(found.values()) if isinstance(found, dict) else found
    if not isinstance(rows, list):
        raise NotANotice(Said("文件里没有日期列表。", "The file holds no list of days."))
    for place, row in enumerate(rows, start=1):
        where = Said(f"第{place}天", f"day {place}")
        if not isinstance(row, dict):
            yield where, "", "", ""
            continue
        low = {str(name).lower(): value for name, value in row.items()}
        day = next((str(low[name]) for name in DATE_HEADS if name in low), "")
        name = next((str(low[name] or "") for name in NAME_HEADS if name in low), "")
        told = {
            is_off: low[head]
            for is_off, heads in ((False, WORKED_HEADS), (True, OFF_HEADS))
            for head in heads
            if head in low
        }
        yield where, _day(day), _worked(told), name


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose names stand once each. Raises ``ValueError``: which of two was meant?"""
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("、".join(name for name, _value in pairs))
    return made


def _of_ics(text: str) -> Iterator[Row]:
    lines = re.sub(r"\r?\n[ \t]", "", text).splitlines()  # folded lines, RFC 5545 3.1
    event: dict[str, str] | None = None
    inner = 0  # an alarm within an event has words of its own
    for number, line in enumerate(lines, start=1):
        told, _, value = line.partition(":")
        name, _, more = told.upper().partition(";")
        if event is not None and name in ("BEGIN", "END") and value.strip().upper() != "VEVENT":
            inner += 1 if name == "BEGIN" else -1
        elif inner:
            continue
        elif line.strip().upper() == "BEGIN:VEVENT":
            event = {}
        elif line.strip().upper() == "END:VEVENT" and event is not None:
            where = Said(f"第{number}行以前的事件", f"the event before line {number}")
            yield from _of_event(where, event)
            event = None
        elif event is not None:
            elsewhere = "TZID=" in more and not HERE.search(more)
            event[name] = more if elsewhere else value.strip()


def _of_event(where: Said, event: dict[str, str]) -> Iterator[Row]:
    said = event.get("SUMMARY", "")
    first = _moment(event.get("DTSTART", ""))
    worked = _of_words(said)
    for part in NOT_PLAIN & event.keys():  # read in part it would say other days than it means
        if (part, event[part].upper()) not in PLAIN:
            yield where, f"{part}:{event[part]}", worked, said
            return
    name = re.sub(r"[（(【\s].*$|(?:放?假|休).*$", "", said).strip() or said
    if not isinstance(first, date):
        yield where, first, worked, name
        return
    end = _moment(event.get("DTEND", ""))  # the day after the last
    last = end - timedelta(days=1) if isinstance(end, date) else first
    if length := event.get("DURATION", ""):
        found = LENGTH.fullmatch(length.upper())
        days = int(found[1]) * (7 if found[2] == "W" else 1) if found else 0
        last = first + timedelta(days=days - 1)
    if not timedelta() <= last - first <= timedelta(days=30):
        yield where, f"{first} – {last}", worked, name
        return
    for further in range((last - first).days + 1):
        yield where, first + timedelta(days=further), worked, name


def _moment(said: str) -> date | str:
    """The day of a moment of ICS; one told in universal time is eight hours later here."""
    day = _day(said[:8])
    if not said.upper().endswith("Z") or not isinstance(day, date):
        return day if said[8:] in {"", *MIDNIGHT} else said
    here = {"T000000Z": 0, "T160000Z": 1}.get(said[8:].upper())  # midnight there; midnight here
    return said if here is None else day + timedelta(days=here)


def _of_words(said: str) -> bool | str:
    """Whether the words of an event say a day of work; they themselves where they say neither."""
    said = said[:MOST_SAID]
    for words in (re.sub(r"[（(【].*?[）)】]", "", said), said):
        plain = words.replace("调休", "")
        work = bool(re.search(r"班|work(?:ing)? ?day", plain, re.I))
        free = bool(re.search(r"[休假]|holiday|days? off", plain, re.I)) or "调休" in words
        if work and free and re.search(r"\d", plain):
            return said  # 春节放假，2月12日上班: which of both it means, nobody can tell
        if work or free:
            return work
    return said


# ---------------------------------------------------------------- judging
def lacking(year: int, days: Days) -> list[str]:
    """The holidays of ``year`` for which ``days`` hold no days off."""
    wanted = ALWAYS | (LATER if year >= SEVEN_SINCE else {})
    found = [name for name, window in wanted.items() if not _holds(year, days, window)]
    if "中秋节" in found and _holds(year, days, WITH_NATIONAL_DAY):
        found.remove("中秋节")
    return found


def _holds(year: int, days: Days, window: Window) -> bool:
    first, last, least = window
    inside = (
        not worked
        for day, (worked, _name) in days.items()
        if date(year, *first) <= day <= date(year, *last)
    )
    return sum(inside) >= least


@dataclass(frozen=True, slots=True)
class Plan:
    """What a notice will do: ``write`` these days, ``announce`` these years, no more.

    ``turned`` are the days that become worked or free and were not; ``past`` those of them that
    are over.
    """

    write: Days
    announce: tuple[int, ...]
    turned: Days
    past: tuple[date, ...]


def as_rows(days: Days) -> str:
    """``days`` as the CSV that :func:`read_notice` reads."""
    out = io.StringIO()
    rows = [(day, int(worked), name) for day, (worked, name) in sorted(days.items())]
    csv.writer(out, lineterminator="\n").writerows([("date", "worked", "name"), *rows])
    return out.getvalue()


def undone(named: Days, before: Days) -> dict[date, tuple[bool, str]]:
    """The notice that undoes one: the same days as they were ``before`` it was taken in."""
    return {day: before[day] if day in before else (day.weekday() < 5, "") for day in sorted(named)}


def digest_of(days: Days) -> str:
    """SHA-256 of ``days`` as lines ``2026-10-01,0,国庆节`` in order of date, in hexadecimal."""
    lines = (f"{day},{worked:d},{name}\n" for day, (worked, name) in sorted(days.items()))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def judged(named: Days, standing: Days, announced: frozenset[int], today: date) -> Plan:
    """What taking in ``named`` does to the ``standing`` days; raises :class:`NotANotice`."""
    faults: list[Said] = []
    fresh = sorted({day.year for day in named} - announced)
    expected = max(announced, default=0) + 1
    for year in fresh:
        of_year = {day: said for day, said in named.items() if day.year == year}
        off = sum(not worked for worked, _name in of_year.values())
        if missing := lacking(year, of_year):
            lost = "、".join(missing)
            faults.append(
                Said(
                    f"{year}年尚未公布，而这不是全年的安排：只写了{len(of_year)}天，缺{lost}。",
                    f"{year} is not announced yet, and this is not the whole of it: "
                    f"{len(of_year)} days are named; {lost} are missing.",
                )
            )
        elif off > MOST_OFF or len(of_year) - off > MOST_WORKED:
            faults.append(
                Said(
                    f"{year}年：放假{off}天、调休上班{len(of_year) - off}天，没有哪一年这么多。",
                    f"{year}: {off} days off and {len(of_year) - off} worked weekends; no year "
                    "has so many.",
                )
            )
        elif announced and year != expected:
            faults.append(
                Said(
                    f"应先公布{expected}年，再公布{year}年。",
                    f"{year} cannot be announced before {expected}.",
                )
            )
        expected += 1
    if faults:
        raise NotANotice(*faults)
    turned = {day: said for day, said in named.items() if said[0] != _before(day, standing)}
    return Plan(
        {day: said for day, said in named.items() if standing.get(day) != said},
        tuple(fresh),
        turned,
        tuple(day for day in turned if day < today),
    )


def _before(day: date, standing: Days) -> bool:
    """Whether ``day`` is worked as things stand; without a notice Monday to Friday are."""
    return standing[day][0] if day in standing else day.weekday() < 5
