"""What this room adds to acts on a part: named in ``settings.CASE_GATES`` and ``CASE_FOLLOWS``."""

from openhall.cases.models import Case
from openhall.cases.terms import Act
from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.deeds.writer import held
from openhall.glossary import Said
from openhall.joint.actions.record import record_joint
from openhall.joint.kinds import JOINT
from openhall.joint.models import JointTask
from openhall.joint.rules.handling import tell_by
from openhall.joint.terms import JointAct
from openhall.workdays.queries import calendar


def not_before_the_others(case: Case, act: Act, doing: Doing) -> None:
    """In a joint application the unit's opinion comes first, and the lead's conclusion.

    Deemed consent opens the way as an opinion does; the unit still decides for itself.
    """
    if act != Act.DECIDE or case.part_days is None:
        return
    task = JointTask.objects.select_related("joint").filter(case=case).first()
    if task is None:
        return
    if not task.opinion and not task.deemed:
        raise Refused(
            Said(
                "本单位还没有出具联办意见。请先在联办通知中出具意见，再作决定（行政许可法 26）。",
                "Your unit has not given its joint opinion. Give it on the joint notice first, "
                "then decide (Administrative Licensing Law, art. 26).",
            )
        )
    if task.joint.lead_id == case.organ_id and task.joint.concluded_at is None:
        raise Refused(
            Said(
                "主办单位的决定须在各单位意见齐备并形成综合意见之后作出（行政许可法 26）。"
                "请先在联办页面形成综合意见。",
                "The leading unit decides once every opinion is in and the joint conclusion is "
                "drawn (Administrative Licensing Law, art. 26). Draw the conclusion first, on "
                "the joint page.",
            )
        )


def tell_within_two_days(case: Case, act: Act, doing: Doing) -> None:
    """The superior replied: the applicant of a joint application is told within two days."""
    if act != Act.REPLY or case.part_days is None:
        return
    task = JointTask.objects.filter(case=case).first()
    if task is None:
        return
    part = doing.part("joint")
    joint = held(JOINT, task.joint_id, part)
    due = tell_by(doing.day, calendar())
    JointTask.objects.filter(pk=task.pk).update(tell_due=due)
    facts = {"case": case.number, "tell_by": due.isoformat()}
    record_joint(joint, JointAct.REPLY, part, organ=case.organ, facts=facts)
