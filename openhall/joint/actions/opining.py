"""What a unit does: sign the notice, give its opinion; what its silence may mean. norms 2.5."""

from openhall.cases.actions.record import Doing
from openhall.cases.terms import ConsultedOpinion
from openhall.deeds.collecting import acting
from openhall.deeds.refusals import Refused
from openhall.joint.actions.asked import asked_of, policies
from openhall.joint.actions.record import day_of, held_joint, joint_done_before, record_joint
from openhall.joint.models import JointCase, JointEvent, JointTask
from openhall.joint.permissions import may_opine_together, may_sign_notice
from openhall.joint.rules.handling import Policy, deemed, fault_of_opinion, forward_by, policy_on
from openhall.joint.terms import DeemedBasis, JointAct
from openhall.organs.models import Account
from openhall.workdays.queries import calendar


def _task(task_id: int) -> tuple[JointCase, JointTask]:
    """The joint case under lock, and the unit's task as it stands then."""
    joint = held_joint(JointTask.objects.values_list("joint_id", flat=True).get(pk=task_id))
    rows = JointTask.objects.select_related("organ", "case__organ")
    return joint, rows.get(pk=task_id)


def _open(joint: JointCase, task: JointTask) -> None:
    if joint.closed_at is not None:
        raise Refused("本联合申请已经终止或者办结，不能再办理。")
    if task.noticed_at is None:
        raise Refused("本联合申请还没有统一受理，尚未发出联办通知。")
    if task.case.closed_at is not None and task.case.decided_at is None:
        raise Refused("本单位的办件已经终止，不需要再办理联办事项。")


@acting()
def sign_notice(task_id: int, doing: Doing) -> JointEvent:
    """签收联办通知: by a named officer of the unit. Nothing is deemed before it."""
    if before := joint_done_before(doing.key):
        return before
    joint, task = _task(task_id)
    if doing.actor is None or not may_sign_notice(doing.actor, task, day_of(doing)):
        raise Refused("只有收到联办通知的单位的在岗人员可以签收。")
    _open(joint, task)
    if task.signed_at is not None:
        raise Refused("联办通知已经签收，不必重复签收。")
    return _sign(joint, task, doing, doing.actor)


def _sign(joint: JointCase, task: JointTask, doing: Doing, by: Account) -> JointEvent:
    JointTask.objects.filter(pk=task.pk).update(signed_at=doing.at, signed_by=by)
    return record_joint(
        joint, JointAct.SIGN, doing, organ=task.organ, facts={"case": task.case.number}
    )


@acting()
def opine_together(task_id: int, opinion: str, reason: str, doing: Doing) -> JointEvent:
    """出具联办意见, once, in one of the three forms. Any other answer is refused on entry."""
    if before := joint_done_before(doing.key):
        return before
    joint, task = _task(task_id)
    day = day_of(doing)
    if doing.actor is None or not may_opine_together(doing.actor, task, day):
        raise Refused("只有本单位未受理本件的承办、批准人员可以出具联办意见（接办件分离）。")
    _open(joint, task)
    if task.signed_at is None:
        raise Refused("请先签收联办通知，再出具意见。")
    if task.opinion or task.deemed:
        said = "视为同意" if task.deemed else "出具意见"
        raise Refused(f"本单位已经{said}，不能更改。")
    if fault := fault_of_opinion(opinion, reason):
        raise Refused(fault.said, fault.field)
    given = ConsultedOpinion(opinion)
    upward = None
    if given == ConsultedOpinion.AGREE_FORWARD:
        assert task.case.accepted_at is not None
        assert task.noticed_at is not None
        accepted = day_of(Doing(None, task.case.accepted_at, ""))
        upward = forward_by(accepted, calendar())
    JointTask.objects.filter(pk=task.pk).update(
        opinion=given.value,
        reason=reason.strip(),
        opinion_by=doing.actor,
        opinion_at=doing.at,
        forward_due=upward,
    )
    asked = asked_of(task)
    return record_joint(
        joint,
        JointAct.OPINE,
        doing,
        organ=task.organ,
        facts={
            "case": task.case.number,
            "opinion": given.value,
            "late": asked.due is not None and day > asked.due,
            **({"forward_by": upward.isoformat()} if upward else {}),
        },
        detail={"reason": reason.strip()} if reason.strip() else None,
    )


@acting()
def deem_consent(task_id: int, doing: Doing) -> JointEvent:
    """视为同意 of a unit that is silent past its limit: only where a dated switch says so.

    An opinion and no more: the unit still decides its own case; nothing is issued by silence.
    """
    if before := joint_done_before(doing.key):
        return before
    joint, task = _task(task_id)
    _open(joint, task)
    day = day_of(doing)
    policy = policy_on(policies(), day)
    ground = deemed(policy, asked_of(task), day)
    if policy is None or ground is None:
        raise Refused(
            "不能视为同意：须有施行中的超时默许规定、已签收的联办通知，并且期限已满、没有说明理由。"
        )
    return write_deemed(joint, task, ground, policy, doing)


def write_deemed(
    joint: JointCase, task: JointTask, ground: DeemedBasis, policy: Policy, doing: Doing
) -> JointEvent:
    """Write what the switch makes of a unit's silence or absence."""
    JointTask.objects.filter(pk=task.pk).update(deemed=ground.value, deemed_basis=policy.basis)
    return record_joint(
        joint,
        JointAct.DEEM_CONSENT,
        doing,
        organ=task.organ,
        facts={
            "case": task.case.number,
            "ground": ground.value,
            "basis": policy.basis,
            "since": policy.since.isoformat(),
        },
    )
