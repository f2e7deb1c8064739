"""The units of a joint case, as the rules, the papers and the pages see them."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from openhall.cases.models import Case
from openhall.cases.terms import Stage
from openhall.catalogue.queries import tariffs_in_force
from openhall.joint.models import DeemedConsent, JointCase, JointTask
from openhall.joint.rules import words
from openhall.joint.rules.handling import Asked, Policy, Whole
from openhall.joint.terms import JointMode
from openhall.versions.terms import PUBLIC


def tasks_of(joint: JointCase) -> list[JointTask]:
    """Every unit's task, in the order of the matter, with its case."""
    rows = JointTask.objects.filter(joint=joint).select_related(
        "organ", "case__organ", "case__item", "case__item_version", "case__payment"
    )
    return list(rows.order_by("position"))


def lead_case(joint: JointCase, tasks: list[JointTask]) -> Case:
    """The case on which the papers of the whole stand: the lead's own part, else the first."""
    mine = [task.case for task in tasks if task.organ_id == joint.lead_id]
    return (mine or [task.case for task in tasks])[0]


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


def owing(tasks: Sequence[JointTask], day: date) -> tuple[list[Case], int]:
    """The granted parts that charge a fee on ``day``, and how many such parts are undecided."""
    charging = [one.case for one in tasks if tariffs_in_force(one.case.item_id, day).exists()]
    ready = [case for case in charging if case.stage == Stage.GRANTED]
    open_ = [case for case in charging if case.decided_at is None and case.closed_at is None]
    return ready, len(open_)


def policies() -> list[Policy]:
    """Every row of the switch that was published, as values."""
    rows = DeemedConsent.objects.filter(state__in=PUBLIC)
    return [
        Policy(basis, since, until)
        for basis, since, until in rows.values_list("basis", "effective_from", "effective_until")
        if since is not None
    ]


def parts_of(tasks: Sequence[JointTask]) -> list[words.Part]:
    """The approvals as the papers list them."""
    return [
        words.Part(
            task.case.item_version.name,
            task.organ.name,
            task.case.number,
            task.limit_days,
            task.due_on,
        )
        for task in tasks
    ]


def fees_of(tasks: Sequence[JointTask], day: date) -> list[words.Fee]:
    """What all units charge, from the tariffs in force on ``day``."""
    return [
        words.Fee(
            task.case.item_version.name,
            task.organ.name,
            one.name,
            one.basis,
            one.amount,
            one.unit,
        )
        for task in tasks
        for one in tariffs_in_force(task.case.item_id, day)
    ]
