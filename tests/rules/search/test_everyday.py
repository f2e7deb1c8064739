"""Everyday words, boosts, pins; what forbids publishing them; what a change moves."""

from datetime import date

import pytest

from openhall.search.rules.everyday import changed, faults_in, rules_from
from openhall.search.rules.reading import read

DAY = date(2026, 11, 25)
WORDS = [
    {"said": "房产证", "means": ["不动产权证书"]},
    {"said": "business license", "means": ["设立登记"]},
    {"said": "办证", "means": ["许可证"]},
]


@pytest.mark.parametrize(
    "typed",
    [
        "房产证",
        "房產證",
        "房产政",
        "方产证",
        "fangchanzheng",
        "fang chan zheng",
        "房产",
        "补办房产证",
    ],
)
def test_an_everyday_word_is_known_even_when_typed_wrongly(typed):
    meant = [one.query.plain for one in rules_from(WORDS).meant(read(typed))]
    assert any("不动产权证书" in one for one in meant) is (typed != "房产")


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("开餐馆", True),
        ("开个小餐馆", True),
        ("想开一家自己的餐馆", True),
        ("开了个餐馆", True),
        ("离开成都的餐馆", False),
        ("开发餐馆", False),
    ],
)
def test_small_talk_between_a_deed_and_its_thing_is_heard_over(typed, known):
    words = rules_from([{"said": "开餐馆", "means": ["食品经营许可"]}])
    meant = [one.query.plain for one in words.meant(read(typed))]
    assert any("食品经营许可" in one for one in meant) is known


@pytest.mark.parametrize("typed", ["business licence", "a Business License", "business licences"])
def test_either_english_is_known(typed):
    assert [one.query.plain for one in rules_from(WORDS).meant(read(typed))] == ["设立登记"]


def test_words_that_are_not_in_it_mean_nothing():
    assert rules_from(WORDS).meant(read("结婚登记")) == []
    assert rules_from(WORDS).meant(read("license")) == []


def test_pins_hold_on_their_days_alone():
    row = {"query": "疫苗", "record": "guide:1", "from": "2026-11-01", "reason": "接种季"}
    pins = [{**row, "until": "2026-11-30"}]
    rules = rules_from([], pins=pins)
    assert [pin.reason for pin in rules.pinned(read("疫 苗"), DAY)] == ["接种季"]
    assert rules.pinned(read("疫苗"), date(2026, 12, 1)) == []
    assert rules.pinned(read("疫苗"), date(2026, 10, 31)) == []
    assert rules.pinned(read("疫苗本"), DAY) == []


def test_a_boost_past_its_day_counts_no_more():
    row = {"record": "guide:1", "weight": 1.3, "reason": "季节", "until": "2026-11-24"}
    assert rules_from([], [row], day=date(2026, 11, 24)).boosts == {"guide:1": 1.3}
    assert rules_from([], [row], day=DAY).boosts == {}


@pytest.mark.parametrize(
    ("words", "boosts", "pins"),
    [
        ([{"said": "房产证", "means": []}], [], []),
        ([{"said": "，", "means": ["证"]}], [], []),
        ([WORDS[0], {"said": "房產證", "means": ["证"]}], [], []),
        ([], [{"record": "a", "weight": 9, "reason": "好"}], []),
        ([], [{"record": "a", "weight": 1.2, "reason": " "}], []),
        ([], [], [{"query": "a", "record": "b", "from": "2026-01-01", "reason": ""}]),
        (
            [],
            [],
            [
                {
                    "query": "a",
                    "record": "b",
                    "from": "2026-01-01",
                    "until": "2026-01-02",
                    "reason": "好",
                }
            ],
        ),
    ],
)
def test_what_is_wrong_with_the_rules_is_said_in_both_languages(words, boosts, pins):
    (fault,) = faults_in(words, boosts, pins, DAY)
    assert fault.zh
    assert fault.en


def test_what_a_change_moves_is_told_by_place():
    assert changed(["a", "b", "c"], ["b", "a", "d"]) == [
        ("b", 2, 1),
        ("a", 1, 2),
        ("d", None, 3),
        ("c", 3, None),
    ]
