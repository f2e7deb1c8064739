"""The rules as staff type them: read, written back, refused by line."""

import json
from datetime import date
from pathlib import Path

import pytest

import openhall.search
from openhall.search.rules import lines
from openhall.search.rules.everyday import faults_in

SHIPPED = json.loads(
    (Path(openhall.search.__file__).parent / "seeds/words.json").read_text(encoding="utf-8")
)


def test_the_shipped_words_come_back_from_the_page_as_they_went():
    assert lines.read_words(lines.words_as_lines(SHIPPED)) == SHIPPED


def test_nothing_forbids_publishing_the_shipped_words():

    assert list(faults_in(SHIPPED, [], [], date(2026, 11, 25))) == []


def test_boosts_and_pins_come_back_as_they_went():
    boosts = [{"record": "guide:1", "weight": 1.25, "reason": "季节", "until": "2026-12-31"}]
    pins = [
        {"query": "疫苗", "record": "guide:1", "from": "2026-11-01", "until": "", "reason": "接种"}
    ]
    assert lines.read_boosts(lines.boosts_as_lines(boosts)) == boosts
    assert lines.read_pins(lines.pins_as_lines(pins)) == pins


@pytest.mark.parametrize(
    ("read", "typed"),
    [
        (lines.read_words, "房产证"),
        (lines.read_words, "= 不动产"),
        (lines.read_words, "房产证 = ；；"),
        (lines.read_words, "字" * 61 + " = 证"),
        (lines.read_words, "甲 = 乙\n" * 1001),
        (lines.read_boosts, "guide:1 | 1.2 | 好"),
        (lines.read_boosts, "guide:1 | 1e9 | 好 | "),
        (lines.read_boosts, "guide:1 | １.2 | 好 | 2026-13-01"),
        (lines.read_pins, "疫苗 | guide:1 | 明天 |  | 好"),
        (lines.read_pins, "疫苗 | guide:1 |  |  | 好"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(read, typed):
    with pytest.raises(lines.NotALine) as refused:
        read(typed)
    assert "行" in refused.value.said.zh
    assert "ine" in refused.value.said.en
