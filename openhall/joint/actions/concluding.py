"""The lead concludes, gives its reasons, asks for time, reports. 行政许可法 26, 42; norms 2.5."""

from django.utils import timezone

from openhall.cases.actions.papers import give
from openhall.cases.models import Forwarding
from openhall.cases.permissions import may_receive
from openhall.cases.rules.extension import objection
from openhall.cases.rules.packs import pack_named
from openhall.cases.terms import Outcome
from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.deeds.writer import deed
from openhall.glossary import Said
from openhall.joint.actions.meeting import led
from openhall.joint.actions.record import about_unit, record_joint
from openhall.joint.kinds import JOINT
from openhall.joint.models import JointCase, JointEvent, JointMeeting, JointTask
from openhall.joint.permissions import may_conclude, may_extend_joint, may_receive_joint
from openhall.joint.rules import words
from openhall.joint.rules.handling import (
    WORDS_AT_LEAST,
    objection_to_concluding,
    objection_to_reporting,
    overruled,
    reasons_by,
    tell_by,
)
from openhall.joint.terms import JointAct, JointMode
from openhall.joint.units import asked_of, lead_case, tasks_of
from openhall.paging.typed import visible
from openhall.papers.terms import PaperKind
from openhall.workdays.queries import calendar


@deed(JOINT, JointAct.CONCLUDE)
def conclude(joint: JointCase, approve: bool, said: str, doing: Doing) -> JointEvent:
    """形成综合意见, once every opinion is in; in mode B after the meeting.

    An approval against a reasoned objection owes that unit written reasons within ten days.
    """
    day = doing.day
    if doing.actor is None or not may_conclude(doing.actor, joint, day):
        raise Refused(
            Said(
                "只有主办单位未受理本联合申请的批准人员可以形成综合意见"
                "（接办件分离，行政许可法 26）。",
                "Only deciders of the leading unit who did not accept this joint "
                "application may draw the conclusion (reception and handling are "
                "separate, Administrative Licensing Law, art. 26).",
            )
        )
    led(joint, doing)
    if joint.concluded_at is not None:
        raise Refused(
            Said(
                "综合意见已经形成，不能更改。",
                "The joint conclusion was drawn and cannot be changed.",
            )
        )
    tasks = tasks_of(joint)
    units = [asked_of(task) for task in tasks]
    found = objection_to_concluding(
        units,
        meeting=joint.version.mode == JointMode.MEETING,
        held=JointMeeting.objects.filter(joint=joint, held_at__isnull=False).exists(),
        said=said,
    )
    if found:
        raise Refused(found.said, found.field)
    owed = overruled(units, approve=approve)
    due = reasons_by(day, calendar())
    against = [task for task, unit in zip(tasks, units, strict=True) if unit in owed]
    JointTask.objects.filter(pk__in=[task.pk for task in against]).update(reasons_due=due)
    return record_joint(
        joint,
        JointAct.CONCLUDE,
        doing,
        organ=joint.lead,
        changes={"approved": approve, "concluded_at": doing.at, "concluded_by": doing.actor},
        facts={
            "approved": approve,
            "against": [task.organ.code for task in against],
            **({"reasons_by": due.isoformat()} if against else {}),
        },
        detail={"conclusion": said.strip()},
    )


@about_unit(JointAct.GIVE_REASONS)
def give_reasons(joint: JointCase, task: JointTask, why: str, doing: Doing) -> JointEvent:
    """书面说明 to the unit whose reasoned objection was not taken, within ten working days."""
    led(joint, doing)
    if task.reasons_due is None:
        raise Refused(
            Said(
                "综合意见没有违背该单位的意见，不需要说明理由。",
                "The conclusion does not go against this unit's opinion; no reasons are owed.",
            )
        )
    if task.reasons_at is not None:
        raise Refused(
            Said(
                "已经书面说明理由，不必重复。",
                "The reasons were given in writing; there is no need to give them again.",
            )
        )
    if visible(why) < WORDS_AT_LEAST:
        raise Refused(
            Said(
                f"请写明未采纳该单位意见的理由（不少于{WORDS_AT_LEAST}个字）。",
                f"Say why this unit's opinion was not taken (at least {WORDS_AT_LEAST} "
                "characters).",
            ),
            "why",
        )
    JointTask.objects.filter(pk=task.pk).update(reasons=why.strip(), reasons_at=doing.at)
    event = record_joint(
        joint,
        JointAct.GIVE_REASONS,
        doing,
        organ=joint.lead,
        facts={
            "to": task.organ.code,
            "due_on": task.reasons_due.isoformat(),
            "late": doing.day > task.reasons_due,
        },
        detail={"reasons": why.strip()},
    )
    said = words.reasons(
        joint.version.title, joint.lead.name, task.organ.name, task.reason, why.strip()
    )
    give(task.case, PaperKind.JOINT_REASONS, said, doing, by=joint.lead, to=task.organ.name)
    return event


@deed(JOINT, JointAct.EXTEND)
def extend_joint(joint: JointCase, days: int, reason: str, doing: Doing) -> JointEvent:
    """延长共同期限, once, by at most fifteen days, by the government's head. 行政许可法 42(2).

    The opinions still missing are due as much later. A unit whose own case needs longer asks for
    it on that case; the same head approves.
    """
    day = doing.day
    if doing.actor is None or not may_extend_joint(doing.actor, joint, day):
        raise Refused(
            Said(
                "只有本级人民政府负责人可以批准延长共同期限（行政许可法 42）。",
                "Only the head of the government of this level may extend the joint limit "
                "(Administrative Licensing Law, art. 42).",
            )
        )
    if joint.due_on is None:
        raise Refused(
            Said(
                "本联合申请还没有统一受理，没有期限可以延长。",
                "This joint application was not accepted; there is no limit to extend.",
            )
        )
    if joint.closed_at is not None:
        raise Refused(Said("本联合申请已经办结。", "This joint application is concluded."))
    if joint.extended_days:
        raise Refused(
            Said(
                "共同期限已延长过一次，不得再次延长（行政许可法 42）。",
                "The joint limit was extended once and is not extended again "
                "(Administrative Licensing Law, art. 42).",
            )
        )
    pack = pack_named(joint.pack)
    found = objection(pack, days, reason, joint=True, limit_ends=joint.due_on, today=day)
    if found:
        raise Refused(*found)
    due = calendar().add_workdays(joint.due_on, days)
    tasks = tasks_of(joint)
    for task in tasks:
        if task.due_on is not None and not asked_of(task).answered:
            later = calendar().add_workdays(task.due_on, days).on
            JointTask.objects.filter(pk=task.pk).update(due_on=later)
    carrier = lead_case(joint, tasks)
    event = record_joint(
        joint,
        JointAct.EXTEND,
        doing,
        organ=joint.lead.parent or joint.lead,
        changes={
            "due_on": due.on,
            "due_is_provisional": due.provisional,
            "extended_days": days,
        },
        facts={"days": days, "due_on": due.on.isoformat()},
        detail={"reason": reason.strip()},
        told=carrier,
    )
    said = words.extension(joint.version.title, days, reason.strip(), due.on)
    give(carrier, PaperKind.EXTENSION, said, doing, by=joint.lead)
    return event


@about_unit(JointAct.TELL_REPLY)
def tell_reply(joint: JointCase, task: JointTask, doing: Doing) -> JointEvent:
    """告知上级批复: the window tells the applicant within two days of the superior's reply."""
    day = doing.day
    allowed = doing.actor is not None and (
        may_receive(doing.actor, task.case, day) or may_receive_joint(doing.actor, joint, day)
    )
    if not allowed:
        raise Refused(
            Said(
                "只有窗口可以向申请人告知上级批复（成办发〔2003〕75号）。",
                "Only the window may tell the applicant of the reply from above "
                "(成办发〔2003〕75号).",
            )
        )
    leg = Forwarding.objects.filter(case=task.case, until__isnull=False).order_by("-pk").first()
    if leg is None or leg.until is None:
        raise Refused(
            Said(
                "上级机关还没有批复，没有可以告知的内容。",
                "The organ above has not replied; there is nothing to tell.",
            )
        )
    if task.told_at is not None:
        raise Refused(
            Said("上级批复已经告知申请人。", "The applicant has been told of the reply from above.")
        )
    due = task.tell_due or tell_by(leg.until, calendar())
    JointTask.objects.filter(pk=task.pk).update(told_at=doing.at)
    event = record_joint(
        joint,
        JointAct.TELL_REPLY,
        doing,
        organ=task.organ,
        facts={"case": task.case.number, "due_on": due.isoformat(), "late": day > due},
    )
    said = words.reply(task.case.item_version.name, task.organ.name, leg.reply)
    give(task.case, PaperKind.SUPERIOR_REPLY, said, doing)
    return event


@deed(JOINT, JointAct.REPORT)
def report(joint: JointCase, doing: Doing) -> JointEvent:
    """联办办结报告: every unit has decided for itself, and nobody is owed reasons."""
    led(joint, doing)
    tasks = tasks_of(joint)
    found = objection_to_reporting(
        [asked_of(task) for task in tasks], concluded=joint.concluded_at is not None
    )
    if found:
        raise Refused(found.said, found.field)
    day = doing.day
    assert joint.accepted_at is not None
    assert joint.due_on is not None
    accepted = timezone.localtime(joint.accepted_at).date()
    used = calendar().workdays_between(accepted, day)
    ends = {task.case.number: task.case.outcome for task in tasks}
    carrier = lead_case(joint, tasks)
    event = record_joint(
        joint,
        JointAct.REPORT,
        doing,
        organ=joint.lead,
        changes={"closed_at": doing.at},
        facts={"outcomes": ends, "days_used": used, "on_time": day <= joint.due_on},
        told=carrier,
    )
    told = [
        (task.case.item_version.name, task.organ.name, Outcome(task.case.outcome).zh)
        for task in tasks
    ]
    said = words.report(joint.version.title, accepted, day, used, told)
    give(carrier, PaperKind.JOINT_REPORT, said, doing, by=joint.lead)
    return event
