"""The composite score as arithmetic. norms 4.3."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openhall.supervision.rules.scoring import (
    Bonus,
    BonusTerms,
    Deduction,
    bonus_of,
    fault_of_weights,
    incomplete_off,
    interval,
    mean,
    score,
)
from openhall.supervision.terms import ScorePart

WEIGHTS = dict(
    zip(ScorePart, (Decimal(n) for n in (10, 14, 14, 8, 10, 10, 14, 10, 10)), strict=True)
)
DEDUCTIONS = st.lists(
    st.builds(
        Deduction,
        part=st.sampled_from(list(ScorePart)),
        rule=st.just("r"),
        value=st.integers(0, 2000).map(lambda n: Decimal(n) / 100),
        formula=st.just(""),
        reference=st.just(""),
    ),
    max_size=12,
)


def test_the_nine_parts_make_a_hundred_and_nothing_is_deducted_from_nothing():
    assert score(WEIGHTS, []).total == 100


@given(DEDUCTIONS)
def test_no_part_falls_below_zero_or_rises_above_its_points(rows):
    made = score(WEIGHTS, rows)
    assert all(0 <= left <= WEIGHTS[part] for part, left in made.parts.items())
    assert made.total == sum(made.parts.values())


@given(DEDUCTIONS, DEDUCTIONS)
def test_more_deductions_never_give_a_better_score(rows, more):
    assert score(WEIGHTS, rows + more).total <= score(WEIGHTS, rows).total


@given(DEDUCTIONS)
def test_what_is_missing_is_what_the_rows_say_until_a_part_is_used_up(rows):
    made = score(WEIGHTS, rows)
    for part, points in WEIGHTS.items():
        deducted = sum((row.value for row in rows if row.part == part), Decimal(0))
        assert points - made.parts[part] == min(points, deducted)


@given(st.integers(0, 5000), st.integers(0, 5000))
def test_missing_data_costs_a_point_for_each_begun_percent_and_never_more_than_five(closed, n):
    off = incomplete_off(closed, min(n, closed))
    assert 0 <= off <= 5


@pytest.mark.parametrize(
    ("closed", "missing", "off"),
    [(100, 0, 0), (100, 1, 1), (1000, 11, 2), (100, 9, 5), (0, 0, 0)],
)
def test_missing_data_by_example(closed, missing, off):
    assert incomplete_off(closed, missing) == off


@given(st.integers(1, 2000), st.integers(0, 2000))
def test_an_interval_holds_its_rate_and_stays_between_nothing_and_all(total, good):
    low, high = interval(min(good, total), total)
    assert 0 <= low <= min(good, total) / total + 1e-9
    assert min(good, total) / total - 1e-9 <= high <= 1


def test_an_interval_of_few_is_wide():
    few, many = interval(5, 5), interval(500, 500)
    assert few[0] < 0.6 < 0.99 < many[0]


def test_a_year_is_the_mean_of_the_months_that_have_a_score():
    assert mean([Decimal(98), Decimal(95)]) == Decimal("96.50")
    assert mean([]) is None


def test_a_bonus_is_given_by_steps_and_a_city_may_do_without():
    tenth, one, three = Decimal("0.1"), Decimal(1), Decimal(3)
    early = BonusTerms(tenth, tenth, one, one, Decimal(10))
    shorter = BonusTerms(Decimal("0.3"), tenth, three, one, Decimal(10))
    for good, total, points in ((9, 100, 0), (10, 100, 1), (19, 100, 1), (30, 100, 3), (3, 10, 3)):
        assert bonus_of(good, total, early).value == points, (good, total)
    assert bonus_of(100, 100, early).value == 10
    for good, total, points in ((29, 100, 0), (6, 20, 3), (7, 20, 3), (8, 20, 4), (20, 20, 10)):
        assert bonus_of(good, total, shorter).value == points, (good, total)
    assert bonus_of(8, 20, shorter).formula == "8/20 = 40.0% ≥ 30%：3 + 1 × 1"
    assert bonus_of(9, 10, BonusTerms(tenth, tenth, Decimal(0), one, one)).value == 0
    assert bonus_of(0, 0, early) == Bonus(Decimal(0), "")


def test_a_set_of_weights_adds_up_to_a_hundred():
    fair = dict.fromkeys(ScorePart, Decimal(11)) | {ScorePart.TIME: Decimal(12)}
    assert fault_of_weights(fair) is None
    said, field = fault_of_weights(fair | {ScorePart.TIME: Decimal(13)})
    assert ("现在是101" in said.zh, "add up to 101" in said.en, field) == (True, True, "")
    assert fault_of_weights(fair | {ScorePart.TIME: Decimal(-1)})[1] == "time"
