"""A case is what its events say: fold them and compare with what is stored. A5."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from openhall.cases.rules.lifecycle import ENDED, lead
from openhall.cases.terms import Act, Stage


@dataclass(frozen=True, slots=True)
class Happened:
    """One event as the fold reads it; ``by`` is the acting account, ``to`` who receives."""

    act: Act
    at: datetime
    stage: Stage
    by: int | None = None
    to: int | None = None


@dataclass(frozen=True, slots=True)
class State:
    """What a case is after its events."""

    stage: Stage | None = None
    received_at: datetime | None = None
    accepted_at: datetime | None = None
    decided_at: datetime | None = None
    closed_at: datetime | None = None
    delivered_at: datetime | None = None
    intake: int | None = None
    handler: int | None = None
    decider: int | None = None


def step(state: State, event: Happened) -> State:
    """``state`` after ``event``; raises ``NotInTheTable`` for an act that has no place."""
    stage = lead(state.stage, event.act, event.stage)
    state = replace(state, stage=stage)
    if event.act == Act.SUBMIT:
        state = replace(state, received_at=event.at)
    elif event.act in (Act.ACCEPT, Act.ACCEPT_AT_ONCE):
        state = replace(state, accepted_at=event.at, intake=event.by)
    elif event.act == Act.DEEM_ACCEPTED:
        state = replace(state, accepted_at=state.received_at)
    elif event.act == Act.DECLINE:
        state = replace(state, intake=event.by)
    elif event.act == Act.HAND_OVER:
        state = replace(state, handler=event.to, intake=state.intake or event.by)
    elif event.act == Act.REASSIGN:
        state = replace(state, handler=event.to)
    elif event.act == Act.DECIDE:
        state = replace(state, decided_at=event.at, closed_at=event.at, decider=event.by)
    elif event.act == Act.DELIVER:
        state = replace(state, delivered_at=event.at)
    if stage in ENDED and state.closed_at is None:
        state = replace(state, closed_at=event.at)
    return state


def replay(events: Iterable[Happened]) -> State:
    """Fold ``events``, in order."""
    state = State()
    for event in events:
        state = step(state, event)
    return state
