"""A clock that jumped is told, by how much and which way; a slow minute and a restart are not."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from openhall.ledger.rules.clock import Tick, jumped

NOON = datetime(2026, 11, 27, 12, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
LAST = Tick(NOON, "boot-1", 1_000.0)


def later(*, passed, wall, boot="boot-1"):
    """A look ``passed`` seconds on, when the wall clock says ``wall`` more."""
    return Tick(NOON + wall, boot, 1_000.0 + passed)


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (later(passed=30, wall=timedelta(seconds=30)), None),
        (later(passed=30, wall=timedelta(minutes=10, seconds=30)), None),
        (later(passed=30, wall=timedelta(minutes=10, seconds=31)), "forward by some 10 minutes"),
        (later(passed=30, wall=timedelta(days=365)), "forward by some 525"),
        (later(passed=30, wall=timedelta(seconds=-30)), None),
        (later(passed=30, wall=timedelta(seconds=-31)), "back by some 1 minutes"),
        (later(passed=90_000, wall=timedelta(hours=25)), None),  # asleep: both clocks went on
        (later(passed=7, wall=timedelta(days=3), boot="boot-2"), None),  # it was off
    ],
)
def test_the_wall_clock_is_held_against_one_that_nobody_sets(now, said):
    found = jumped(LAST, now, None)
    assert (found is None) == (said is None)
    if said:
        assert said in found.sentence_en
        assert found.place == "clock"
        assert "时钟" in found.sentence


def test_a_clock_before_the_last_sealed_entry_went_back_even_after_a_new_start():
    now = Tick(NOON, "boot-2", 5.0)
    assert jumped(None, now, NOON + timedelta(seconds=60)) is None
    found = jumped(None, now, NOON + timedelta(seconds=61))
    assert "2026-11-27 12:01:01" in found.sentence_en
    assert "it went back" in found.sentence_en


def test_a_first_look_says_nothing():
    assert jumped(None, LAST, None) is None
