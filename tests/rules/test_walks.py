"""The lifecycle walked by machine: what the table does not hold is refused, and every way ends."""

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from openhall.cases.rules.lifecycle import ENDED, TABLE, NotInTheTable, acts_at, lead
from openhall.cases.terms import Act, Stage

STAGES = st.sampled_from([None, *Stage])
ACTS = st.sampled_from(list(Act))


@given(STAGES, ACTS)
def test_a_pair_outside_the_table_is_refused_and_says_what_may_be_done(stage, act):
    if (stage, act) in TABLE:
        assert all(lead(stage, act, to) == to for to in TABLE[stage, act])
        return
    try:
        lead(stage, act)
    except NotInTheTable as refused:
        said = str(refused)
        assert act.zh in said
        assert all(other.zh in said for other in acts_at(stage))
    else:
        raise AssertionError(f"{stage} × {act} was not refused")


@given(STAGES, ACTS, st.sampled_from(list(Stage)))
def test_no_act_leads_where_the_table_does_not(stage, act, to):
    if to not in TABLE.get((stage, act), ()):
        try:
            lead(stage, act, to)
        except NotInTheTable:
            return
        raise AssertionError(f"{stage} × {act} led to {to}")


def test_from_every_stage_an_end_can_be_reached():
    ways = {stage: {to for act in acts_at(stage) for to in TABLE[stage, act]} for stage in Stage}
    ends = set(ENDED)
    while more := {stage for stage, to in ways.items() if to & ends} - ends:
        ends |= more
    assert ends == set(Stage)


def test_nothing_may_be_done_to_an_ended_case():
    assert all(acts_at(stage) == () for stage in ENDED)


class Walk(RuleBasedStateMachine):
    """Any sequence of acts, lawful or not: the stage is always one the table led to."""

    def __init__(self):
        super().__init__()
        self.stage, self.path = None, []

    @rule(act=ACTS, choice=st.integers(0, 3))
    def try_an_act(self, act, choice):
        targets = sorted(TABLE.get((self.stage, act), ()))
        to = targets[choice % len(targets)] if targets else None
        try:
            self.stage = lead(self.stage, act, to)
            self.path.append(act)
        except NotInTheTable:
            assert not targets

    @invariant()
    def it_begins_with_an_application(self):
        assert not self.path or self.path[0] == Act.SUBMIT

    @invariant()
    def nothing_is_issued_or_delivered_undecided(self):
        if Act.DELIVER in self.path or Act.ISSUE in self.path:
            assert Act.DECIDE in self.path

    @invariant()
    def the_supplement_is_asked_once(self):
        assert self.path.count(Act.ASK_FOR_SUPPLEMENT) <= 1
        assert self.path.count(Act.ASK_AGAIN) <= self.path.count(Act.SUPPLEMENT)


TestWalk = Walk.TestCase
