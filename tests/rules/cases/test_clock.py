"""Golden cases of the clock: 行政许可法 32, 42, 45, 82."""

from datetime import date, timedelta

import pytest
from chinese_calendar import constants
from hypothesis import given
from hypothesis import strategies as st

from openhall.cases.rules.clock import (
    Limit,
    Pause,
    answer_due,
    days_used,
    deadlines,
    excluded_days,
    is_deemed_accepted,
    statutory_limit,
)
from openhall.cases.rules.packs import NoPackInForce, pack_on
from openhall.catalogue.terms import DayUnit
from openhall.workdays.rules.calendar import Calendar

EXCEPTIONS = dict.fromkeys(constants.holidays, False) | dict.fromkeys(constants.workdays, True)
CALENDAR = Calendar.of(EXCEPTIONS, 2004, 2026)
STATUTE = pack_on(date(2024, 1, 1))


def test_silence_for_five_working_days_accepts_as_of_receipt():
    monday = date(2024, 3, 4)
    due = answer_due(monday, STATUTE, CALENDAR)
    assert due == date(2024, 3, 11)
    assert not is_deemed_accepted(due, date(2024, 3, 11))
    assert is_deemed_accepted(due, date(2024, 3, 12))


def test_before_july_2004_silence_accepts_nothing_and_no_default_limit_exists():
    policy = pack_on(date(2004, 6, 30))
    assert policy.basis == "成办发〔2003〕75号"
    assert answer_due(date(2004, 6, 30), policy, CALENDAR) is None
    assert not is_deemed_accepted(None, date(2004, 12, 1))
    assert statutory_limit(None, policy) is None
    assert statutory_limit(Limit(7), policy) == Limit(7)


def test_the_day_before_the_policy_no_procedure_was_in_force():
    with pytest.raises(NoPackInForce):
        pack_on(date(2003, 5, 25))
    assert pack_on(date(2003, 5, 26)).code == "chengdu-2003-75"
    assert pack_on(date(2004, 7, 1)).code == "licensing-law-2004"


def test_promise_and_statute_are_kept_apart_on_one_calendar():
    due = deadlines(date(2024, 2, 1), Limit(8), statutory_limit(None, STATUTE), CALENDAR)
    # 2–9 February with the made-up Sunday the 4th are seven; then Sunday the 18th is worked.
    assert due.promise == date(2024, 2, 18)
    assert due.statutory == date(2024, 3, 5)
    assert not due.provisional


def test_a_hearing_with_its_notice_moves_both_days_and_without_it_none():
    accepted = date(2024, 3, 4)
    since = date(2024, 3, 6)
    until = CALENDAR.add_workdays(since, 12).on
    plain = deadlines(accepted, Limit(8), Limit(20), CALENDAR)
    for noticed, moved in ((True, 12), (False, 0)):
        out = excluded_days([Pause(since, until, noticed)], CALENDAR, until)
        assert out == moved
        due = deadlines(accepted, Limit(8), Limit(20), CALENDAR, excluded=out)
        assert due.promise == CALENDAR.add_workdays(plain.promise, moved).on
        assert due.statutory == CALENDAR.add_workdays(plain.statutory, moved).on


def test_calendar_days_count_every_day():
    due = deadlines(date(2024, 3, 6), Limit(5, DayUnit.NATURAL), None, CALENDAR)
    assert due.promise == date(2024, 3, 11)
    assert due.statutory is None
    due = deadlines(date(2024, 2, 8), Limit(5, DayUnit.NATURAL), None, CALENDAR)
    assert due.promise == date(2024, 2, 18)  # after Spring Festival: 民法典 203


def test_what_is_done_at_once_is_due_the_same_day():
    due = deadlines(date(2024, 3, 4), Limit(0, DayUnit.INSTANT), Limit(20), CALENDAR)
    assert due.promise == date(2024, 3, 4)


def test_a_due_day_past_the_announced_calendar_is_provisional():
    assert deadlines(date(2026, 12, 20), Limit(3), Limit(20), CALENDAR).provisional


@given(
    st.dates(date(2005, 1, 1), date(2024, 12, 31)),
    st.integers(0, 40),
    st.integers(0, 10),
    st.integers(0, 20),
)
def test_days_used_agree_with_an_independent_walk(accepted, length, begins, lasts):
    until = accepted + timedelta(length)
    since = min(accepted + timedelta(begins), until)
    ends = min(since + timedelta(lasts), until)
    counted = 0
    day = accepted
    while day < until:
        day += timedelta(1)
        if CALENDAR.is_workday(day) and not since < day <= ends:
            counted += 1
    assert days_used(accepted, until, [Pause(since, ends, True)], CALENDAR) == counted
