"""Why the lead may not conclude or report yet, in the words the desk shows."""

import pytest

from openhall.joint.rules.handling import (
    Asked,
    objection_to_concluding,
    objection_to_reporting,
    overruled,
)

WORDS = "各单位意见一致，同意申请人开办餐饮店。"
AGREES = Asked("卫健委", opinion="agree", decided=True)
SILENT = Asked("消防支队")
OBJECTS = Asked("城管委", opinion="disagree", decided=True)


@pytest.mark.parametrize(
    ("units", "meeting", "held", "said", "sentence"),
    [
        ([AGREES, SILENT], False, False, WORDS, "还缺少消防支队的意见"),
        ([AGREES], True, False, WORDS, "须召开联审会议"),
        ([AGREES], False, False, "同意", "请写明综合意见"),
    ],
)
def test_each_reason_against_a_conclusion(units, meeting, held, said, sentence):
    found = objection_to_concluding(units, meeting=meeting, held=held, said=said)
    assert found is not None
    assert sentence in str(found.said.zh)


def test_silence_by_law_and_an_ended_part_need_no_opinion():
    units = [AGREES, Asked("消防支队", deemed=True), Asked("水务局", over=True)]
    assert objection_to_concluding(units, meeting=True, held=True, said=WORDS) is None


def test_reasons_are_owed_to_whom_an_approval_goes_against():
    gone = Asked("水务局", opinion="disagree", over=True)
    assert overruled([AGREES, OBJECTS, gone], approve=True) == [OBJECTS]
    assert overruled([AGREES, OBJECTS], approve=False) == []


def test_nothing_is_reported_before_it_is_concluded_and_decided():
    early = objection_to_reporting([AGREES], concluded=False)
    assert early is not None
    assert "还没有形成综合意见" in early.said.zh
    open_still = objection_to_reporting([AGREES, SILENT], concluded=True)
    assert open_still is not None
    assert "消防支队" in open_still.said.zh
    assert objection_to_reporting([AGREES], concluded=True) is None
