"""Which plan of an inspection, which indicators and which marks cannot be taken."""

from dataclasses import replace
from datetime import date

import pytest

from openhall.inspections.rules.assigning import Impossible, assign
from openhall.inspections.rules.indicators import (
    Indicator,
    faults_of_indicators,
    faults_of_marks,
    indicators_of,
    total_of,
)
from openhall.inspections.rules.lifecycle import Named, faults_of_plan, inspectors_of
from openhall.paging.typed import Unreadable

TODAY = date(2026, 11, 20)
WEEK = (date(2026, 11, 23), date(2026, 11, 27))
PEOPLE = [
    Named("甲", "A", "congress"),
    Named("乙", "B", "invited"),
    Named("丙", "C", "partner"),
]
TITLE = "政务公开工作检查"


def faults(title=TITLE, people=PEOPLE, each=3, units=3, window=WEEK):
    return [(at, said.zh) for at, said in faults_of_plan(title, people, each, units, window, TODAY)]


@pytest.mark.parametrize(
    ("said", "field", "sentence"),
    [
        ({"title": "检查"}, "name", "请写明检查名称"),
        ({"each": 2}, "each", "不少于3人检查"),
        ({"people": PEOPLE[:2]}, "people", "不能少于每个单位的人数"),
        ({"people": [*PEOPLE, PEOPLE[0]]}, "people", "姓名不能重复"),
        (
            {"people": [replace(one, category="congress") for one in PEOPLE]},
            "people",
            "至少两类",
        ),
        ({"units": 1}, "units", "单位太少"),
        ({"window": (TODAY, WEEK[1])}, "window_until", "检查从明天以后开始"),
        ({"window": (WEEK[1], WEEK[0])}, "window_until", "检查从明天以后开始"),
    ],
)
def test_each_fault_of_a_plan_stands_beside_its_field(said, field, sentence):
    assert faults() == []
    assert any(at == field and sentence in zh for at, zh in faults(**said))


def test_an_inspector_is_a_line_of_four_cells_with_a_category():
    text = "王甲 | Wang | congress | cd-mzj cd-swj\n\n李乙 ｜ Li ｜ invited ｜"
    assert inspectors_of(text) == [
        Named("王甲", "Wang", "congress", ("cd-mzj", "cd-swj")),
        Named("李乙", "Li", "invited"),
    ]
    for wrong in ("王甲 | Wang | congress", "王甲 | Wang | mayor | x", " | Wang | congress | x"):
        with pytest.raises(Unreadable, match="第1行应为4栏"):
            inspectors_of(wrong)


def test_teams_that_never_meet_are_impossible():
    kinds = {f"甲{n}": "congress" for n in range(4)} | {"乙": "invited"}
    with pytest.raises(Impossible, match="5名检查人员分到1个单位"):
        assign(["a"], kinds, frozenset(), "seed")
    three = {"甲": "congress", "乙": "invited", "丙": "partner"}
    with pytest.raises(Impossible, match="a：回避之后能检查的人员不足3名"):
        assign(["a", "b"], three, frozenset({("甲", "a")}), "seed")


LINE = "A1 | 公开 | 公开目录 | Catalogue | 60 | | 目录"
ROWS = [
    Indicator("A1", "公开", "公开目录", "Catalogue", 60, "", "目录"),
    Indicator("A2", "公开", "收费", "Fees", 40, "有收费的", "票据"),
]


def test_an_indicator_is_a_line_of_seven_cells():
    assert indicators_of(LINE) == [ROWS[0]]
    for wrong in ("A1 | 公开", LINE.replace("60", "many")):
        with pytest.raises(Unreadable, match="第1行应为7栏"):
            indicators_of(wrong)


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([replace(ROWS[0], weight=50), ROWS[1]], "各项权重合计应为100，现为90"),
        ([ROWS[0], replace(ROWS[1], code="A1")], "不能重复"),
        ([ROWS[0], replace(ROWS[1], code="A-2")], "由字母和数字组成"),
        ([ROWS[0], replace(ROWS[1], title="")], "须有名称和大于0的权重"),
        ([replace(ROWS[0], weight=100), replace(ROWS[1], weight=0)], "大于0的权重"),
    ],
)
def test_what_forbids_publishing_indicators(rows, sentence):
    assert list(faults_of_indicators(ROWS)) == []
    assert any(sentence in said.zh for said in faults_of_indicators(rows))


def test_only_what_has_a_condition_may_be_left_without_a_mark():
    assert list(faults_of_marks(ROWS, {"A1": 80})) == []
    said = {code: one.zh for code, one in faults_of_marks(ROWS, {"A2": 101})}
    assert said == {"A1": "请打分，0—100。", "A2": "分数为0—100。"}
    assert total_of(ROWS, {"A1": 80}) == 80  # what does not apply drops out
    assert total_of(ROWS, {"A1": 80, "A2": 50}) == 68
    assert total_of(ROWS, {}) is None
