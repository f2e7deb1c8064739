"""Who applies for whom, and whether the agent is who the authorisation says. 行政许可法 29."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from openhall.cases.terms import ActingFor, NoticeTo
from openhall.glossary import Said
from openhall.organs.rules.identity import fault_of_person, personal

AUTHORISATION: Final = "authorisation"  # the key of the material that every agent must bring
LETTERS: Final = frozenset(  # under which keys the guides of the library ask for the same letter
    {AUTHORISATION, "authority", "power-of-attorney", "agent-papers"}
)


@dataclass(frozen=True, slots=True)
class Agent:
    """What was said of who acts: ``signed_in_as`` is the number of the account, if known."""

    kind: ActingFor
    name: str = ""
    number: str = ""
    phone: str = ""
    scope: str = ""
    until: date | None = None
    notices_to: NoticeTo = NoticeTo.APPLICANT
    signed_in_as: str = ""
    identity: str = ""  # code of the kind of document; empty: the form of the number says it


def needs_authorisation(kind: ActingFor, *, on_record: bool) -> bool:
    """Whether an authorisation document is a required material.

    ``on_record``: the city already holds this person as the company's representative or agent.
    """
    return kind == ActingFor.PERSON or (kind == ActingFor.COMPANY and not on_record)


def fault_of_agent(agent: Agent, applicant_number: str, day: date) -> tuple[str, Said] | None:
    """The field and the sentence of what is wrong with the agent on ``day``; None if nothing."""
    if agent.kind == ActingFor.SELF:
        return None
    if not agent.name.strip():
        return "agent_name", Said("请填写代理人（经办人）姓名。", "Give the name of the agent.")
    if fault := fault_of_person(agent.number, day, personal(agent.identity, agent.number)):
        return "agent_number", fault
    if agent.number == applicant_number:
        return "agent_number", Said(
            "代理人不能与申请人是同一人。为本人申请时请选择“为本人申请”。",
            "The agent cannot be the applicant. To apply for yourself, choose “For myself”.",
        )
    if agent.signed_in_as and agent.number != agent.signed_in_as:
        return (
            "agent_number",
            Said(
                "代理人的身份证号与登录账号不一致。请由代理人本人登录办理（行政许可法 29）。",
                "The agent's identity number is not that of the account signed in. Let "
                "the agent sign in in person (Administrative Licensing Law, art. 29).",
            ),
        )
    if agent.kind == ActingFor.PERSON and not agent.scope.strip():
        return "scope", Said(
            "请写明委托事项和权限，应与授权委托书一致。",
            "Say what is entrusted and with which powers, as in the authorisation.",
        )
    if agent.until is not None and agent.until < day:
        return "until", Said(
            f"委托期限已于{agent.until:%Y-%m-%d}届满，请提供有效的授权委托书。",
            f"The authorisation ended on {agent.until:%Y-%m-%d}. Bring one that is in force.",
        )
    if agent.notices_to == NoticeTo.AGENT and not agent.phone.strip():
        return "agent_phone", Said(
            "请填写代理人的联系电话，通知将发给代理人。",
            "Give the agent's telephone number: notices go to the agent.",
        )
    return None
