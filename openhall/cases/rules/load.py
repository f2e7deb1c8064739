"""Where an open case is counted: what it waits for, and until which day."""

from datetime import date
from typing import Any, Final

from openhall.cases.terms import LoadKind, Stage

Slot = tuple[int, str, date]
TO_FINISH: Final = {Stage.GRANTED.value, Stage.ISSUED.value, Stage.REFUSED.value}


def slot_of(
    organ: int,
    stage: str,
    *,
    closed: bool,
    accepted: bool,
    paused: bool,
    answer_due: date | None,
    promise_due: date | None,
    delivery_due: date | None,
) -> Slot | None:
    """The row of the rollup in which such a case is counted; None where it waits for nothing."""
    if stage == Stage.SUBMITTED and answer_due is not None:
        return organ, LoadKind.ANSWER.value, answer_due
    if not closed and accepted and promise_due is not None:
        kind = LoadKind.PAUSED if paused else LoadKind.HANDLE
        return organ, kind.value, promise_due
    if stage in TO_FINISH and delivery_due is not None:
        return organ, LoadKind.DELIVER.value, delivery_due
    return None


def slot(case: Any) -> Slot | None:
    """The row in which ``case`` is counted now."""
    return slot_of(
        case.organ_id,
        case.stage,
        closed=case.closed_at is not None,
        accepted=case.accepted_at is not None,
        paused=case.suspended_since is not None,
        answer_due=case.answer_due,
        promise_due=case.promise_due,
        delivery_due=case.delivery_due,
    )
