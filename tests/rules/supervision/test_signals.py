"""Facts in, findings out. norms 4.1, 4.2."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openhall.supervision.rules.lag import working_minutes
from openhall.supervision.rules.sampling import digest, drawn, drawn_by_unit, rank
from openhall.supervision.rules.signals import (
    Facts,
    Rule,
    days_ahead,
    fault_of_sentence,
    finding,
    said,
)
from openhall.supervision.terms import Signal, Trigger
from openhall.workdays.rules.calendar import Calendar

DAYS = Calendar.of({date(2026, 10, n): False for n in range(1, 8)}, 2024, 2026)
ZONE = ZoneInfo("Asia/Shanghai")
SOON = Rule("pre", Trigger.DUE_SOON, Signal.PRE_WARNING, {"share": 0.9, "days": 1})
RED = Rule("red", Trigger.OVER_PROMISE, Signal.RED, {"from": 1})


@pytest.mark.parametrize(("promised", "ahead"), [(1, 1), (8, 1), (10, 1), (20, 2), (45, 5)])
def test_a_reminder_comes_at_nine_tenths_or_a_working_day_before(promised, ahead):
    assert days_ahead(SOON, promised) == ahead


def test_jiangsu_counts_one_day_yellow_and_two_days_red():
    yellow = Rule("36", Trigger.OVER_STATUTE, Signal.YELLOW, {"from": 1, "until": 1})
    red = Rule("37", Trigger.OVER_STATUTE, Signal.RED, {"from": 2})
    for day, found in ((13, (True, False)), (16, (False, True)), (12, (False, False))):
        facts = Facts(on=date(2026, 11, day), statutory_due=date(2026, 11, 12))
        assert tuple(finding(rule, facts, DAYS) is not None for rule in (yellow, red)) == found


def test_a_holiday_week_is_not_late():
    facts = Facts(on=date(2026, 10, 8), promise_due=date(2026, 9, 30))
    assert finding(RED, facts, DAYS).values["over"] == 1


@given(st.dates(date(2025, 1, 1), date(2026, 12, 1)), st.integers(-30, 30))
def test_never_both_soon_and_over(due, away):
    facts = Facts(on=due + timedelta(days=away), promised_days=20, promise_due=due)
    assert not (finding(SOON, facts, DAYS) and finding(RED, facts, DAYS))


def test_a_rule_by_hand_finds_nothing_by_itself():
    by_hand = Rule("fee", Trigger.CHARGING, Signal.RED, {})
    assert finding(by_hand, Facts(on=date(2026, 3, 2), act="decide"), DAYS) is None


def test_a_sentence_is_filled_and_names_only_what_there_is():
    assert said("承诺{due}办结，超过{over}日，{else}", {"due": "3月2日", "over": 2}) == (
        "承诺3月2日办结，超过2日，{else}"
    )
    assert fault_of_sentence("{due}{salary}").zh == "算式说明里没有“salary”这个数值。"
    assert fault_of_sentence(" ").en == "Write the arithmetic of the rule in words."


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("begin", "end", "minutes"),
    [
        ("2026-11-16 10:00", "2026-11-16 10:45", 45),
        ("2026-11-16 11:30", "2026-11-16 13:30", 60),  # noon is nobody's
        ("2026-11-16 22:00", "2026-11-17 09:00", 0),  # nor is the night
        ("2026-11-16 16:00", "2026-11-17 10:00", 120),
        ("2026-11-13 16:00", "2026-11-16 10:00", 120),  # nor the weekend
        ("2026-11-16 10:00", "2026-11-18 10:00", 840),
        ("2026-11-16 10:00", "2026-11-16 09:00", 0),
    ],
)
def test_lag_is_office_time(begin, end, minutes):
    assert working_minutes(at(begin), at(end), DAYS) == minutes


NUMBERS = [f"20260{n:04d}" for n in range(40)]


def test_a_draw_is_repeated_from_its_seed_and_another_seed_draws_others():
    once, again = drawn("ab" * 32, NUMBERS, 5), drawn("ab" * 32, reversed(NUMBERS), 5)
    assert once == again
    assert drawn("cd" * 32, NUMBERS, 5) != once
    assert rank("s", "n").startswith("f785194e676de8c4")  # printf %s s/n | sha256sum
    assert digest(NUMBERS) == digest(reversed(NUMBERS))


@given(st.lists(st.text("0123456789", min_size=8, max_size=8), unique=True), st.integers(1, 6))
def test_each_unit_gives_as_many_as_it_can(numbers, size):
    found = drawn_by_unit("seed", {"a": numbers, "b": numbers[:1]}, size)
    assert len(found["a"]) == min(size, len(numbers))
    assert set(found["a"]) <= set(numbers)
