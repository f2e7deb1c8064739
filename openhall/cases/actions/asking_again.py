"""准许再次告知: a second supplement notice is blocked but for new facts, by the head. 32(4), 72.

The statute knows one notice. Where facts appeared that nobody could have named the first time, the
head of the organ permits a second and last one, in writing; supervision reads it from the event of
that notice and raises its card (不一次告知).
"""

import json
from dataclasses import dataclass

from openhall.cases.actions.intake import REASON_AT_LEAST
from openhall.cases.actions.record import Doing, record, stage_after
from openhall.cases.kinds import CASE
from openhall.cases.models import Case, CaseEvent, Supplement
from openhall.cases.permissions import may_allow_again
from openhall.cases.terms import Act
from openhall.deeds.refusals import Refused
from openhall.deeds.writer import deed
from openhall.glossary import Said
from openhall.organs.models import Account
from openhall.paging.typed import visible


@dataclass(frozen=True, slots=True)
class Permission:
    """Who permitted a second notice, and for which new facts."""

    by: Account
    new_facts: str


def _permitted(case: Case) -> CaseEvent | None:
    return CaseEvent.objects.filter(case=case, act=Act.ALLOW_AGAIN.value).first()


@deed(CASE, Act.ALLOW_AGAIN)
def allow_again(case: Case, new_facts: str, doing: Doing) -> CaseEvent:
    """Permit the window one more notice, for facts that appeared after the first."""
    day = doing.day
    if doing.actor is None or not may_allow_again(doing.actor, case, day):
        raise Refused(
            Said(
                "只有本机关负责人（且不在窗口任职）可以准许再次告知补正（行政许可法 32（4））。",
                "Only the head of this organ, who has no seat at the window, may allow a "
                "second notice (Administrative Licensing Law, art. 32(4)).",
            )
        )
    stage = stage_after(case, Act.ALLOW_AGAIN)
    if _permitted(case) is not None:
        raise Refused(
            Said(
                "本件已准许过再次告知，不得再准许（行政许可法 32（4））。请受理或不予受理。",
                "A second notice was allowed once and is not allowed again "
                "(Administrative Licensing Law, art. 32(4)). Accept the application or "
                "decline it.",
            )
        )
    if visible(new_facts) < REASON_AT_LEAST:
        raise Refused(
            Said(
                "请写明首次告知后才出现的新的事实（不少于10个字）；首次能够告知而没有告知的，应当受理。",
                "Say which new fact came up after the first notice (at least 10 "
                "characters); what could have been told then and was not is accepted.",
            ),
            "new_facts",
        )
    return record(
        case,
        Act.ALLOW_AGAIN,
        doing,
        stage=stage,
        changes={},
        detail={"new_facts": new_facts.strip()},
    )


def permission_to_ask(case: Case) -> Permission:
    """The unspent permission of a second notice; refused where there is none."""
    permitted = _permitted(case)
    if permitted is None:
        raise Refused(
            Said(
                "没有本机关负责人的准许，不得再次告知补正（一次告知，行政许可法 32（4））。"
                "请受理或不予受理。",
                "A second notice needs the leave of the head of this organ (everything is "
                "asked once, Administrative Licensing Law, art. 32(4)). Accept the "
                "application or decline it.",
            )
        )
    if Supplement.objects.filter(case=case).count() > 1:
        raise Refused(
            Said(
                "本件已再次告知过补正，不得第三次告知（行政许可法 32（4））。请受理或不予受理。",
                "A second notice was given; there is no third (Administrative Licensing "
                "Law, art. 32(4)). Accept the application or decline it.",
            )
        )
    assert permitted.actor is not None  # the head
    return Permission(permitted.actor, json.loads(permitted.detail)["new_facts"])


def may_be_asked_again(case: Case) -> bool:
    """Whether the window may give a notice that was permitted and not given yet."""
    return _permitted(case) is not None and Supplement.objects.filter(case=case).count() == 1
