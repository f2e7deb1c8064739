"""What was typed into an application, read once: who applies, for whom, the answers, the parts."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from openhall.cases.rules.acting import Agent
from openhall.cases.terms import ActingFor, ApplicantKind, NoticeTo
from openhall.organs.rules.identity import document_number, phone_of

NUMBERS: Final = frozenset({"number", "agent_number"})
PHONES: Final = frozenset({"phone", "agent_phone"})


@dataclass(frozen=True, slots=True)
class Written:
    """``said`` as the draft keeps it: party, answers, parts chosen, papers spared, and the rest."""

    said: Mapping[str, Any]

    @property
    def party(self) -> dict[str, Any]:
        """Who applies and who acts: numbers as they will be kept, words to the letter."""
        said = dict(self.said.get("party", {}))
        for name in NUMBERS & said.keys():
            said[name] = document_number(said[name])
        for name in PHONES & said.keys():
            said[name] = phone_of(said[name]) or said[name]  # what is none is shown as it is
        return said

    @property
    def answers(self) -> dict[str, Any]:
        """What was answered on the form of all parts, right or wrong."""
        return dict(self.said.get("answers", {}))

    @property
    def chosen(self) -> list[str]:
        """The items that the applicant added by choice."""
        return list(self.said.get("chosen", []))

    @property
    def spared(self) -> Mapping[str, Any]:
        """The papers that a published question guide told the applicant not to bring. B7."""
        spared: Mapping[str, Any] = self.said.get("checklist", {}).get("spared", {})
        return spared

    @property
    def begun_on(self) -> int:
        """The version of the guide it was begun on, where that is another than the present one."""
        return int(self.said.get("begun_on", 0))

    @property
    def acting(self) -> ActingFor:
        """For whom it is made; for oneself where nothing was said."""
        chosen = self.party.get("acting", "")
        return ActingFor(chosen) if chosen in ActingFor.codes() else ActingFor.SELF

    @property
    def is_body(self) -> bool:
        """Whether a company or another body applies, however that was said."""
        company = ApplicantKind.COMPANY.value
        return self.acting == ActingFor.COMPANY or self.party.get("kind") == company

    @property
    def number(self) -> str:
        """The applicant's number as it is kept."""
        return document_number(self.party.get("number", ""))

    def agent(self, signed_in_as: str) -> Agent:
        """The agent as typed, beside who is signed in."""
        said = self.party
        to = str(said.get("notices_to", ""))
        return Agent(
            kind=self.acting,
            name=str(said.get("agent_name", "")).strip(),
            identity=str(said.get("agent_identity") or ""),
            number=document_number(said.get("agent_number", "")),
            phone=str(said.get("agent_phone", "")).strip(),
            scope=str(said.get("scope", "")).strip(),
            until=_day(str(said.get("until", "")).strip()),
            notices_to=NoticeTo(to) if to in NoticeTo.codes() else NoticeTo.APPLICANT,
            signed_in_as=signed_in_as,
        )


def read(content: str) -> Written:
    """The content of a draft, as its column keeps it."""
    return Written(json.loads(content))


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said) if said else None
    except ValueError:
        return None
