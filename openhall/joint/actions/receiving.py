"""The lead receives and accepts for all units: one receipt, one acceptance. 行政许可法 26, 32.

Every act goes through the cases of all units in one transaction: they are accepted together, or
none of them is.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from openhall.cases.actions.intake import take_up
from openhall.cases.actions.papers import give
from openhall.cases.actions.record import held
from openhall.cases.actions.rooms_above import admit
from openhall.cases.application.seal import NOTHING, Enclosed, seal_of
from openhall.cases.models import Case
from openhall.cases.rules.applied import grouped
from openhall.cases.rules.clock import answer_due, is_deemed_accepted
from openhall.cases.rules.packs import pack_named, pack_on
from openhall.cases.terms import Act, Stage
from openhall.deeds.collecting import acting
from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.deeds.writer import deed, made_before, new_salt
from openhall.glossary import Said
from openhall.joint.actions.record import by_the_lead, record_joint, refuse_answered
from openhall.joint.kinds import JOINT
from openhall.joint.models import JointCase, JointEvent, JointMatterVersion, JointTask
from openhall.joint.rules import words
from openhall.joint.rules.handling import common_days, dues
from openhall.joint.terms import JointAct, JointMode
from openhall.joint.units import fees_of, lead_case, parts_of, tasks_of
from openhall.organs.models import Account
from openhall.papers.terms import PaperKind
from openhall.vault.fields import blind
from openhall.workdays.queries import calendar


@dataclass(frozen=True, slots=True)
class Sent:
    """One part as it was sent: its case, and its unit's own limit in working days."""

    case: Case
    limit_days: int


@acting()
def begin_joint(
    version: JointMatterVersion,
    code: str,
    sent: Sequence[Sent],
    account: Account | None,
    doing: Doing,
    enclosed: Enclosed = NOTHING,
) -> JointCase:
    """Bind the cases of one application together; called in the act that sends them.

    One receipt with one query code for all, by which the cases are followed already; each unit's
    case keeps its own number.
    """
    before: JointCase | None = made_before(JOINT, doing, JointAct.APPLY)
    if before is not None:
        return before
    day = doing.day
    pack = pack_on(day)
    joint = JointCase.objects.create(
        number=f"L{day:%Y%m%d}-{secrets.token_hex(4).upper()}",
        query_code=code,
        query_blind=blind(code),
        salt=new_salt(),
        version=version,
        lead=version.matter.lead,
        account=account,
        pack=pack.code,
        received_at=doing.at,
        answer_due=answer_due(day, pack, calendar()),
    )
    for position, one in enumerate(sent, start=1):
        JointTask.objects.create(
            joint=joint,
            case=one.case,
            organ=one.case.organ,
            position=position,
            limit_days=one.limit_days,
        )
    tasks = tasks_of(joint)
    carrier = lead_case(joint, tasks)
    record_joint(
        joint,
        JointAct.APPLY,
        doing,
        organ=joint.lead,
        facts={
            "version": version.number,
            "mode": version.mode,
            "parts": len(tasks),
            "cases": [task.case.number for task in tasks],
            "pack": pack.code,
        },
        told=carrier,
    )
    told = words.receipt(
        version.title,
        joint.lead.name,
        day,
        parts_of(tasks),
        joint.answer_due,
        had=[*_forms(tasks), *enclosed.had],
        to_show=enclosed.to_show,
    )
    give(carrier, PaperKind.JOINT_RECEIPT, told, doing, by=joint.lead)
    return joint


def _forms(tasks: Sequence[JointTask]) -> list[str]:
    """What was answered goes to each unit as its own form, each under its own mark."""
    told = []
    for case in (task.case for task in tasks if hasattr(task.case.item_version, "form")):
        sent = case.uploads.filter(replaced=False).values_list("material", "sha256")
        mark = grouped(seal_of(case, list(sent)))
        told.append(f"申请表（{case.item_version.name}，核对值{mark}）")
    return told


@deed(JOINT, JointAct.ACCEPT)
def accept_joint(joint: JointCase, doing: Doing) -> JointEvent:
    """统一受理: every part is accepted, the joint notice is copied, all fees are told once.

    The common limit and each unit's own run from here. 行政许可法 26, 42(2).
    """
    by_the_lead(joint, doing)
    refuse_answered(joint)
    if doing.at < joint.received_at:
        raise Refused(
            Said(
                "受理时间不能早于收件时间。请核对时间。",
                "An application cannot be accepted before it was received. Check the time.",
            ),
            "at",
        )
    day = doing.day
    for task in tasks_of(joint):
        admit(task.case.identity_number, task.case.item_id, day)
    changes: dict[str, object] = {"accepted_at": doing.at, "intake": doing.actor}
    return _take_up(joint, JointAct.ACCEPT, doing, day, changes)


@deed(JOINT, JointAct.DEEM_ACCEPT)
def deem_joint_accepted(joint: JointCase, doing: Doing) -> JointEvent:
    """Silence past the fifth working day: the whole is accepted as of receipt. 32(4)."""
    refuse_answered(joint)
    if not is_deemed_accepted(joint.answer_due, doing.day):
        raise Refused(
            Said(
                "五个工作日尚未届满，不能视为受理（行政许可法 32（4））。",
                "The five working days have not passed; it does not count as accepted yet "
                "(Administrative Licensing Law, art. 32(4)).",
            )
        )
    day = timezone.localtime(joint.received_at).date()
    changes: dict[str, object] = {"accepted_at": joint.received_at}
    return _take_up(joint, JointAct.DEEM_ACCEPT, doing, day, changes)


def _take_up(
    joint: JointCase, act: JointAct, doing: Doing, accepted_on: date, changes: dict[str, object]
) -> JointEvent:
    tasks, silent = tasks_of(joint), act == JointAct.DEEM_ACCEPT
    days = common_days(pack_named(joint.pack), joint.version.limit_days)
    due = dues(accepted_on, days, [task.limit_days for task in tasks], calendar())
    on_case = {**changes, "deemed": True} if silent else changes
    for task, own in zip(tasks, due.units, strict=True):
        case = held(task.case_id)
        if case.stage not in (Stage.SUBMITTED, Stage.SUPPLEMENTED):
            continue  # a part that was withdrawn is not taken up with the others
        take_up(
            case,
            Act.DEEM_ACCEPTED if silent else Act.ACCEPT,
            doing.part(str(task.position)),
            accepted_on,
            dict(on_case),
        )
        task.case, task.due_on, task.noticed_at = case, own, doing.at
        JointTask.objects.filter(pk=task.pk).update(due_on=own, noticed_at=doing.at)
    carrier = lead_case(joint, tasks)
    event = record_joint(
        joint,
        act,
        doing,
        organ=joint.lead,
        changes={
            **changes,
            "due_on": due.common,
            "due_is_provisional": due.provisional,
            "answer_due": None,
        },
        facts={
            "accepted_on": accepted_on.isoformat(),
            "due_on": due.common.isoformat(),
            "units": {task.case.number: task.due_on and task.due_on.isoformat() for task in tasks},
        },
        told=carrier,
    )
    _acceptance_papers(joint, tasks, carrier, days, accepted_on, doing)
    return event


def _acceptance_papers(
    joint: JointCase,
    tasks: list[JointTask],
    carrier: Case,
    days: int,
    accepted_on: date,
    doing: Doing,
) -> None:
    """The one acceptance, the one telling of fees, and the notice to each unit."""
    title, lead = joint.version.title, joint.lead
    way = JointMode(joint.version.mode).zh
    taken = [task for task in tasks if task.due_on is not None]
    parts = parts_of(taken)
    assert joint.due_on is not None
    said = words.acceptance(title, lead.name, accepted_on, joint.due_on, days, parts, way)
    give(carrier, PaperKind.JOINT_ACCEPTANCE, said, doing, by=lead)
    give(
        carrier,
        PaperKind.JOINT_FEES,
        words.fees(title, fees_of(taken, accepted_on)),
        doing,
        by=lead,
    )
    units = list(dict.fromkeys(task.organ.name for task in taken))
    for task, part in zip(taken, parts, strict=True):
        files = task.case.uploads.filter(replaced=False).values_list("material", flat=True)
        names = dict(task.case.item_version.materials.values_list("key", "name"))
        copied = [names.get(key, key) for key in dict.fromkeys(files)]
        said = words.notice(title, lead.name, part, way, copied, units)
        give(task.case, PaperKind.JOINT_NOTICE, said, doing, by=lead, to=task.organ.name)
