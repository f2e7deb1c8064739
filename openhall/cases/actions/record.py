"""The one way a case changes: state, event, ledger entry and rollup in one transaction. A5.

An act reads the case under lock, asks permission and rules, then calls :func:`record`. A repeated
key answers with what the first deed did and does nothing.
"""

from collections.abc import Mapping
from typing import Any, cast

from django.utils import timezone

from openhall.cases.actions.load import move
from openhall.cases.actions.rooms_above import follow_up
from openhall.cases.actions.steps import follow
from openhall.cases.actions.telling import RECENT, tell
from openhall.cases.kinds import CASE
from openhall.cases.models import Case, CaseEvent
from openhall.cases.rules.lifecycle import NotInTheTable, lead
from openhall.cases.rules.load import slot
from openhall.cases.rules.separation import HANDLING_ACTS
from openhall.cases.terms import Act, Stage
from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.deeds.writer import locked, write


def held(case_id: int, *, seen: int | None = None) -> Case:
    """The case under lock. With ``seen`` (the seq of the page), refuses if it moved since."""
    case: Case = locked(CASE, case_id, seen=seen)
    return case


def stage_after(case: Case, act: Act, to: Stage | None = None) -> Stage:
    """Where ``act`` leads; a pair outside the table becomes a refusal people can read."""
    try:
        return lead(Stage(case.stage), act, to)
    except NotInTheTable as error:
        raise Refused(error.said) from error


def record(
    case: Case,
    act: Act,
    doing: Doing,
    *,
    stage: Stage,
    changes: Mapping[str, Any],
    facts: Mapping[str, Any] | None = None,
    detail: Mapping[str, str] | None = None,
) -> CaseEvent:
    """Write one act. ``facts`` are public; ``detail`` is private and only committed to."""
    public, private = dict(facts or {}), dict(detail or {})
    if act in HANDLING_ACTS and doing.actor is not None and case.handler_id != doing.actor.pk:
        public["stand_in"] = True  # a colleague of the same desk acts for the handler who is away
        private["in_place_of"] = str(case.handler)
    before = None if act == Act.SUBMIT else slot(case)  # where the board counts it until now
    event = write(
        CASE,
        case,
        act,
        doing,
        changes={"stage": stage.value, **changes},
        facts=public,
        detail=private,
        stage=stage.value,
    )
    move(before, slot(case))
    follow(case, act, doing.day, doing.actor)
    if doing.entered is None or timezone.now() - doing.at <= RECENT:
        tell(case, act, event.facts, doing.key)
    follow_up(case, act, doing)
    return cast(CaseEvent, event)
