"""Reading personal data in the clear: never by accident, always with a reason that stays."""

import base64
from typing import Final

from openhall.cases.desks.search import found
from openhall.cases.kinds import REVEAL
from openhall.cases.models import Case, Reveal
from openhall.cases.permissions import may_open
from openhall.cases.rules.searched import PERSONAL, meant_by
from openhall.cases.terms import BesideAct
from openhall.deeds.collecting import acting
from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused, kept
from openhall.deeds.writer import made_before, write
from openhall.glossary import Said
from openhall.organs.desks import Sits
from openhall.paging.typed import visible

FIELDS: Final = ("applicant_name", "identity_number", "phone", "address", "agent_name")
REASON_AT_LEAST: Final = 4  # characters


@acting()
def reveal(case: Case, reason: str, doing: Doing) -> dict[str, str]:
    """The applicant's personal data by field name; who asked, when and why is a deed.

    Raises :class:`Refused` for anyone who may not open the case, and for a reason too short.
    """
    if doing.actor is None or not may_open(doing.actor, case, doing.day):
        raise Refused(
            Said(
                "只有本件所在单位的在岗人员可以查看申请人信息（个人信息保护法 51）。",
                "Only staff on duty in the unit of this case may see the applicant's "
                "particulars (Personal Information Protection Law, art. 51).",
            )
        )
    _reasoned(reason)
    _noted(case, "applicant", reason, doing)
    return {field: getattr(case, field) for field in FIELDS if getattr(case, field)}


@acting()
def look_up(seat: Sits, typed: str, reason: str, doing: Doing) -> list[Case]:
    """The cases of this desk that ``typed`` may mean, also by a person's name, telephone or number.

    Each case that a person's data led to keeps who looked, when, by what and why, as any look at
    personal data does; what was typed is not kept. Raises :class:`Refused` for a reason too short.
    """
    _reasoned(reason)
    cases = []
    for case, by in found(seat, meant_by(typed), people=True):
        if by in PERSONAL:
            _noted(case, f"search:{by.value}", reason, doing.part(f"look-{case.pk}"))
        cases.append(case)
    return cases


def _reasoned(reason: str) -> None:
    if visible(reason) < REASON_AT_LEAST:
        raise Refused(
            Said(
                "请写明查看的理由（不少于4个字），查看会留下记录。",
                "Say why you look (at least 4 characters); each look is recorded.",
            ),
            "reason",
        )
    kept(reason, 200, "reason")


@acting()
def look_at_paper(case: Case, material: str, doing: Doing, *, shared: bool = False) -> None:
    """An official opens a paper of ``case``: an identity card tells what a name tells.

    No reason is asked, because opening the papers is the work; who did and when stays. ``shared``:
    the case's unit asked theirs for an opinion and shared this paper. Raises :class:`Refused`.
    """
    if doing.actor is None or not (shared or may_open(doing.actor, case, doing.day)):
        raise Refused(
            Said(
                "只有本件所在单位的在岗人员可以查看材料（个人信息保护法 51）。",
                "Only staff on duty in the unit of this case may open its papers (Personal "
                "Information Protection Law, art. 51).",
            )
        )
    _noted(case, "paper", f"查看材料：{material}", doing)


def _noted(case: Case, field: str, reason: str, doing: Doing) -> None:
    if made_before(REVEAL, doing, BesideAct.REVEAL, case_id=case.pk) is not None:
        return
    look = Reveal.objects.create(
        case=case,
        account=doing.actor,
        field=field,
        sealed=Reveal.locked(base64.b64decode(case.salt), reason.strip()),
        at=doing.at,
    )
    write(REVEAL, look, BesideAct.REVEAL, doing)
