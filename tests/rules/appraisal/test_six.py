"""The six figures and the rules by date: golden cases, without a database."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openhall.appraisal.rules.lifecycle import OPEN, RATINGS
from openhall.appraisal.rules.packs import LOCAL_2026, NATIONAL_2019, PACKS, pack_called, pack_on
from openhall.appraisal.rules.six import DEFINITIONS, Counts, Share, six
from openhall.appraisal.terms import RatingAct, RatingState, SixFigure
from openhall.deeds.rules.tables import acts_at

F = SixFigure
GOLDEN = [
    (Counts(), ["—"] * 6),
    (
        Counts(
            served=200, of_served=50, rated=50, good=49, bad=1, replied=1, revisited=1, content=1
        ),
        ["98.0%", "25.0%", "75.0%", "100.0%", "100.0%", "100.0%"],
    ),
    (
        Counts(served=3, of_served=3, rated=3, good=1, bad=2, set_aside=1),
        ["50.0%", "100.0%", "0.0%", "0.0%", "0.0%", "—"],
    ),
    (
        Counts(served=8, of_served=1, rated=1, good=0, bad=1, replied=1, revisited=1),
        ["0.0%", "12.5%", "87.5%", "100.0%", "100.0%", "0.0%"],
    ),
    (
        Counts(served=3, of_served=2, rated=3, good=2, bad=1),
        ["66.7%", "66.7%", "33.3%", "0.0%", "0.0%", "—"],
    ),
]


@pytest.mark.parametrize(("counts", "told"), GOLDEN)
def test_golden(counts, told):
    assert [six(counts)[one].percent for one in SixFigure] == told


def test_every_figure_has_its_definition_in_both_languages():
    assert set(DEFINITIONS) == set(SixFigure)
    assert all(one.zh and one.en for one in DEFINITIONS.values())


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_silence_is_no_rating_and_both_rates_are_together_one(served, rated):
    rated = min(rated, served)
    found = six(Counts(served=served, of_served=rated))
    assert found[F.ACTIVE].part + found[F.UNRATED].part == served
    assert found[F.GOOD] == Share(0, 0)


@pytest.mark.parametrize(
    ("day", "pack"),
    [
        (date(2003, 6, 1), NATIONAL_2019),
        (date(2019, 12, 3), NATIONAL_2019),
        (date(2026, 6, 30), NATIONAL_2019),
        (date(2026, 7, 1), LOCAL_2026),
    ],
)
def test_a_service_is_rated_by_the_rules_of_its_day(day, pack):
    assert pack_on(day) is pack
    assert pack_called(pack.code) is pack


def test_packs_follow_each_other_without_gap_and_differ():
    first, second = PACKS
    assert (second.effective_from - first.effective_until).days == 1
    assert first.simple_days != second.simple_days
    assert all(set(one.points) == {1, 2, 3, 4, 5} for one in PACKS)


def test_every_act_is_in_the_table_and_every_open_state_leads_on():
    assert {act for _state, act in RATINGS} == set(RatingAct) - {RatingAct.RATE, RatingAct.FORGET}
    assert all(acts_at(RATINGS, state) for state in OPEN)
    assert not acts_at(RATINGS, RatingState.COUNTED)
