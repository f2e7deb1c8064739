"""What a unit does: sign the notice, give its opinion; what its silence may mean. norms 2.5."""

from django.utils import timezone

from openhall.cases.terms import ConsultedOpinion
from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.glossary import Said
from openhall.joint.actions.record import about_unit, record_joint
from openhall.joint.models import JointCase, JointEvent, JointTask
from openhall.joint.permissions import may_opine_together, may_sign_notice
from openhall.joint.rules.handling import Policy, deemed, fault_of_opinion, forward_by, policy_on
from openhall.joint.terms import DeemedBasis, JointAct
from openhall.joint.units import asked_of, policies
from openhall.workdays.queries import calendar


def _open(joint: JointCase, task: JointTask) -> None:
    if joint.closed_at is not None:
        raise Refused(
            Said(
                "本联合申请已经终止或者办结，不能再办理。",
                "This joint application has ended; nothing more can be done.",
            )
        )
    if task.noticed_at is None:
        raise Refused(
            Said(
                "本联合申请还没有统一受理，尚未发出联办通知。",
                "This joint application was not accepted; the joint notice was not sent yet.",
            )
        )
    if task.case.closed_at is not None and task.case.decided_at is None:
        raise Refused(
            Said(
                "本单位的办件已经终止，不需要再办理联办事项。",
                "Your unit's own case has ended; nothing is left to do in the joint matter.",
            )
        )


@about_unit(JointAct.SIGN)
def sign_notice(joint: JointCase, task: JointTask, doing: Doing) -> JointEvent:
    """签收联办通知: by a named officer of the unit. Nothing is deemed before it."""
    if doing.actor is None or not may_sign_notice(doing.actor, task, doing.day):
        raise Refused(
            Said(
                "只有收到联办通知的单位的在岗人员可以签收。",
                "Only staff on duty in the unit that received the joint notice may sign for it.",
            )
        )
    _open(joint, task)
    if task.signed_at is not None:
        raise Refused(
            Said("联办通知已经签收，不必重复签收。", "The joint notice was signed for already.")
        )
    JointTask.objects.filter(pk=task.pk).update(signed_at=doing.at, signed_by=doing.actor)
    return record_joint(
        joint, JointAct.SIGN, doing, organ=task.organ, facts={"case": task.case.number}
    )


@about_unit(JointAct.OPINE)
def opine_together(
    joint: JointCase, task: JointTask, opinion: str, reason: str, doing: Doing
) -> JointEvent:
    """出具联办意见, once, in one of the three forms. Any other answer is refused on entry."""
    day = doing.day
    if doing.actor is None or not may_opine_together(doing.actor, task, day):
        raise Refused(
            Said(
                "只有本单位未受理本件的承办、批准人员可以出具联办意见（接办件分离）。",
                "Only handlers and deciders of this unit who did not accept the case may "
                "give the joint opinion (reception and handling are separate).",
            )
        )
    _open(joint, task)
    if task.signed_at is None:
        raise Refused(
            Said(
                "请先签收联办通知，再出具意见。",
                "Sign for the joint notice first, then give the opinion.",
            )
        )
    if task.opinion or task.deemed:
        said = (
            Said("视为同意", "counts as consenting")
            if task.deemed
            else Said("出具意见", "has given its opinion")
        )
        raise Refused(
            Said(
                f"本单位已经{said.zh}，不能更改。", f"Your unit {said.en}; this cannot be changed."
            )
        )
    if fault := fault_of_opinion(opinion, reason):
        raise Refused(fault.said, fault.field)
    given = ConsultedOpinion(opinion)
    upward = None
    if given == ConsultedOpinion.AGREE_FORWARD:
        assert task.case.accepted_at is not None
        assert task.noticed_at is not None
        upward = forward_by(timezone.localtime(task.case.accepted_at).date(), calendar())
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


@about_unit(JointAct.DEEM_CONSENT)
def deem_consent(joint: JointCase, task: JointTask, doing: Doing) -> JointEvent:
    """视为同意 of a unit that is silent past its limit: only where a dated switch says so.

    An opinion and no more: the unit still decides its own case; nothing is issued by silence.
    """
    _open(joint, task)
    day = doing.day
    policy = policy_on(policies(), day)
    ground = deemed(policy, asked_of(task), day)
    if policy is None or ground is None:
        raise Refused(
            Said(
                "不能视为同意：须有施行中的超时默许规定、已签收的联办通知，并且期限已满、没有说明理由。",
                "Silence is not consent here: a rule on silence must be in force, the "
                "joint notice signed for, the limit past and no reason given.",
            )
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
