"""The lead receives for all units: one receipt, one acceptance, one supplement. 行政许可法 26, 32.

Every act goes through the cases of all units in one transaction: they are accepted together, asked
together, answered together, or none of them is.
"""

import base64
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from openhall.cases.actions.intake import REASON_AT_LEAST, take_up, turn_down
from openhall.cases.actions.outcome import pull_back
from openhall.cases.actions.papers import give
from openhall.cases.actions.record import Doing, held
from openhall.cases.actions.rooms_above import admit
from openhall.cases.actions.supplementing import (
    Point,
    ask_once,
    called,
    let_lapse,
    take_supplement,
)
from openhall.cases.models import Case
from openhall.cases.rules.clock import answer_due, is_deemed_accepted
from openhall.cases.rules.packs import pack_named, pack_on
from openhall.cases.terms import Act, Outcome, Stage
from openhall.catalogue.queries import tariffs_in_force
from openhall.deeds.collecting import acting
from openhall.deeds.refusals import Refused
from openhall.deeds.rules.codes import BODY_SIGNS, SIGNS, check_sign
from openhall.joint.actions.record import (
    day_of,
    held_joint,
    joint_done_before,
    lead_case,
    record_joint,
    tasks_of,
    under,
)
from openhall.joint.models import JointCase, JointEvent, JointMatterVersion, JointTask
from openhall.joint.permissions import may_receive_joint, owns_joint
from openhall.joint.rules import words
from openhall.joint.rules.handling import common_days, dues
from openhall.joint.terms import JointAct, JointMode
from openhall.organs.models import Account
from openhall.papers.terms import PaperKind
from openhall.vault.fields import blind
from openhall.workdays.queries import calendar

OPEN_TO_END = frozenset(
    {
        Stage.SUBMITTED,
        Stage.SUPPLEMENT_ASKED,
        Stage.SUPPLEMENTED,
        Stage.ACCEPTED,
        Stage.HANDLING,
        Stage.FORWARDED,
        Stage.REVIEWED,
    }
)


# ------------------------------------------------------------ received
@dataclass(frozen=True, slots=True)
class Sent:
    """One part as it was sent: its case, and its unit's own limit in working days."""

    case: Case
    limit_days: int


def begin_joint(
    version: JointMatterVersion, sent: Sequence[Sent], account: Account | None, doing: Doing
) -> JointCase:
    """Bind the cases of one application together; called in the transaction that sends them.

    One receipt with one query code for all; each unit's case keeps its own number.
    """
    day = day_of(doing)
    pack = pack_on(day)
    body = "".join(secrets.choice(SIGNS) for _ in range(BODY_SIGNS))
    code = body + check_sign(body)
    joint = JointCase.objects.create(
        number=f"L{day:%Y%m%d}-{secrets.token_hex(4).upper()}",
        query_code=code,
        query_blind=blind(code),
        salt=base64.b64encode(secrets.token_bytes(32)).decode(),
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
    Case.objects.filter(pk__in=[one.case.pk for one in sent]).update(followed_by=code)
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
    told = words.receipt(version.title, joint.lead.name, day, parts_of(tasks), joint.answer_due)
    give(carrier, PaperKind.JOINT_RECEIPT, told, doing, by=joint.lead)
    return joint


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


# ------------------------------------------------------------ accepted
def _by_the_lead(joint: JointCase, doing: Doing) -> None:
    if doing.actor is None or not may_receive_joint(doing.actor, joint, day_of(doing)):
        raise Refused(
            "只有主办单位窗口的在岗人员可以对联合申请统一受理、告知补正或者不予受理"
            "（行政许可法 26，接办件分离）。"
        )


def _unanswered(joint: JointCase) -> None:
    if joint.closed_at is not None:
        raise Refused("本联合申请已经终止或者办结。")
    if joint.accepted_at is not None:
        raise Refused("本联合申请已经统一受理，不必重复办理。")


@acting()
def accept_joint(joint_id: int, doing: Doing, *, seen: int | None = None) -> JointEvent:
    """统一受理: every part is accepted, the joint notice is copied, all fees are told once.

    The common limit and each unit's own run from here. 行政许可法 26, 42(2).
    """
    if before := joint_done_before(doing.key):
        return before
    joint = held_joint(joint_id, seen=seen)
    _by_the_lead(joint, doing)
    _unanswered(joint)
    if doing.at < joint.received_at:
        raise Refused("受理时间不能早于收件时间。请核对时间。", "at")
    day = day_of(doing)
    for task in tasks_of(joint):
        admit(task.case.identity_blind, task.case.item_id, day)
    changes: dict[str, object] = {"accepted_at": doing.at, "intake": doing.actor}
    return _take_up(joint, JointAct.ACCEPT, doing, day, changes)


@acting()
def deem_joint_accepted(joint_id: int, doing: Doing) -> JointEvent:
    """Silence past the fifth working day: the whole is accepted as of receipt. 32(4)."""
    if before := joint_done_before(doing.key):
        return before
    joint = held_joint(joint_id)
    _unanswered(joint)
    if not is_deemed_accepted(joint.answer_due, day_of(doing)):
        raise Refused("五个工作日尚未届满，不能视为受理（行政许可法 32（4））。")
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
            under(doing, str(task.position)),
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


# ------------------------------------------------------------ asked once, answered once
@acting()
def ask_joint_supplement(
    joint_id: int,
    points: Mapping[int, Sequence[Point]],
    doing: Doing,
    *,
    seen: int | None = None,
) -> JointEvent:
    """一次告知 for all units: ``points`` by the id of the case they belong to. 32(4)."""
    if before := joint_done_before(doing.key):
        return before
    joint = held_joint(joint_id, seen=seen)
    _by_the_lead(joint, doing)
    _unanswered(joint)
    tasks = tasks_of(joint)
    asked = {pk: list(some) for pk, some in points.items() if some}
    if not asked:
        raise Refused("请至少指明一项需要补正的内容。", "points")
    if set(asked) - {task.case_id for task in tasks}:
        raise Refused("需要补正的内容不属于本联合申请。", "points")
    due, listed = "", []
    for task in tasks:
        case = held(task.case_id)
        if case.stage not in (Stage.SUBMITTED, Stage.SUPPLEMENTED, Stage.SUPPLEMENT_ASKED):
            continue
        some = asked.get(case.pk, [])
        event = ask_once(case, some, under(doing, str(task.position)))
        due = event.facts["due_on"]
        listed += [(task.organ.name, called(case, one), one.reason) for one in some]
    carrier = lead_case(joint, tasks)
    made = record_joint(
        joint,
        JointAct.ASK_SUPPLEMENT,
        doing,
        organ=joint.lead,
        changes={"answer_due": None},
        facts={"points": len(listed), "due_on": due},
        told=carrier,
    )
    said = words.supplement(joint.version.title, date.fromisoformat(due), listed)
    give(carrier, PaperKind.SUPPLEMENT, said, doing, by=joint.lead)
    return made


@acting()
def supplement_joint(
    joint_id: int,
    answers: Mapping[int, Mapping[str, object]],
    doing: Doing,
    *,
    brought: Mapping[int, Sequence[str]] | None = None,
) -> JointEvent:
    """统一补正: all that was asked is answered at once, for every unit.

    By the applicant, or by the lead's window for somebody who brings it (``brought``).
    """
    if before := joint_done_before(doing.key):
        return before
    joint = held_joint(joint_id)
    by_window = doing.actor is not None and may_receive_joint(doing.actor, joint, day_of(doing))
    if joint.account_id is not None and not (owns_joint(doing.actor, joint) or by_window):
        raise Refused("只有申请人本人，或主办窗口代为录入，可以补正。")
    _unanswered(joint)
    tasks, things = tasks_of(joint), []
    for task in tasks:
        case = held(task.case_id)
        if case.stage != Stage.SUPPLEMENT_ASKED:
            continue
        there = (brought or {}).get(case.pk, ()) if by_window else ()
        take_supplement(
            case, answers.get(case.pk, {}), under(doing, str(task.position)), list(there)
        )
        things += [
            called(case, Point("", one.field, one.material)) for one in case.supplement.points.all()
        ]
    if not things:
        raise Refused("现在没有需要补正的内容。请刷新页面查看办理状态。")
    carrier = lead_case(joint, tasks)
    event = record_joint(
        joint,
        JointAct.SUPPLEMENT,
        doing,
        organ=joint.lead,
        facts={"points": len(things)},
        told=carrier,
    )
    said = words.supplemented(joint.version.title, day_of(doing), list(dict.fromkeys(things)))
    give(carrier, PaperKind.SUPPLEMENTED, said, doing, by=joint.lead)
    return event


# ------------------------------------------------------------ ended before it began
@acting()
def decline_joint(
    joint_id: int, outcome: Outcome, reason: str, doing: Doing, *, seen: int | None = None
) -> JointEvent:
    """统一不予受理, with its reason; each unit's case gets its own written decision. 32, 38."""
    if before := joint_done_before(doing.key):
        return before
    joint = held_joint(joint_id, seen=seen)
    _by_the_lead(joint, doing)
    _unanswered(joint)
    if outcome not in (Outcome.NOT_REQUIRED, Outcome.INELIGIBLE):
        raise Refused("联合申请统一不予受理的情形只有：不需办理、不符合受理条件。", "outcome")
    if len(reason.strip()) < REASON_AT_LEAST:
        raise Refused("不予受理须写明理由（不少于10个字，行政许可法 32、72）。", "reason")
    tasks = tasks_of(joint)
    for task in tasks:
        case = held(task.case_id)
        if case.stage in (Stage.SUBMITTED, Stage.SUPPLEMENTED):
            turn_down(case, outcome, reason, under(doing, str(task.position)))
    return _end(joint, JointAct.DECLINE, doing, tasks, {"outcome": outcome.value})


@acting()
def lapse_joint(joint_id: int, doing: Doing) -> JointEvent:
    """逾期未补正: the time given to supplement has passed; every part ends with it."""
    if before := joint_done_before(doing.key):
        return before
    joint = held_joint(joint_id)
    _unanswered(joint)
    tasks, ended = tasks_of(joint), 0
    for task in tasks:
        case = held(task.case_id)
        if case.stage == Stage.SUPPLEMENT_ASKED:
            let_lapse(case, under(doing, str(task.position)))
            ended += 1
    if not ended:
        raise Refused("本联合申请没有等待补正的事项，不能终止。")
    return _end(joint, JointAct.LAPSE, doing, tasks, {})


@acting()
def withdraw_joint(joint_id: int, doing: Doing) -> JointEvent:
    """撤回 the whole, by the applicant: every part that has no decision yet."""
    if before := joint_done_before(doing.key):
        return before
    joint = held_joint(joint_id)
    if not owns_joint(doing.actor, joint):
        raise Refused("只有申请人本人可以撤回联合申请。")
    if joint.closed_at is not None:
        raise Refused("本联合申请已经终止或者办结。")
    tasks, ended = tasks_of(joint), 0
    for task in tasks:
        case = held(task.case_id)
        if Stage(case.stage) in OPEN_TO_END:
            pull_back(case, under(doing, str(task.position)))
            ended += 1
    if not ended:
        raise Refused("全部事项都已有决定，不能再撤回。")
    return _end(joint, JointAct.WITHDRAW, doing, tasks, {"parts": ended})


def _end(
    joint: JointCase,
    act: JointAct,
    doing: Doing,
    tasks: list[JointTask],
    facts: Mapping[str, object],
) -> JointEvent:
    return record_joint(
        joint,
        act,
        doing,
        organ=joint.lead,
        changes={"closed_at": doing.at, "answer_due": None},
        facts=facts,
        told=lead_case(joint, tasks),
    )
