"""What may be done to a question and to a call: one table each; no pair, no act."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from openhall.deeds.rules.tables import acts_at
from openhall.enquiries.terms import CallAct, CallState, EnquiryAct, EnquiryKind, EnquiryState

S, A = EnquiryState, EnquiryAct
ENQUIRIES: Final[Mapping[tuple[EnquiryState, EnquiryAct], EnquiryState]] = MappingProxyType(
    {
        (S.TO_ASSIGN, A.ASSIGN): S.WITH_UNIT,
        (S.TO_ASSIGN, A.CLOSE): S.CLOSED,
        (S.TO_ASSIGN, A.WITHDRAW): S.WITHDRAWN,
        (S.WITH_UNIT, A.TRANSFER): S.WITH_UNIT,
        (S.WITH_UNIT, A.REFER): S.TO_ASSIGN,
        (S.WITH_UNIT, A.ASK_TO_CLARIFY): S.TO_CLARIFY,
        (S.WITH_UNIT, A.DRAFT): S.DRAFTED,
        (S.WITH_UNIT, A.CLOSE): S.CLOSED,
        (S.WITH_UNIT, A.WITHDRAW): S.WITHDRAWN,
        (S.TO_CLARIFY, A.CLARIFY): S.WITH_UNIT,
        (S.TO_CLARIFY, A.LAPSE): S.LAPSED,
        (S.TO_CLARIFY, A.WITHDRAW): S.WITHDRAWN,
        (S.DRAFTED, A.SEND): S.ANSWERED,
        (S.DRAFTED, A.SEND_BACK): S.WITH_UNIT,
        (S.DRAFTED, A.WITHDRAW): S.WITHDRAWN,
        (S.ANSWERED, A.FIND_HELPFUL): S.ANSWERED,
        (S.ANSWERED, A.PUBLISH): S.ANSWERED,
        (S.ANSWERED, A.TAKE_DOWN): S.ANSWERED,
    }
)
OPEN: Final = (S.TO_ASSIGN, S.WITH_UNIT, S.DRAFTED)  # the unit owes something: its clock runs
ENDED: Final = (S.ANSWERED, S.CLOSED, S.WITHDRAWN, S.LAPSED)
# An opinion belongs to the unit that asked for it, and is not asked about.
NOT_OF_OPINIONS: Final = frozenset({A.ASSIGN, A.TRANSFER, A.REFER, A.ASK_TO_CLARIFY, A.CLARIFY})

C, D = CallState, CallAct
CALLS: Final[Mapping[tuple[CallState, CallAct], CallState]] = MappingProxyType(
    {
        (C.DRAFT, D.REWRITE): C.REVIEW,
        (C.DRAFT, D.DROP): C.DROPPED,
        (C.REVIEW, D.SEND_BACK): C.DRAFT,
        (C.REVIEW, D.ANNOUNCE): C.ANNOUNCED,
        (C.ANNOUNCED, D.PROLONG): C.ANNOUNCED,
        (C.ANNOUNCED, D.DRAFT_REPORT): C.REPORT_DRAFTED,
        (C.REPORT_DRAFTED, D.RETURN_REPORT): C.ANNOUNCED,
        (C.REPORT_DRAFTED, D.REPORT): C.REPORTED,
    }
)


def acts_on(kind: EnquiryKind, state: EnquiryState) -> set[EnquiryAct]:
    """What may be done to a question of ``kind`` at ``state``."""
    found = set(acts_at(ENQUIRIES, state))
    return found - NOT_OF_OPINIONS if kind == EnquiryKind.OPINION else found
