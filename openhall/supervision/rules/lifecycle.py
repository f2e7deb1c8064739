"""What may be done to a card, a complaint and a finding: one table each; no pair, no act."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, TypeVar

from openhall.glossary import Said, Term
from openhall.supervision.terms import (
    CardAct,
    CardState,
    ComplaintAct,
    ComplaintState,
    IssueAct,
    IssueState,
)

S = TypeVar("S", bound=Term)
A = TypeVar("A", bound=Term)

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


@dataclass(frozen=True, slots=True)
class NoSuchStep(Exception):
    """The act has no place at this state; says what may be done instead."""

    state: Term
    act: Term
    instead: tuple[Term, ...]

    @property
    def said(self) -> Said:
        may = "、".join(act.zh for act in self.instead) or "无"
        now = "; ".join(act.en for act in self.instead) or "nothing"
        return Said(
            f"“{self.state.zh}”时不能“{self.act.zh}”。现在可以：{may}。请刷新页面后再操作。",
            f"“{self.act.en}” is not possible while it stands at “{self.state.en}”. "
            f"Possible now: {now}. Reload the page, then act.",
        )

    def __str__(self) -> str:
        return self.said.zh


def acts_at(table: Mapping[tuple[S, A], S], state: S) -> tuple[A, ...]:
    """Every act the table allows at ``state``, in its order."""
    return tuple(act for (at, act) in table if at == state)


def lead(table: Mapping[tuple[S, A], S], state: S, act: A) -> S:
    """Where ``act`` leads from ``state``; raises :class:`NoSuchStep` outside the table."""
    found = table.get((state, act))
    if found is None:
        raise NoSuchStep(state, act, tuple(may for (at, may) in table if at == state))
    return found
