"""Where each act leads, and what is counted of a call: pure, without a database."""

from datetime import date

import pytest

from openhall.deeds.rules.tables import NoSuchStep, lead
from openhall.enquiries.rules.calling import counted, faults_of_call
from openhall.enquiries.rules.lifecycle import (
    CALLS,
    ENDED,
    ENQUIRIES,
    NOT_OF_OPINIONS,
    OPEN,
    acts_on,
)
from openhall.enquiries.rules.limits import in_time
from openhall.enquiries.terms import (
    CallAct,
    CallState,
    EnquiryAct,
    EnquiryKind,
    EnquiryState,
)

A, S = EnquiryAct, EnquiryState


def test_every_state_ends_or_leads_on_and_every_act_is_in_the_table():
    acts = {act for _state, act in ENQUIRIES}
    assert acts == set(A) - {A.ASK, A.FORGET}
    assert {act for _state, act in CALLS} == set(CallAct) - {CallAct.BEGIN}
    for state in S:
        assert acts_on(EnquiryKind.CONSULTATION, state) or state in ENDED
    assert set(OPEN) | set(ENDED) | {S.TO_CLARIFY} == set(S)


def test_an_opinion_is_not_handed_on_nor_asked_about():
    for state in S:
        assert not acts_on(EnquiryKind.OPINION, state) & NOT_OF_OPINIONS


@pytest.mark.parametrize(("state", "act"), [(S.ANSWERED, A.DRAFT), (S.CLOSED, A.SEND)])
def test_a_pair_outside_the_table_is_refused_in_both_languages(state, act):
    with pytest.raises(NoSuchStep) as refused:
        lead(ENQUIRIES, state, act)
    assert state.zh in refused.value.said.zh
    assert act.en in refused.value.said.en


def test_the_last_day_is_in_time():
    assert in_time(date(2026, 11, 9), date(2026, 11, 9))
    assert not in_time(date(2026, 11, 9), date(2026, 11, 10))


@pytest.mark.parametrize(
    ("until", "urgent", "wrong"),
    [
        (date(2026, 12, 2), "", []),
        (date(2026, 11, 30), "", ["until"]),
        (date(2026, 11, 30), "汛期临近，须在十二月前决定。", []),
        (date(2026, 11, 8), "汛期临近，须在十二月前决定。", ["until"]),
    ],
)
def test_a_call_is_open_for_thirty_days_or_says_why_not(until, urgent, wrong):
    words = ("关于窗口服务时间的意见征集", "正文" * 30, "由局务会决定")
    faults = faults_of_call(*words, date(2026, 11, 2), until, 30, urgent)
    assert [field for field, _said in faults] == wrong


def test_what_was_withdrawn_counts_nowhere_and_late_ones_are_told_apart():
    rows = [
        {"state": "answered", "late": False, "stance": "for", "taken": "wholly"},
        {"state": "answered", "late": True, "stance": "none", "taken": "not"},
        {"state": "closed", "late": False, "stance": "against", "taken": ""},
        {"state": "withdrawn", "late": False, "stance": "for", "taken": ""},
    ]
    told = counted(rows)
    assert (told["opinions"], told["in_time"], told["late"], told["closed"]) == (3, 2, 1, 1)
    assert told["stances"] == {"none": 1, "for": 1, "changed": 0, "against": 0}
    assert sum(told["taken"].values()) == 2


def test_an_announced_call_is_never_taken_back():
    assert all(
        to not in (CallState.DRAFT, CallState.DROPPED)
        for (at, _act), to in CALLS.items()
        if at == CallState.ANNOUNCED
    )
