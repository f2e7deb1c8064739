"""The calendar against the library it is seeded from, the announcements and an independent walk."""

import csv
import json
import os
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import pytest
from chinese_calendar import constants
from hypothesis import given
from hypothesis import strategies as st

from openhall.workdays.rules.calendar import Calendar, Due, OutsideCalendar

EXCEPTIONS = dict.fromkeys(constants.holidays, False) | dict.fromkeys(constants.workdays, True)
YEARS = sorted({day.year for day in EXCEPTIONS})
CALENDAR = Calendar.of(EXCEPTIONS, YEARS[0], YEARS[-1])
REAL = Path(os.environ.get("OPENHALL_SHARED_DATA", "../shared/data")) / "calendar"


def real(name: str) -> Path:
    path = REAL / name
    if not path.exists():
        pytest.skip(f"the real calendar data {name} is not on this machine")
    return path


def walk(start: date, n: int) -> date:
    """The n-th working day after ``start``, day by day, by the library's own word."""
    day = start
    while n:
        day += timedelta(1)
        n -= chinese_calendar.is_workday(day)
    return day


@given(st.dates(date(2005, 1, 1), date(2025, 6, 30)), st.integers(1, 60))
def test_adding_workdays_equals_walking_day_by_day(start, n):
    assert CALENDAR.add_workdays(start, n) == Due(walk(start, n), False)


@given(st.dates(date(2005, 1, 1), date(2025, 6, 30)), st.integers(1, 60))
def test_counting_is_the_inverse_of_adding(start, n):
    assert CALENDAR.workdays_between(start, CALENDAR.add_workdays(start, n).on) == n


def test_spring_festival_and_its_make_up_days_are_counted_right():
    # 2024: off 10–17 February, worked on Sunday 4 and 18 February.
    assert CALENDAR.is_workday(date(2024, 2, 4))
    assert not CALENDAR.is_workday(date(2024, 2, 12))
    # After Thursday the 8th: Friday the 9th, the made-up Sunday the 18th, Monday the 19th.
    assert CALENDAR.add_workdays(date(2024, 2, 8), 3).on == date(2024, 2, 19)


def test_every_announced_day_is_as_announced():
    told_lines = real("official_days.csv").read_text(encoding="utf-8-sig").splitlines()
    rows = list(csv.DictReader(told_lines))
    first, last = date(YEARS[0], 1, 1), date(YEARS[-1], 12, 31)
    told = [row for row in rows if first <= date.fromisoformat(row["date"]) <= last]
    assert told
    for row in told:
        day = date.fromisoformat(row["date"])
        assert CALENDAR.is_workday(day) == (row["kind"] == "work")


def test_the_known_deadline_cases_come_out():
    for line in real("deadline_cases_dev.jsonl").read_text().splitlines():
        row = json.loads(line)
        due = CALENDAR.add_workdays(date.fromisoformat(row["start"]), row["workdays"])
        assert due.on.isoformat() == row["due"]


def test_past_the_last_announced_year_a_day_is_provisional():
    late = date(YEARS[-1], 12, 28)
    assert CALENDAR.add_workdays(late, 20).provisional
    assert not CALENDAR.add_workdays(late, 1).provisional


def test_a_question_outside_the_calendar_is_refused():
    with pytest.raises(OutsideCalendar):
        CALENDAR.is_workday(date(YEARS[0] - 1, 12, 31))
    with pytest.raises(OutsideCalendar):
        CALENDAR.add_workdays(date(YEARS[-1], 12, 1), 2000)


def test_a_due_day_on_a_day_off_moves_to_the_next_worked_one():
    assert CALENDAR.next_workday(date(2024, 10, 1)) == date(2024, 10, 8)
