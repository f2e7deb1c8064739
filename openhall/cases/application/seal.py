"""The mark of an application: who applies, what was answered and what was sent along."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from openhall.cases.models import Case
from openhall.cases.rules.applied import digest_of
from openhall.files.models import Upload

PARTY: Final = (
    "applicant_kind",
    "applicant_name",
    "identity_kind",
    "identity_number",
    "phone",
    "address",
    "agent_name",
    "agent_identity",
    "agent_number",
)


@dataclass(frozen=True, slots=True)
class Enclosed:
    """What comes with the answers, as the receipt lists it: papers had, originals still to show."""

    had: Sequence[str] = ()
    to_show: Sequence[str] = ()


NOTHING: Final = Enclosed()


def sealed_papers(uploads: Iterable[Upload]) -> str:
    """Material and SHA-256 of each file, as the deed that sends them commits to them."""
    return json.dumps(sorted([one.material, one.sha256] for one in uploads))


def seal_of(case: Case, papers: Sequence[Sequence[str]], answers: str | None = None) -> str:
    """The digest of the form as it was sent; ``answers``: those sent, where they changed since."""
    return digest_of(
        case.item.code,
        case.item_version.number,
        {name: str(getattr(case, name)) for name in PARTY},
        case.answers if answers is None else answers,
        papers,
    )
