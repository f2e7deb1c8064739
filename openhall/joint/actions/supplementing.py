"""一次告知 for all units: asked once, answered at once, or lapsed as a whole. 行政许可法 32(4)."""

from collections.abc import Mapping, Sequence
from datetime import date

from openhall.cases.actions.papers import give
from openhall.cases.actions.record import held
from openhall.cases.actions.supplementing import (
    Point,
    ask_once,
    let_lapse,
    take_supplement,
)
from openhall.cases.materials import point_called
from openhall.cases.terms import Stage
from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.deeds.writer import deed
from openhall.glossary import Said
from openhall.joint.actions.record import by_the_lead, end_whole, record_joint, refuse_answered
from openhall.joint.kinds import JOINT
from openhall.joint.models import JointCase, JointEvent
from openhall.joint.permissions import may_receive_joint, owns_joint
from openhall.joint.rules import words
from openhall.joint.terms import JointAct
from openhall.joint.units import lead_case, tasks_of
from openhall.papers.terms import PaperKind


@deed(JOINT, JointAct.ASK_SUPPLEMENT)
def ask_joint_supplement(
    joint: JointCase, points: Mapping[int, Sequence[Point]], doing: Doing
) -> JointEvent:
    """一次告知 for all units: ``points`` by the id of the case they belong to. 32(4)."""
    by_the_lead(joint, doing)
    refuse_answered(joint)
    tasks = tasks_of(joint)
    asked = {pk: list(some) for pk, some in points.items() if some}
    if not asked:
        raise Refused(
            Said("请至少指明一项需要补正的内容。", "Name at least one thing to be supplemented."),
            "points",
        )
    if set(asked) - {task.case_id for task in tasks}:
        raise Refused(
            Said(
                "需要补正的内容不属于本联合申请。",
                "What is to be supplemented does not belong to this joint application.",
            ),
            "points",
        )
    due, listed = "", []
    for task in tasks:
        case = held(task.case_id)
        if case.stage not in (Stage.SUBMITTED, Stage.SUPPLEMENTED, Stage.SUPPLEMENT_ASKED):
            continue
        some = asked.get(case.pk, [])
        event = ask_once(case, some, doing.part(str(task.position)))
        due = event.facts["due_on"]
        listed += [(task.organ.name, point_called(case, one), one.reason) for one in some]
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


@deed(JOINT, JointAct.SUPPLEMENT)
def supplement_joint(
    joint: JointCase,
    answers: Mapping[int, Mapping[str, object]],
    doing: Doing,
    *,
    brought: Mapping[int, Sequence[str]] | None = None,
) -> JointEvent:
    """统一补正: all that was asked is answered at once, for every unit.

    By the applicant, or by the lead's window for somebody who brings it (``brought``).
    """
    by_window = doing.actor is not None and may_receive_joint(doing.actor, joint, doing.day)
    if joint.account_id is not None and not (owns_joint(doing.actor, joint) or by_window):
        raise Refused(
            Said(
                "只有申请人本人，或主办窗口代为录入，可以补正。",
                "Only the applicant may supplement, or the leading window for the applicant.",
            )
        )
    refuse_answered(joint)
    tasks, things = tasks_of(joint), []
    for task in tasks:
        case = held(task.case_id)
        if case.stage != Stage.SUPPLEMENT_ASKED:
            continue
        there = (brought or {}).get(case.pk, ()) if by_window else ()
        take_supplement(case, answers.get(case.pk, {}), doing.part(str(task.position)), list(there))
        things += [
            point_called(case, Point("", one.field, one.material))
            for one in case.supplement.points.all()
        ]
    if not things:
        raise Refused(
            Said(
                "现在没有需要补正的内容。请刷新页面查看办理状态。",
                "Nothing is to be supplemented now. Reload the page to see where the case stands.",
            )
        )
    carrier = lead_case(joint, tasks)
    event = record_joint(
        joint,
        JointAct.SUPPLEMENT,
        doing,
        organ=joint.lead,
        facts={"points": len(things)},
        told=carrier,
    )
    said = words.supplemented(joint.version.title, doing.day, list(dict.fromkeys(things)))
    give(carrier, PaperKind.SUPPLEMENTED, said, doing, by=joint.lead)
    return event


@deed(JOINT, JointAct.LAPSE)
def lapse_joint(joint: JointCase, doing: Doing) -> JointEvent:
    """逾期未补正: the time given to supplement has passed; every part ends with it."""
    refuse_answered(joint)
    tasks, ended = tasks_of(joint), 0
    for task in tasks:
        case = held(task.case_id)
        if case.stage == Stage.SUPPLEMENT_ASKED:
            let_lapse(case, doing.part(str(task.position)))
            ended += 1
    if not ended:
        raise Refused(
            Said(
                "本联合申请没有等待补正的事项，不能终止。",
                "No item of this joint application waits for supplements; it cannot be ended.",
            )
        )
    return end_whole(joint, JointAct.LAPSE, doing, tasks, {})
