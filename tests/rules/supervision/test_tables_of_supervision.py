"""The three tables of supervision written down a second time: a line struck out is noticed."""

import pytest

from openhall.deeds.rules.tables import NoSuchStep, acts_at, lead
from openhall.supervision.rules import lifecycle
from openhall.supervision.terms import CardAct, CardState

TABLES = {
    "CARDS": {
        "raised": "explain:explained object:objected escalate:escalated close:closed",
        "explained": "object:objected uphold:upheld withdraw:withdrawn",
        "objected": "uphold:upheld withdraw:withdrawn",
        "escalated": "explain:explained object:objected uphold:upheld withdraw:withdrawn"
        " notice:escalated",
        "upheld": "notice:upheld close:closed",
    },
    "COMPLAINTS": {
        "received": "accept:accepted reject:rejected",
        "accepted": "answer:drafted",
        "reopened": "answer:drafted",
        "drafted": "pass:answered send_back:accepted",
        "answered": "confirm:satisfied reopen:reopened time_out:unconfirmed",
    },
    "ISSUES": {
        "open": "accept:accepted escalate:open",
        "accepted": "start:in_progress escalate:accepted",
        "in_progress": "submit:submitted escalate:in_progress",
        "returned": "submit:submitted escalate:returned",
        "submitted": "return:returned verify:verified",
        "verified": "close:closed",
    },
}


@pytest.mark.parametrize("name", TABLES)
def test_each_state_has_exactly_these_acts_and_they_lead_exactly_there(name):
    found: dict[str, set[str]] = {}
    for (state, act), to in getattr(lifecycle, name).items():
        found.setdefault(state.value, set()).add(f"{act.value}:{to.value}")
        assert act in acts_at(getattr(lifecycle, name), state)
    assert found == {state: set(acts.split()) for state, acts in TABLES[name].items()}


def test_a_step_outside_the_table_says_what_may_be_done_instead():
    with pytest.raises(NoSuchStep) as refused:
        lead(lifecycle.CARDS, CardState.UPHELD, CardAct.EXPLAIN)
    assert "现在可以：发督办文书、了结。" in str(refused.value)
    with pytest.raises(NoSuchStep) as ended:
        lead(lifecycle.CARDS, CardState.CLOSED, CardAct.EXPLAIN)
    assert "现在可以：无。" in str(ended.value)
