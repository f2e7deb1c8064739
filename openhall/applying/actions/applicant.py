"""The applicant as typed, read into what the act of submitting takes."""

from collections.abc import Mapping
from typing import Any

from openhall.cases.actions.intake import Party
from openhall.cases.terms import ActingFor, ApplicantKind
from openhall.organs.rules.identity import document_number, personal, phone_of
from openhall.organs.terms import IdentityKind


def party_of(content: Mapping[str, Any]) -> Party:
    """The applicant as typed into a draft; the agent only where somebody acts for the applicant."""
    said = content.get("party", {})
    acting = said.get("acting") or ""
    kind = ApplicantKind(said.get("kind") or ApplicantKind.PERSON)
    if acting == ActingFor.COMPANY.value:
        kind = ApplicantKind.COMPANY
    company = kind == ApplicantKind.COMPANY
    by_agent = company or acting == ActingFor.PERSON.value
    agent_number = document_number(said.get("agent_number", "")) if by_agent else ""
    return Party(
        kind=kind,
        name=str(said.get("name", "")).strip(),
        identity=IdentityKind.CREDIT_CODE if company else _identity(said),
        number=document_number(said.get("number", "")),
        phone=_phone(said),
        address=str(said.get("address", "")).strip(),
        agent_name=str(said.get("agent_name", "")).strip() if by_agent else "",
        agent_number=agent_number,
        agent_identity=personal(said.get("agent_identity"), agent_number) if by_agent else None,
    )


def _identity(said: Mapping[str, Any]) -> IdentityKind:
    kind = str(said.get("identity") or "")
    return IdentityKind(kind) if kind in IdentityKind.codes() else IdentityKind.RESIDENT_ID


def _phone(said: Mapping[str, Any]) -> str:
    """The number as it is kept; what is none stays as typed, for the act to refuse."""
    typed = str(said.get("phone") or "").strip()
    return phone_of(typed) or typed
