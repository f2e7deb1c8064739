"""The deadline ledger agrees with the clock, and both with a walk from day to day."""

from datetime import date, timedelta
from itertools import pairwise

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
    while ends := [until for since, until in halted if since == day < until]:
        # stopped on its last day, the limit had not run out: it runs out when the halt ends
        rest = [day + timedelta(days=n) for n in range(1, (max(ends) - day).days + 1)]
        rest = [one for one in rest if limit.unit == DayUnit.NATURAL or CALENDAR.is_workday(one)]
        if not rest:
            break
        day = rest[-1]
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
    assert due.promise == CALENDAR.next_workday(walked(accepted, limit, 0, halted))


@given(DAYS, st.integers(1, 45), pauses())
def test_the_ledger_of_days_counts_to_the_same_day(accepted, days, made):
    halts = [
        Halt(accepted + timedelta(days=a), accepted + timedelta(days=b), noticed, "听证 · 1号")
        for a, b, noticed in made
    ]
    told = [Pause(one.since, one.until, one.noticed) for one in halts]
    today = date(2026, 1, 1)
    due = deadlines_after(accepted, Limit(days), None, CALENDAR, told, today).promise
    rows = list(days_told(accepted, due, DayUnit.WORKING, CALENDAR, NAMES, halts, today))
    assert rows[-1].day == due
    assert rows[-1].count == days
    assert rows[0].reason == DayReason.START
    said = stretches(rows, {"promise": due})
    assert sum(one.days for one in said) == len(rows)
    assert said[-1].ends == ("promise",)
    assert all(a.last + timedelta(days=1) == b.first for a, b in pairwise(said))


def test_spring_festival_is_told_day_by_day_with_its_make_up_days():
    accepted, due = date(2024, 2, 8), date(2024, 2, 20)
    rows = list(days_told(accepted, due, DayUnit.WORKING, CALENDAR, NAMES, [], due))
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
    assert barred_until(BanGround.FALSE_MATERIALS, day) == date(2025, 5, 5)
    assert barred_until(BanGround.DECEIT, day) == date(2027, 5, 5)
    assert barred_until(BanGround.FALSE_MATERIALS, date(2024, 2, 29)) == date(2025, 2, 28)


def test_published_steps_are_put_in_the_order_of_the_procedure():
    rows = [("送达", "", 10), ("审批", "", 1), ("现场勘查", "", 3), ("受理", "", 0)]
    assert [one.name for one in planned(rows)] == ["受理", "现场勘查", "审批", "送达"]
    assert phase_of("制证") == StepPhase.ISSUE
    assert phase_of("专家评议") == StepPhase.REVIEW
