"""Whether a matter can be applied for today, and when again if not."""

from datetime import date

import pytest

from openhall.catalogue.rules.openness import Standing, season_fault, standing
from openhall.catalogue.terms import ItemState, Openness

IN_USE, PAUSED, GONE = ItemState.IN_USE, ItemState.SUSPENDED, ItemState.CANCELLED


def test_an_item_in_use_without_season_is_open_all_year():
    assert standing(IN_USE, IN_USE, date(2026, 11, 25)) == Standing(Openness.OPEN)


def test_a_paused_item_says_when_it_opens_again():
    today, again = date(2026, 11, 25), date(2027, 1, 4)
    assert standing(PAUSED, IN_USE, today, resumes_on=again) == Standing(Openness.PAUSED, again)


def test_an_item_whose_entry_is_abolished_is_gone_whatever_its_own_state():
    assert standing(IN_USE, GONE, date(2026, 11, 25)) == Standing(Openness.CANCELLED)
    assert standing(GONE, IN_USE, date(2026, 11, 25)) == Standing(Openness.CANCELLED)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 3, 1), Standing(Openness.OPEN, closes_after=date(2026, 4, 30))),
        (date(2026, 4, 30), Standing(Openness.OPEN, closes_after=date(2026, 4, 30))),
        (date(2026, 5, 1), Standing(Openness.OUT_OF_SEASON, date(2027, 3, 1))),
        (date(2026, 2, 28), Standing(Openness.OUT_OF_SEASON, date(2026, 3, 1))),
    ],
)
def test_a_season_opens_and_closes_with_its_days_included(today, expected):
    assert standing(IN_USE, IN_USE, today, begins="03-01", ends="04-30") == expected


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 12, 31), Standing(Openness.OPEN, closes_after=date(2027, 1, 31))),
        (date(2027, 1, 15), Standing(Openness.OPEN, closes_after=date(2027, 1, 31))),
        (date(2026, 6, 1), Standing(Openness.OUT_OF_SEASON, date(2026, 11, 15))),
    ],
)
def test_a_season_may_run_over_the_new_year(today, expected):
    assert standing(IN_USE, IN_USE, today, begins="11-15", ends="01-31") == expected


def test_a_season_until_29_february_ends_on_the_28th_in_common_years():
    found = standing(IN_USE, IN_USE, date(2026, 2, 28), begins="02-01", ends="02-29")
    assert found.closes_after == date(2026, 2, 28)


def test_half_a_season_and_a_day_that_is_none_are_refused():
    assert season_fault("03-01", "") == "受理季节的起止日期应同时填写,或者都不填(全年受理)。"
    assert season_fault("13-01", "02-01") == "“13-01”不是月-日,例如 03-01。"
    assert season_fault("", "") is None
    assert season_fault("03-01", "04-30") is None
