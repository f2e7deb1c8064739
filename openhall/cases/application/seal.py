"""The mark of an application: who applies, what was answered and what was sent along."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from openhall.cases.models import Case
from openhall.cases.rules.applied import digest_of

PARTY: Final = (
    "applicant_kind",
    "applicant_name",
    "identity_kind",
    "identity_number",
    "phone",
    "address",
    "agent_name",
    "agent_number",
)


@dataclass(frozen=True, slots=True)
class Enclosed:
    """What comes with the answers, as the receipt lists it: papers had, originals still to show."""

    had: Sequence[str] = ()
    to_show: Sequence[str] = ()


NOTHING: Final = Enclosed()


def seal_of(case: Case, papers: Sequence[Sequence[str]], answers: str | None = None) -> str:
    """The digest of the form as it was sent; ``answers``: those sent, where they changed since."""
    return digest_of(
        case.item.code,
        case.item_version.number,
        {name: str(getattr(case, name)) for name in PARTY},
        case.answers if answers is None else answers,
        papers,
    )
