"""The deadline ledger agrees with the clock, and both with a walk from day to day."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from chinese_calendar import constants
from hypothesis import given
from hypothesis import strategies as st

from openhall.cases.rules.clock import Limit, Pause, deadlines_after
from openhall.cases.rules.days_told import Halt, days_told, stretches
from openhall.cases.rules.steps import phase_of, planned
from openhall.cases.terms import DayReason, StepPhase
from openhall.catalogue.terms import DayUnit
from openhall.permits.rules.validity import barred_until, valid_until
from openhall.permits.terms import BanGround
from openhall.workdays.rules.calendar import Calendar

EXCEPTIONS = dict.fromkeys(constants.holidays, False) | dict.fromkeys(constants.workdays, True)
CALENDAR = Calendar.of(EXCEPTIONS, 2004, 2026)
NAMES = dict(constants.holidays)
DAYS = st.dates(date(2005, 1, 1), date(2024, 12, 31))


@st.composite
def pauses(draw):
    """Up to three suspensions one after another, with or without notice; the last may be open."""
    made, at = [], 0
    for _n in range(draw(st.integers(0, 3))):
        at += draw(st.integers(0, 12))
        lasts = draw(st.integers(0, 15))
        made.append((at, at + lasts, draw(st.booleans())))
        at += lasts
    return made


def walked(accepted, limit, extended, halted):
    """The last day of ``limit``, one day at a time, by counting alone."""
    joined = []
    for since, until in sorted(halted):
        if joined and since <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(until, joined[-1][1]))
        else:
            joined.append((since, until))
    halted = joined
    counted, day = 0, accepted
    while counted < limit.days:
        day += timedelta(days=1)
        out = any(since < day <= until for since, until in halted)
        counts = limit.unit == DayUnit.NATURAL or CALENDAR.is_workday(day)
        counted += counts and not out
    if limit.days == 0:
        day = accepted
    while True:
        # By 民法典 203 the next working day is the last one; stopped until then, the limit had not
        # run out: it runs out when the halt ends.
        last = CALENDAR.next_workday(day)
        ends = [until for since, until in halted if day <= since <= last and until > day]
        if not ends:
            break
        day = max(ends)
    day = last
    more = 0
    while more < extended:
        day += timedelta(days=1)
        out = any(since < day <= until for since, until in halted)
        more += CALENDAR.is_workday(day) and not out
    return day


@given(DAYS, st.integers(1, 45), st.sampled_from([0, 10]), pauses())
def test_a_due_day_is_the_day_on_which_the_count_is_full(accepted, days, extended, made):
    told = [
        Pause(accepted + timedelta(days=a), accepted + timedelta(days=b), noticed)
        for a, b, noticed in made
    ]
    due = deadlines_after(
        accepted, Limit(days), Limit(days + 5), CALENDAR, told, date(2026, 1, 1), extended
    )
    halted = [(one.since, one.until) for one in told if one.noticed]
    for limit, found in ((Limit(days), due.promise), (Limit(days + 5), due.statutory)):
        assert found == walked(accepted, Limit(limit.days + extended), 0, halted)


@given(DAYS, st.integers(1, 60), pauses())
def test_calendar_days_are_counted_and_left_out_as_calendar_days(accepted, days, made):
    told = [
        Pause(accepted + timedelta(days=a), accepted + timedelta(days=b), noticed)
        for a, b, noticed in made
    ]
    limit = Limit(days, DayUnit.NATURAL)
    due = deadlines_after(accepted, limit, None, CALENDAR, told, date(2026, 1, 1))
    halted = [(one.since, one.until) for one in told if one.noticed]
    assert due.promise == walked(accepted, limit, 0, halted)
    assert not any(since < due.promise < until for since, until in halted)


SATURDAY, SUNDAY, MONDAY = date(2024, 6, 15), date(2024, 6, 16), date(2024, 6, 17)


@pytest.mark.parametrize("unit", [DayUnit.NATURAL, DayUnit.HOURS])
@pytest.mark.parametrize(
    ("since", "until", "last"),
    [
        (SATURDAY, date(2024, 6, 21), date(2024, 6, 21)),
        (SUNDAY, date(2024, 6, 21), date(2024, 6, 21)),  # full on Saturday, moved to Monday
        (SUNDAY, date(2024, 6, 22), date(2024, 6, 24)),  # ran again on a Saturday
        (MONDAY, date(2024, 6, 20), date(2024, 6, 20)),
        (date(2024, 6, 18), date(2024, 6, 21), MONDAY),  # it had run out
        (date(2024, 6, 14), date(2024, 6, 18), date(2024, 6, 19)),  # one day was left
    ],
)
def test_a_limit_moved_to_a_working_day_has_not_run_out_before_it(unit, since, until, last):
    days = 5 if unit == DayUnit.NATURAL else 5 * 24
    told = [Pause(since, until, True)]
    due = deadlines_after(
        date(2024, 6, 10), Limit(days, unit), Limit(days, unit), CALENDAR, told, date(2026, 1, 1)
    )
    assert due.promise == due.statutory == last


def test_a_halt_from_the_last_day_to_a_day_of_rest_ends_on_the_next_working_day():
    told = [Pause(date(2024, 6, 13), SUNDAY, True)]
    due = deadlines_after(date(2024, 6, 7), Limit(3), None, CALENDAR, told, date(2026, 1, 1))
    assert due.promise == MONDAY


@given(DAYS, st.integers(1, 45), pauses())
def test_the_ledger_of_days_counts_to_the_same_day(accepted, days, made):
    halts = [
        Halt(accepted + timedelta(days=a), accepted + timedelta(days=b), noticed, "听证 · 1号")
        for a, b, noticed in made
    ]
    told = [Pause(one.since, one.until, one.noticed) for one in halts]
    today = date(2026, 1, 1)
    due = deadlines_after(accepted, Limit(days), None, CALENDAR, told, today).promise
    rows = list(days_told(accepted, due, Limit(days), due, CALENDAR, NAMES, halts, today))
    assert rows[-1].day == due
    assert rows[-1].count == days  # also where the clock ran again on a day of rest
    assert rows[0].reason == DayReason.START
    said = stretches(rows, {"promise": due})
    assert sum(one.days for one in said) == len(rows)
    assert said[-1].ends == ("promise",)
    assert all(a.last + timedelta(days=1) == b.first for a, b in pairwise(said))


@given(
    DAYS,
    st.sampled_from([DayUnit.NATURAL, DayUnit.HOURS]),
    st.integers(1, 60),
    st.sampled_from([0, 10]),
    pauses(),
)
def test_the_ledger_of_calendar_days_says_the_limit_and_no_more(
    accepted, unit, days, extended, made
):
    halts = [
        Halt(accepted + timedelta(days=a), accepted + timedelta(days=b), noticed, "听证 · 1号")
        for a, b, noticed in made
    ]
    told = [Pause(one.since, one.until, one.noticed) for one in halts]
    today, limit = date(2026, 1, 1), Limit(days * (24 if unit == DayUnit.HOURS else 1), unit)
    due = deadlines_after(accepted, limit, None, CALENDAR, told, today, extended).promise
    rows = list(days_told(accepted, due, limit, due, CALENDAR, NAMES, halts, today, extended))
    assert (rows[-1].day, rows[-1].count) == (due, days + extended)


def test_days_between_a_full_count_and_the_working_day_it_moves_to_are_not_counted():
    accepted, due = date(2025, 9, 27), date(2025, 10, 9)  # full on 4 October
    limit = Limit(7, DayUnit.NATURAL)
    until = due + timedelta(days=2)
    rows = list(days_told(accepted, until, limit, due, CALENDAR, NAMES, [], until))
    said = [(one.first, one.last, one.reason, one.count) for one in stretches(rows, {"p": due})]
    assert said[1] == (date(2025, 9, 28), date(2025, 10, 4), DayReason.NATURAL, 7)
    assert {one[2] for one in said[2:-1]} == {DayReason.MOVED}
    assert {one[3] for one in said[2:-1]} == {7}
    assert said[-1] == (date(2025, 10, 10), until, DayReason.NATURAL, 9)  # late days count on


def test_an_extension_of_calendar_days_is_counted_in_working_days():
    accepted, limit = date(2026, 3, 2), Limit(5, DayUnit.NATURAL)
    due = deadlines_after(accepted, limit, None, CALENDAR, [], date(2026, 12, 31), 10).promise
    rows = list(days_told(accepted, due, limit, due, CALENDAR, NAMES, [], due, 10))
    reasons = [one.reason for one in rows[1:]]
    assert reasons[:5] == [DayReason.NATURAL] * 5
    assert reasons.count(DayReason.COUNTS) == 10
    assert due == date(2026, 3, 20)


def test_spring_festival_is_told_day_by_day_with_its_make_up_days():
    accepted, due = date(2024, 2, 8), date(2024, 2, 20)
    rows = list(days_told(accepted, due, Limit(4), due, CALENDAR, NAMES, [], due))
    said = [(one.first, one.last, one.reason) for one in stretches(rows, {"promise": due})]
    assert said == [
        (accepted, accepted, DayReason.START),
        (date(2024, 2, 9), date(2024, 2, 9), DayReason.COUNTS),
        (date(2024, 2, 10), date(2024, 2, 17), DayReason.HOLIDAY),
        (date(2024, 2, 18), date(2024, 2, 18), DayReason.MAKE_UP),
        (date(2024, 2, 19), due, DayReason.COUNTS),
    ]


def test_a_term_in_words_becomes_a_last_day():
    issued = date(2024, 2, 29)
    assert valid_until(issued, "3年") == date(2027, 2, 28)  # no 29th: the month's last day
    assert valid_until(issued, "有效期五年") == date(2029, 2, 28)
    assert valid_until(issued, "6个月") == date(2024, 8, 28)
    assert valid_until(issued, "长期") is None


def test_false_materials_bar_a_year_and_deceit_three():
    day = date(2024, 5, 6)
    assert barred_until(BanGround.FALSE_MATERIALS, day) == date(2025, 5, 6)
    assert barred_until(BanGround.DECEIT, day) == date(2027, 5, 6)
    assert barred_until(BanGround.FALSE_MATERIALS, date(2024, 2, 29)) == date(2025, 2, 28)
    assert barred_until(BanGround.FALSE_MATERIALS, date(2026, 3, 6)) == date(2027, 3, 6)


def test_published_steps_are_put_in_the_order_of_the_procedure():
    rows = [("送达", "", 10), ("审批", "", 1), ("现场勘查", "", 3), ("受理", "", 0)]
    assert [one.name for one in planned(rows)] == ["受理", "现场勘查", "审批", "送达"]
    assert phase_of("制证") == StepPhase.ISSUE
    assert phase_of("专家评议") == StepPhase.REVIEW
