"""The six figures and the rules by date: golden cases, without a database."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openhall.appraisal.rules.lifecycle import OPEN, RATINGS
from openhall.appraisal.rules.packs import PACKS, pack_called, pack_on, packs_in
from openhall.appraisal.rules.six import DEFINITIONS, Counts, Share, score, six
from openhall.appraisal.terms import RatingAct, RatingState, SixFigure
from openhall.deeds.rules.tables import acts_at

F = SixFigure
NATIONAL_2019, LOCAL_2026 = PACKS
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


def test_packs_follow_each_other_without_gap_and_each_says_what_is_its_own():
    assert (LOCAL_2026.effective_from - NATIONAL_2019.effective_until).days == 1
    assert LOCAL_2026.effective_until is None
    assert (NATIONAL_2019.scale, LOCAL_2026.scale) == ("10/8/6/4/2", "10/8/6/3/0")
    assert (NATIONAL_2019.simple_days, LOCAL_2026.simple_days) == (5, 15)
    assert len({one.differs.zh for one in PACKS}) == len({one.differs.en for one in PACKS}) == 2


def test_the_dates_of_packs_are_data():
    plain = {
        "code": "a",
        "basis": {"zh": "甲", "en": "A"},
        "differs": {"zh": "甲", "en": "A"},
        "points": [2, 4, 6, 8, 10],
    }
    days = ("rate", "assign", "verify", "simple", "complex", "objection", "revisit")
    plain |= {f"{name}_days": 5 for name in days}
    later = plain | {"code": "b", "effective_from": "2031-03-01", "points": [0, 0, 0, 0, 10]}
    packs = packs_in([later, plain | {"effective_from": "2030-01-01"}])
    assert [one.code for one in packs] == ["a", "b"]
    assert packs[0].effective_until == date(2031, 2, 28)
    assert pack_on(date(2031, 2, 28), packs).code == "a"
    assert pack_on(date(2031, 3, 1), packs).points[4] == 0


@pytest.mark.parametrize(
    ("served", "told"), [(date(2026, 6, 30), "6.9"), (date(2026, 7, 1), "6.5")]
)
def test_the_same_ratings_have_the_points_of_their_day(served, told):
    levels = [5] * 12 + [4] * 12 + [3] * 4 + [2] * 6 + [1] * 6
    points = pack_on(served).points
    counts = Counts(rated=40, good=28, bad=12, points=sum(points[one] for one in levels))
    assert score(counts) == told
    assert six(counts)[F.GOOD].percent == "70.0%"  # the national figure knows no points


def test_a_score_is_told_of_enough_ratings_only():
    assert score(Counts(rated=29, good=29, points=290)) is None
    assert score(Counts(rated=30, good=30, points=300)) == "10.0"
    assert score(Counts(rated=30, good=29, bad=1, set_aside=1, points=290)) is None


def test_every_act_is_in_the_table_and_every_open_state_leads_on():
    assert {act for _state, act in RATINGS} == set(RatingAct) - {RatingAct.RATE, RatingAct.FORGET}
    assert all(acts_at(RATINGS, state) for state in OPEN)
    assert not acts_at(RATINGS, RatingState.COUNTED)
