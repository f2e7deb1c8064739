"""A visit plan: nobody in two places at once, half-days used evenly, or refused with its reason."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openhall.inspections.rules.visits import TooShort, scheduled
from openhall.inspections.terms import Half

MONDAY = date(2003, 6, 23)
WEEK = [MONDAY + timedelta(days=at) for at in range(5)]


def test_teams_without_a_common_member_are_out_at_once_and_others_one_after_the_other():
    teams = {"a": ["1", "2", "3"], "b": ["1", "4", "5"], "c": ["6", "7", "8"], "d": ["2", "4", "6"]}
    found = scheduled(teams, WEEK[:2])
    assert found == {
        "a": (MONDAY, Half.MORNING),
        "b": (MONDAY, Half.AFTERNOON),
        "c": (WEEK[1], Half.MORNING),  # an empty half-day before a second visit in one
        "d": (WEEK[1], Half.AFTERNOON),
    }
    del teams["d"]  # it shares somebody with each of the others
    assert scheduled(teams, WEEK[:1])["c"] == (MONDAY, Half.MORNING)


def test_days_that_are_too_few_are_refused_with_what_to_do():
    teams = {f"u{n}": ["1", f"{n + 2}"] for n in range(3)}
    with pytest.raises(TooShort) as refused:
        scheduled(teams, WEEK[:1])
    assert "只有2个工作半天" in refused.value.said.zh
    assert "u2" in refused.value.said.en
    with pytest.raises(TooShort):
        scheduled({"a": ["1"]}, [])


@given(
    st.lists(st.sets(st.integers(0, 11), min_size=3, max_size=4), min_size=1, max_size=20),
    st.integers(1, 10),
)
def test_nobody_is_in_two_places_at_once(teams, days):
    named = {f"u{at}": [str(one) for one in sorted(team)] for at, team in enumerate(teams)}
    try:
        found = scheduled(named, [MONDAY + timedelta(days=at) for at in range(days)])
    except TooShort:
        assert len(teams) > 2 * days  # half-days that are left take any team
        return
    assert set(found) == set(named)
    for one in named:
        for other in named:
            if one < other and found[one] == found[other]:
                assert not set(named[one]) & set(named[other])
