"""Who inspects what: no conflict broken, loads within one, categories meet; or refused."""

from collections import Counter
from dataclasses import replace
from itertools import combinations
from random import Random

import pytest

from openhall.inspections.data import shipped
from openhall.inspections.rules.assigning import Impossible, assign
from openhall.inspections.rules.indicators import (
    Unreadable,
    as_text,
    faults_of_indicators,
    faults_of_marks,
    indicators_of,
    summed,
    total_of,
)
from openhall.inspections.rules.lifecycle import Unreadable as NoInspector
from openhall.inspections.rules.lifecycle import inspectors_of
from openhall.inspections.terms import Category

CATEGORIES = [one.value for one in Category]


def test_random_campaigns_keep_every_rule():
    chance, done = Random(2003), 0
    for turn in range(25):
        units = [f"u{n}" for n in range(chance.randrange(8, 40))]
        people = {f"p{n}": chance.choice(CATEGORIES) for n in range(chance.randrange(6, 14))}
        forbidden = {(p, u) for p in people for u in units if chance.random() < 0.1}
        try:
            teams = assign(units, people, forbidden, f"seed-{turn}", 3)
        except Impossible:
            continue
        done += 1
        loads = Counter(one for team in teams.values() for one in team)
        assert set(teams) == set(units)
        assert all(len(set(team)) == 3 for team in teams.values())
        assert all(len({people[one] for one in team}) >= 2 for team in teams.values())
        assert not {(one, unit) for unit, team in teams.items() for one in team} & forbidden
        assert max(loads.values()) - min(loads.get(p, 0) for p in people) <= 1
        met = {
            frozenset((people[a], people[b]))
            for team in teams.values()
            for a, b in combinations(team, 2)
        }
        for a, b in combinations(set(people.values()), 2):
            assert frozenset((a, b)) in met
        assert assign(units, people, forbidden, f"seed-{turn}", 3) == teams
    assert done >= 20


def test_the_impossible_is_refused_with_its_reason():
    people = dict.fromkeys("abcdefghij", "congress")
    with pytest.raises(Impossible, match="宽严"):
        assign(["u1", "u2"], people, set(), "s", 3)
    few = {"a": "congress", "b": "invited", "c": "partner"}
    with pytest.raises(Impossible, match="u1：回避之后"):
        assign(["u1", "u2"], few, {("a", "u1")}, "s", 3)


def test_the_shipped_indicators_are_sound_and_survive_being_written():
    assert list(faults_of_indicators(shipped())) == []
    assert indicators_of(as_text(shipped())) == list(shipped())
    wrong = [replace(one, weight=one.weight + 1) for one in shipped()]
    assert "合计应为100" in str(next(iter(faults_of_indicators(wrong))))
    with pytest.raises(Unreadable, match="第1行"):
        indicators_of("a | b")


def test_a_line_of_an_inspector_names_his_category_and_interests():
    found = inspectors_of("张三 | Zhang San | congress | cd-mzh cd-gaj\n\n李四 | | partner |")
    assert [one.interests for one in found] == [("cd-mzh", "cd-gaj"), ()]
    with pytest.raises(NoInspector, match="第1行"):
        inspectors_of("张三 | Zhang San | friend |")


def test_only_an_indicator_with_a_condition_may_not_apply_and_weights_come_back_to_a_hundred():
    marks = {one.code: 80 for one in shipped()} | {"screen": None}
    assert list(faults_of_marks(shipped(), marks)) == []
    assert total_of(shipped(), marks) == 80
    assert [name for name, _said in faults_of_marks(shipped(), marks | {"lead": None})] == ["lead"]
    assert [name for name, _said in faults_of_marks(shipped(), marks | {"lead": 101})] == ["lead"]


def test_the_result_is_in_whole_numbers_with_its_spread_and_how_far_they_agree():
    def sheet(mark, screen=70):
        return {one.code: mark for one in shipped()} | {"screen": screen}

    told = summed(
        shipped(),
        {
            "a": {"1": sheet(90), "2": sheet(80), "3": sheet(85, None)},
            "b": {"1": sheet(70), "2": sheet(60), "4": sheet(66)},
        },
    )
    first = told["units"]["a"]
    assert (first["members"], first["indicators"]["lead"]) == (3, 8500)
    assert first["indicators"]["screen"] == 7000
    assert first["score"] == 8350
    assert first["low"] < first["score"] < first["high"]
    assert 700 < told["agreement"]["icc"] <= 1000
    assert abs(sum(told["severity"].values())) <= 2
