"""What may be done to a card, a complaint and a finding: one table each; no pair, no act."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from openhall.supervision.terms import (
    CardAct,
    CardState,
    ComplaintAct,
    ComplaintState,
    IssueAct,
    IssueState,
)

C, D = CardState, CardAct
CARDS: Final[Mapping[tuple[CardState, CardAct], CardState]] = MappingProxyType(
    {
        (C.RAISED, D.EXPLAIN): C.EXPLAINED,
        (C.RAISED, D.OBJECT): C.OBJECTED,
        (C.RAISED, D.ESCALATE): C.ESCALATED,
        (C.RAISED, D.CLOSE): C.CLOSED,  # a yellow card whose case was closed in time
        (C.EXPLAINED, D.OBJECT): C.OBJECTED,
        (C.EXPLAINED, D.UPHOLD): C.UPHELD,
        (C.EXPLAINED, D.WITHDRAW): C.WITHDRAWN,
        (C.OBJECTED, D.UPHOLD): C.UPHELD,
        (C.OBJECTED, D.WITHDRAW): C.WITHDRAWN,
        (C.ESCALATED, D.EXPLAIN): C.EXPLAINED,
        (C.ESCALATED, D.OBJECT): C.OBJECTED,
        (C.ESCALATED, D.UPHOLD): C.UPHELD,
        (C.ESCALATED, D.WITHDRAW): C.WITHDRAWN,
        (C.ESCALATED, D.NOTICE): C.ESCALATED,
        (C.UPHELD, D.NOTICE): C.UPHELD,
        (C.UPHELD, D.CLOSE): C.CLOSED,
    }
)

K, L = ComplaintState, ComplaintAct
COMPLAINTS: Final[Mapping[tuple[ComplaintState, ComplaintAct], ComplaintState]] = MappingProxyType(
    {
        (K.RECEIVED, L.ACCEPT): K.ACCEPTED,
        (K.RECEIVED, L.REJECT): K.REJECTED,
        (K.ACCEPTED, L.ANSWER): K.DRAFTED,
        (K.REOPENED, L.ANSWER): K.DRAFTED,
        (K.DRAFTED, L.PASS): K.ANSWERED,
        (K.DRAFTED, L.SEND_BACK): K.ACCEPTED,
        (K.ANSWERED, L.CONFIRM): K.SATISFIED,
        (K.ANSWERED, L.REOPEN): K.REOPENED,
        (K.ANSWERED, L.TIME_OUT): K.UNCONFIRMED,
    }
)

F, J = IssueState, IssueAct
ISSUES: Final[Mapping[tuple[IssueState, IssueAct], IssueState]] = MappingProxyType(
    {
        (F.OPEN, J.ACCEPT): F.ACCEPTED,
        (F.ACCEPTED, J.START): F.IN_PROGRESS,
        (F.IN_PROGRESS, J.SUBMIT): F.SUBMITTED,
        (F.RETURNED, J.SUBMIT): F.SUBMITTED,
        (F.SUBMITTED, J.RETURN): F.RETURNED,
        (F.SUBMITTED, J.VERIFY): F.VERIFIED,
        (F.VERIFIED, J.CLOSE): F.CLOSED,
        (F.OPEN, J.ESCALATE): F.OPEN,
        (F.ACCEPTED, J.ESCALATE): F.ACCEPTED,
        (F.IN_PROGRESS, J.ESCALATE): F.IN_PROGRESS,
        (F.RETURNED, J.ESCALATE): F.RETURNED,
    }
)
