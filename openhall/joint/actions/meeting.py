"""联审制: the lead calls a meeting, and holds it with its minutes. norms 2.5.

Each unit is there by a named representative (首席代表), or is written down as absent.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from openhall.cases.actions.papers import give
from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.deeds.writer import deed
from openhall.glossary import Said
from openhall.joint.actions.opining import write_deemed
from openhall.joint.actions.record import record_joint
from openhall.joint.kinds import JOINT
from openhall.joint.models import JointAttendance, JointCase, JointEvent, JointMeeting
from openhall.joint.permissions import may_lead
from openhall.joint.rules import words
from openhall.joint.rules.handling import WORDS_AT_LEAST, deemed, policy_on
from openhall.joint.terms import JointAct, JointMode
from openhall.joint.units import asked_of, lead_case, policies, tasks_of
from openhall.organs.models import Account
from openhall.organs.permissions import works_for
from openhall.paging.typed import visible
from openhall.papers.terms import PaperKind


@dataclass(frozen=True, slots=True)
class There:
    """Who represented a unit; without a name it was absent, with or without an excuse."""

    representative: Account | None = None
    excuse: str = ""


def led(joint: JointCase, doing: Doing) -> Account:
    """Who leads the matter; refuses who does not, and what is over or not begun."""
    if doing.actor is None or not may_lead(doing.actor, joint, doing.day):
        raise Refused(
            Said(
                "只有主办单位未受理本联合申请的承办、批准人员可以主持联办"
                "（接办件分离，行政许可法 26）。",
                "Only handlers and deciders of the leading unit who did not accept this "
                "joint application may conduct it (reception and handling are separate, "
                "Administrative Licensing Law, art. 26).",
            )
        )
    if joint.accepted_at is None:
        raise Refused(
            Said(
                "本联合申请还没有统一受理。请主办窗口先受理。",
                "This joint application was not accepted. Let the leading window accept it first.",
            )
        )
    if joint.closed_at is not None:
        raise Refused(Said("本联合申请已经办结。", "This joint application is concluded."))
    actor: Account = doing.actor
    return actor


@deed(JOINT, JointAct.CALL_MEETING)
def call_meeting(
    joint: JointCase,
    meets_at: datetime,
    place: str,
    doing: Doing,
    *,
    survey: bool = False,
) -> JointEvent:
    """召集联审会议 for a day and a place, before anybody has concluded."""
    leader = led(joint, doing)
    if joint.version.mode != JointMode.MEETING:
        raise Refused(
            Said(
                "本事项按抄告制办理，各单位书面出具意见，不召集会议。",
                "This matter is handled by circulation: every unit gives its opinion in "
                "writing and no meeting is called.",
            )
        )
    if joint.concluded_at is not None:
        raise Refused(
            Said(
                "综合意见已经形成，不再召集会议。",
                "The joint conclusion was drawn; no more meetings are called.",
            )
        )
    if JointMeeting.objects.filter(joint=joint, held_at__isnull=True).exists():
        raise Refused(
            Said(
                "已召集会议，尚未召开。请先记录该会议。",
                "A meeting was called and not held. Record that one first.",
            )
        )
    if meets_at <= doing.at:
        raise Refused(
            Said("会议时间应当晚于现在。", "The time of the meeting must be later than now."),
            "meets_at",
        )
    if not place.strip():
        raise Refused(Said("请写明会议地点。", "Say where the meeting is held."), "place")
    on = timezone.localtime(meets_at)
    if joint.due_on is not None and on.date() > joint.due_on:
        raise Refused(
            Said(
                f"会议须在共同期限（{joint.due_on:%Y-%m-%d}）以前召开，请提前。",
                f"Hold the meeting within the joint limit, by {joint.due_on:%Y-%m-%d}. "
                "Choose an earlier time.",
            ),
            "meets_at",
        )
    JointMeeting.objects.create(
        joint=joint,
        called_by=leader,
        called_at=doing.at,
        meets_at=meets_at,
        place=place.strip(),
        survey=survey,
    )
    return record_joint(
        joint,
        JointAct.CALL_MEETING,
        doing,
        organ=joint.lead,
        facts={
            "due_on": on.date().isoformat(),
            "meets_at": on.isoformat(timespec="minutes"),
            "survey": survey,
        },
        detail={"place": place.strip()},
        told=lead_case(joint, tasks_of(joint)),
    )


def hold_meeting(
    meeting_id: int,
    there: Mapping[int, There],
    minutes: str,
    doing: Doing,
    *,
    seen: int | None = None,
) -> JointEvent:
    """召开联审会议, with its minutes: ``there`` says for every task who was there or why not.

    Where the city has switched it on, a unit that signed its notice and stayed away without a
    reason counts as consenting.
    """
    joint_id = JointMeeting.objects.values_list("joint_id", flat=True).get(pk=meeting_id)
    return _hold(joint_id, meeting_id, there, minutes, doing, seen=seen)


@deed(JOINT, JointAct.HOLD_MEETING)
def _hold(
    joint: JointCase,
    meeting_id: int,
    there: Mapping[int, There],
    minutes: str,
    doing: Doing,
) -> JointEvent:
    meeting = JointMeeting.objects.get(pk=meeting_id)
    led(joint, doing)
    day = doing.day
    if meeting.held_at is not None:
        raise Refused(
            Said("本次会议已经记录，不能更改。", "This meeting is on record and cannot be changed.")
        )
    if doing.at < meeting.meets_at:
        raise Refused(
            Said(
                f"会议定于{timezone.localtime(meeting.meets_at):%Y-%m-%d %H:%M}，还没有召开。",
                "The meeting is set for "
                f"{timezone.localtime(meeting.meets_at):%Y-%m-%d %H:%M} and was not held "
                "yet.",
            ),
            "minutes",
        )
    if visible(minutes) < WORDS_AT_LEAST:
        raise Refused(
            Said(
                f"请写明会议纪要（不少于{WORDS_AT_LEAST}个字）。",
                f"Write the minutes of the meeting (at least {WORDS_AT_LEAST} characters).",
            ),
            "minutes",
        )
    tasks = [task for task in tasks_of(joint) if not asked_of(task).over]
    present, absent = [], []
    for task in tasks:
        said = there.get(task.pk)
        if said is None:
            raise Refused(
                Said(
                    f"请写明{task.organ.name}由谁出席，或者缺席。",
                    f"Say who attended for {task.organ.name}, or that nobody did.",
                ),
                f"unit-{task.pk}",
            )
        if said.representative is None:
            absent.append(task)
        elif not works_for(said.representative, task.organ, day):
            raise Refused(
                Said(
                    f"{said.representative}不是{task.organ.name}的工作人员，不能代表该单位出席。",
                    f"{said.representative} does not work for {task.organ.name} and cannot "
                    "represent it.",
                ),
                f"unit-{task.pk}",
            )
        else:
            present.append(task)
        JointAttendance.objects.create(
            meeting=meeting,
            task=task,
            representative=said.representative,
            excuse="" if said.representative else said.excuse.strip(),
        )
    if not present:
        raise Refused(
            Said(
                "没有任何单位出席，会议不能视为召开。", "No unit attended, so no meeting was held."
            ),
            "minutes",
        )
    JointMeeting.objects.filter(pk=meeting.pk).update(held_at=doing.at, minutes=minutes.strip())
    excused = [task for task in absent if there[task.pk].excuse.strip()]
    who = [f"{task.organ.name} {there[task.pk].representative}" for task in present]
    event = record_joint(
        joint,
        JointAct.HOLD_MEETING,
        doing,
        organ=joint.lead,
        facts={
            "on": day.isoformat(),
            "present": [task.organ.code for task in present],
            "absent": [task.organ.code for task in absent],
            "excused": [task.organ.code for task in excused],
            "survey": meeting.survey,
        },
        detail={"minutes": minutes.strip(), "present": "；".join(who)},
    )
    away = [
        f"{task.organ.name}（{there[task.pk].excuse.strip() or '未说明理由'}）" for task in absent
    ]
    title = joint.version.title
    said_there = words.minutes(title, day, meeting.place, who, away, minutes.strip())
    carrier = lead_case(joint, tasks)
    give(carrier, PaperKind.JOINT_MINUTES, said_there, doing, by=joint.lead)
    policy = policy_on(policies(), day)
    for task in absent:
        ground = None if task in excused else deemed(policy, asked_of(task), day, absent=True)
        if ground is not None and policy is not None:
            write_deemed(joint, task, ground, policy, doing.part(f"absent-{task.position}"))
    return event
