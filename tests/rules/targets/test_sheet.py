"""A sheet of targets and its reports: lines, weights, scores, days."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from openhall.targets.data import proposed
from openhall.targets.rules.reports import due_of, faults_of_report, opens_on
from openhall.targets.rules.sheet import (
    Reading,
    Unreadable,
    as_text,
    faults_of_targets,
    score_of,
    targets_of,
    total_of,
)
from openhall.targets.terms import Period

ON_TIME = next(one for one in proposed() if one.code == "ontime")
JUDGED = next(one for one in proposed() if one.code == "led")


def test_the_proposed_targets_are_sound_and_survive_being_written():
    assert list(faults_of_targets(proposed())) == []
    assert targets_of(as_text(proposed())) == list(proposed())


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"weight": 24}, "合计应为100，现为99"),
        ({"code": "led"}, "不能重复"),
        ({"aim": 0}, "1—100"),
        ({"evidence": ""}, "以什么为据"),
        ({"title": ""}, "须有名称"),
    ],
)
def test_what_forbids_issuing_them(wrong, words):
    rows = [replace(one, **wrong) if one is ON_TIME else one for one in proposed()]
    assert any(words in str(said) for said in faults_of_targets(rows))


@pytest.mark.parametrize("line", ["a | b | c", "a|b|c|x|on_time|98|d", "a|b|c|1|z|1|d"])
def test_a_line_that_is_no_target_is_refused_with_its_number(line):
    with pytest.raises(Unreadable, match="第1行"):
        targets_of(line)


@pytest.mark.parametrize(
    ("part", "whole", "score"),
    [(98, 100, "25.00"), (100, 100, "25.00"), (49, 100, "12.50"), (0, 10, "0.00"), (0, 0, None)],
)
def test_a_counted_target_scores_its_share_and_drops_out_without_cases(part, whole, score):
    found = score_of(ON_TIME, Reading(part, whole))
    assert (None if found is None else str(found)) == score


def test_what_is_judged_has_no_score_of_its_own_and_the_total_is_over_what_applies():
    assert score_of(JUDGED, None) is None
    scores = {"ontime": Decimal("20"), "content": Decimal("15")}
    assert total_of(proposed(), scores) == Decimal("87.50")
    assert total_of(proposed(), {}) is None


def test_the_days_of_a_report():
    assert (opens_on(2003, Period.Q2), due_of(2003, Period.Q2)) == (
        date(2003, 7, 1),
        date(2003, 7, 10),
    )
    assert (opens_on(2003, Period.YEAR), due_of(2003, Period.YEAR)) == (
        date(2003, 11, 15),
        date(2003, 12, 20),
    )


def test_words_are_written_by_people_and_scores_stay_within_weights():
    found = dict(faults_of_report(Period.YEAR, [ON_TIME], {}, {"ontime": Decimal(26)}, {}))
    assert set(found) == {
        "words_ontime",
        "score_ontime",
        "work",
        "problems",
        "putting_right",
        "next_year",
    }
    words = {"ontime": "全年办件按承诺时限办结，超期的逐件说明。"}
    assert list(faults_of_report(Period.Q1, [ON_TIME], words, {}, {})) == []
