"""The units of a joint case as the rules see them."""

from collections.abc import Iterable, Sequence

from django.utils import timezone

from openhall.cases.terms import Outcome, Stage
from openhall.joint.models import DeemedConsent, JointCase, JointTask
from openhall.joint.rules.handling import Asked, Policy, Whole
from openhall.joint.terms import JointMode

NEVER_DECIDED = frozenset({Outcome.WITHDRAWN, Outcome.LAPSED})


def asked_of(task: JointTask) -> Asked:
    """One unit's task as a value; its due day is the later of its own and its case's clock.

    A suspension told in writing is a stated reason, and so is a leg with the superior organ.
    """
    case = task.case
    due = task.due_on
    if due is not None and case.promise_due is not None and case.closed_at is None:
        due = max(due, case.promise_due)
    decided = case.decided_at is not None
    return Asked(
        unit=task.organ.name,
        signed_on=timezone.localtime(task.signed_at).date() if task.signed_at else None,
        due=due,
        opinion=task.opinion,
        deemed=bool(task.deemed),
        excused=case.suspended_since is not None or case.stage == Stage.FORWARDED,
        over=case.closed_at is not None and not decided,
        decided=decided,
        reasons_due=task.reasons_due,
        reasons_on=timezone.localtime(task.reasons_at).date() if task.reasons_at else None,
    )


def whole_of(joint: JointCase, tasks: Sequence[JointTask], *, held: bool) -> Whole:
    """The whole matter as a value; ``held``: a meeting was held."""
    return Whole(
        accepted=joint.accepted_at is not None,
        closed=joint.closed_at is not None,
        concluded=joint.concluded_at is not None,
        asked=any(task.case.stage == Stage.SUPPLEMENT_ASKED for task in tasks),
        meeting=joint.version.mode == JointMode.MEETING,
        held=held,
        units=tuple(asked_of(task) for task in tasks),
    )


def policies(rows: Iterable[DeemedConsent] | None = None) -> list[Policy]:
    """Every row of the switch, as values."""
    found = DeemedConsent.objects.all() if rows is None else rows
    return [Policy(one.basis, one.since, one.until) for one in found]
