"""The clock at its edges, worked out by hand: 行政许可法 45, 82; 民法典 201–203."""

from datetime import date

import pytest
from chinese_calendar import constants

from openhall.cases.rules.clock import (
    Limit,
    Pause,
    deadlines,
    deadlines_after,
    excluded_days,
    merged,
)
from openhall.catalogue.terms import DayUnit
from openhall.workdays.rules.calendar import Calendar, standing_holidays

EXCEPTIONS = dict.fromkeys(constants.holidays, False) | dict.fromkeys(constants.workdays, True)
THROUGH = max(day.year for day in EXCEPTIONS)
CALENDAR = Calendar.of(EXCEPTIONS, 2004, THROUGH)
LATE = date(2026, 12, 31)


def due(accepted: date, limit: Limit, *pauses: Pause) -> date:
    return deadlines_after(accepted, limit, None, CALENDAR, pauses, LATE).promise


def test_a_suspension_on_the_last_day_moves_it_and_one_after_does_not():
    limit, accepted = Limit(7), date(2026, 3, 2)
    assert due(accepted, limit) == date(2026, 3, 11)
    on = Pause(date(2026, 3, 11), date(2026, 3, 20), True)
    after = Pause(date(2026, 3, 12), date(2026, 3, 20), True)
    assert due(accepted, limit, on) == date(2026, 3, 20)
    assert due(accepted, limit, after) == date(2026, 3, 11)
    assert due(accepted, limit, on, Pause(date(2026, 3, 20), date(2026, 3, 23), True)) == date(
        2026, 3, 23
    )


def test_time_that_two_suspensions_share_is_left_out_once():
    pauses = [
        Pause(date(2026, 3, 9), date(2026, 3, 13), True),
        Pause(date(2026, 3, 11), date(2026, 3, 17), True),
        Pause(date(2026, 3, 10), date(2026, 3, 11), True),
        Pause(date(2026, 3, 3), date(2026, 3, 30), False),
    ]
    assert merged(pauses, LATE) == [Pause(date(2026, 3, 9), date(2026, 3, 17), True)]
    assert excluded_days(pauses, CALENDAR, LATE) == 6
    assert due(date(2026, 3, 2), Limit(7), *pauses) == date(2026, 3, 19)
    assert merged([Pause(date(2026, 3, 9), None, True)], date(2026, 3, 10))[0].until == date(
        2026, 3, 10
    )


@pytest.mark.parametrize(
    ("accepted", "days", "last"),
    [
        (date(2025, 9, 27), 7, date(2025, 10, 9)),  # ends on 4 October
        (date(2024, 6, 3), 5, date(2024, 6, 11)),  # Saturday before Dragon Boat
        (date(2026, 3, 2), 1, date(2026, 3, 3)),
    ],
)
def test_calendar_days_that_end_on_a_day_of_rest_end_on_the_next_working_day(accepted, days, last):
    assert deadlines(accepted, Limit(days, DayUnit.NATURAL), None, CALENDAR).promise == last


@pytest.mark.parametrize(
    ("accepted", "hours", "last"),
    [
        (date(2026, 3, 2), 24, date(2026, 3, 3)),
        (date(2026, 3, 2), 48, date(2026, 3, 4)),
        (date(2026, 3, 2), 4, date(2026, 3, 2)),
        (date(2026, 3, 6), 24, date(2026, 3, 9)),  # a Friday
    ],
)
def test_hours_are_hours(accepted, hours, last):
    assert deadlines(accepted, Limit(hours, DayUnit.HOURS), None, CALENDAR).promise == last


def test_holidays_that_stand_in_the_regulation_are_kept_before_they_are_announced():
    calendar = Calendar.of({}, 2026, 2026)
    assert not calendar.is_workday(date(2027, 1, 1))
    assert calendar.add_workdays(date(2026, 12, 31), 4).on == date(2027, 1, 7)
    assert calendar.add_workdays(date(2026, 12, 31), 4).provisional
    assert date(2027, 2, 6) in standing_holidays(2027)
    assert len(standing_holidays(2040)) == 6


def test_the_standing_holidays_are_those_of_the_years_that_were_announced():
    for day in standing_holidays(2025) | standing_holidays(2026):
        assert not CALENDAR.is_workday(day)
