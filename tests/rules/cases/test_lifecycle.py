"""Every pair of stage and act: in the table and allowed, or refused with a sentence."""

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openhall.cases.rules.lifecycle import ENDED, TABLE, NotInTheTable, acts_at, lead
from openhall.cases.terms import Act, Stage

STAGES = [None, *Stage]
CHINESE = re.compile(r"[\u4e00-\u9fff]")
DOCUMENT = re.compile(r"[\u4e00-\u9fff]+〔\d{4}〕\d+号")


@pytest.mark.parametrize(("stage", "act"), list(itertools.product(STAGES, Act)))
def test_a_pair_outside_the_table_is_refused(stage, act):
    if (stage, act) in TABLE:
        for target in TABLE[stage, act]:
            assert lead(stage, act, target) == target
        return
    with pytest.raises(NotInTheTable) as refused:
        lead(stage, act)
    said = str(refused.value)
    assert act.zh in said
    assert act.basis in said
    english = refused.value.said.en
    assert act.en in english
    assert all(one.en in english for one in acts_at(stage))
    assert not CHINESE.search(DOCUMENT.sub("", english))


@pytest.mark.parametrize("stage", sorted(ENDED))
def test_nothing_more_can_be_done_to_an_ended_case(stage):
    assert acts_at(stage) == ()


def test_every_stage_is_reached_and_every_open_stage_is_left():
    reached = set().union(*TABLE.values())
    assert reached == set(Stage)
    assert {stage for stage, _ in TABLE if stage} | ENDED == set(Stage)


def test_a_supplement_cannot_be_asked_for_twice():
    with pytest.raises(NotInTheTable):
        lead(Stage.SUPPLEMENTED, Act.ASK_FOR_SUPPLEMENT)


def test_a_decision_must_say_which():
    with pytest.raises(NotInTheTable):
        lead(Stage.REVIEWED, Act.DECIDE)


@given(st.lists(st.sampled_from(list(Act)), max_size=30), st.randoms(use_true_random=False))
def test_no_walk_ever_leaves_the_table(acts, random):
    stage = None
    for act in acts:
        targets = TABLE.get((stage, act))
        if targets is None:
            with pytest.raises(NotInTheTable):
                lead(stage, act)
            continue
        stage = lead(stage, act, random.choice(sorted(targets)))
        assert stage in Stage
