"""What a plan of a survey must say, which answers count, and what is told of them."""

from dataclasses import replace
from datetime import date

import pytest

from openhall.surveys.data import shipped
from openhall.surveys.rules.instruments import counted, faults_of_instrument
from openhall.surveys.rules.lifecycle import Plan, faults_of_plan
from openhall.surveys.rules.results import UnitAnswers, results
from openhall.surveys.terms import Instrument, Invalid

TODAY = date(2003, 7, 20)
PLAN = Plan(
    title="2003年政务公开满意度测评",
    purpose="请办过事的人评价政务公开，问题列入整改台账并公开。",
    departments=3,
    districts=2,
    candidates=(20, 19),
    per_unit=60,
    reserve=30,
    served_from=date(2003, 1, 1),
    served_until=date(2003, 6, 30),
    field_from=date(2003, 8, 1),
    field_until=date(2003, 8, 20),
    share=70,
)


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"departments": 2}, "departments", "3—5个，现为2个"),
        ({"departments": 6}, "departments", "3—5个，现为6个"),
        ({"districts": 1}, "districts", "2—3个，现为1个"),
        ({"districts": 4}, "districts", "2—3个，现为4个"),
        ({"candidates": (2, 19)}, "departments", "只有2个"),
        ({"candidates": (20, 1)}, "districts", "只有1个"),
        ({"per_unit": 4}, "per_unit", "5—1000"),
        ({"reserve": 301}, "reserve", "五倍"),
        ({"share": 101}, "share", "0—100"),
        ({"field_until": date(2003, 8, 4)}, "field_until", "不少于5天"),
        ({"field_from": TODAY}, "field_until", "明天以后"),
        ({"served_until": TODAY}, "served_until", "早于今天"),
        ({"title": "测评"}, "name", "6个字"),
        ({"purpose": "评价"}, "purpose", "20个字"),
    ],
)
def test_each_fault_of_a_plan_stands_beside_its_field(wrong, field, words):
    found = dict(faults_of_plan(replace(PLAN, **wrong), TODAY))
    assert words in str(found[field])
    assert found[field].en


def test_a_sound_plan_has_no_fault():
    assert list(faults_of_plan(PLAN, TODAY)) == []


def test_both_shipped_forms_are_what_a_survey_needs():
    for which in Instrument:
        assert list(faults_of_instrument(which, shipped(which))) == []
    assert len(list(faults_of_instrument(Instrument.QUESTIONS, shipped(Instrument.SHEET)))) == 2
    assert len(list(faults_of_instrument(Instrument.SHEET, shipped(Instrument.QUESTIONS)))) == 1


@pytest.mark.parametrize(
    ("answers", "late", "why"),
    [
        ({"served": "no", "overall": "5"}, False, Invalid.NOT_SERVED),
        ({"served": "yes", "overall": "5"}, False, Invalid.TOO_LITTLE),
        ({"served": "yes", "content": "5", "timely": "5"}, False, Invalid.TOO_LITTLE),
        ({"served": "yes", "overall": "5"}, True, Invalid.LATE),
    ],
)
def test_what_does_not_count_says_why(answers, late, why):
    form = shipped(Instrument.QUESTIONS)
    assert counted(Instrument.QUESTIONS, form, answers, late=late).why_not == why


def test_half_of_the_questions_are_enough():
    form = shipped(Instrument.QUESTIONS)
    said = {"served": "yes", **dict.fromkeys(("overall", "content", "timely", "fees"), "4")}
    assert counted(Instrument.QUESTIONS, form, said, late=False).level == "4"
    marks = {"content": "80", "timely": "90", "procedure": "85"}
    sheet = counted(Instrument.SHEET, shipped(Instrument.SHEET), marks, late=False)
    assert (sheet.why_not, sheet.mark) == (None, 85)


def _unit(code, levels, frame=600, **more):
    told = [level for level, n in levels.items() for _one in range(n)]
    return UnitAnswers(code, frame, 60, len(told), told, **more)


def test_whole_numbers_and_no_rank_where_intervals_overlap():
    good = _unit("a", {"5": 40, "4": 10, "3": 5, "2": 5}, marks=[90.0] * 6)
    same = _unit("b", {"5": 38, "4": 12, "3": 5, "2": 5})
    poor = _unit("c", {"5": 5, "4": 10, "3": 5, "2": 25, "1": 15})
    told = results([good, same, poor], 70)
    first = told["units"][0]
    assert first["satisfied"]["value"] == 9167
    assert 8000 < first["satisfied"]["low"] < 9167 < first["satisfied"]["high"] < 9800
    assert first["index"]["value"] == 8750
    assert first["combined"] == round(0.7 * 8750 + 0.3 * 9000)
    assert told["above"] == {"a": ["c"], "b": ["c"], "c": []}
    assert not any(isinstance(one, float) for one in _leaves(told))


def test_a_small_cell_leaves_bands_and_coarse_intervals():
    told = results([_unit("a", {"5": 50, "4": 7, "2": 3}), _unit("b", {"5": 40, "3": 20})], 70)
    first = told["units"][0]
    assert first["hidden"]
    assert (first["satisfied"]["value"], first["index"], first["combined"]) == (None, None, None)
    assert first["satisfied"]["low"] % 500 == 0 == first["satisfied"]["high"] % 500
    assert first["band"] == "good"


def _leaves(value):
    if isinstance(value, dict):
        for one in value.values():
            yield from _leaves(one)
    elif isinstance(value, list):
        for one in value:
            yield from _leaves(one)
    else:
        yield value
