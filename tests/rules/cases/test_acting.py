"""行政许可法 29: an agent may apply, who is who the authorisation says and within its term."""

from dataclasses import replace
from datetime import date

import pytest

from openhall.applying.rules.keeping import removed_on, warning_of
from openhall.applying.rules.signing import digest_of
from openhall.cases.rules.acting import Agent, fault_of_agent, needs_authorisation
from openhall.cases.terms import ActingFor, NoticeTo

TODAY = date(2026, 11, 25)
WANG, LI = "11010519491231002X", "510104199001010019"
AGENT = Agent(ActingFor.PERSON, "李明", "11010519491231002X", "13800000000", "申领、补正、领取")


def test_an_agent_in_order_has_no_fault_and_nobody_needs_one_for_himself():
    assert fault_of_agent(AGENT, LI, TODAY) is None
    assert fault_of_agent(Agent(ActingFor.SELF), LI, TODAY) is None


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " "}, "agent_name"),
        ({"number": "110105194912310021"}, "agent_number"),
        ({"signed_in_as": LI}, "agent_number"),
        ({"scope": ""}, "scope"),
        ({"until": date(2026, 11, 24)}, "until"),
        ({"phone": "", "notices_to": NoticeTo.AGENT}, "agent_phone"),
    ],
)
def test_each_fault_stands_beside_its_field(change, field):
    assert fault_of_agent(replace(AGENT, **change), LI, TODAY)[0] == field


def test_nobody_is_his_own_agent():
    assert "同一人" in str(fault_of_agent(AGENT, AGENT.number, TODAY)[1])


def test_an_authorisation_is_asked_for_unless_the_city_holds_it():
    assert needs_authorisation(ActingFor.PERSON, on_record=True)
    assert needs_authorisation(ActingFor.COMPANY, on_record=False)
    assert not needs_authorisation(ActingFor.COMPANY, on_record=True)
    assert not needs_authorisation(ActingFor.SELF, on_record=False)


def test_a_draft_is_kept_its_days_and_the_last_fortnight_says_so():
    saved = date(2026, 6, 1)
    assert removed_on(saved, 180) == date(2026, 11, 28)
    assert warning_of(saved, 180, date(2026, 11, 13)) is None
    assert "2026年11月28日清除" in str(warning_of(saved, 180, date(2026, 11, 14)))


def test_any_change_of_what_is_signed_changes_the_digest_and_nothing_else_does():
    said = {"party": {"name": "王芳"}, "answers": {"place": "锦江区"}}
    papers = [("id", "a" * 64), ("form", "b" * 64)]
    first = digest_of(1, said, papers)
    assert digest_of(1, said | {"left": 1}, papers[::-1]) == first
    assert digest_of(2, said, papers) != first
    assert digest_of(1, said, papers[:1]) != first
    assert digest_of(1, said | {"answers": {"place": "青羊区"}}, papers) != first
