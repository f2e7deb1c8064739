"""The whole ends undecided: declined by the lead, withdrawn by the applicant. 行政许可法 32, 38."""

from openhall.cases.actions.intake import REASON_AT_LEAST, turn_down
from openhall.cases.actions.outcome import pull_back
from openhall.cases.actions.record import held
from openhall.cases.terms import Outcome, Stage
from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.deeds.writer import deed
from openhall.glossary import Said
from openhall.joint.actions.record import by_the_lead, end_whole, refuse_answered
from openhall.joint.kinds import JOINT
from openhall.joint.models import JointCase, JointEvent
from openhall.joint.permissions import owns_joint
from openhall.joint.terms import JointAct
from openhall.joint.units import tasks_of
from openhall.paging.typed import visible

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


@deed(JOINT, JointAct.DECLINE)
def decline_joint(joint: JointCase, outcome: Outcome, reason: str, doing: Doing) -> JointEvent:
    """统一不予受理, with its reason; each unit's case gets its own written decision. 32, 38."""
    by_the_lead(joint, doing)
    refuse_answered(joint)
    if outcome not in (Outcome.NOT_REQUIRED, Outcome.INELIGIBLE):
        raise Refused(
            Said(
                "联合申请统一不予受理的情形只有：不需办理、不符合受理条件。",
                "Choose a ground for declining the whole: no licence needed, or "
                "conditions not met.",
            ),
            "outcome",
        )
    if visible(reason) < REASON_AT_LEAST:
        raise Refused(
            Said(
                "不予受理须写明理由（不少于10个字，行政许可法 32、72）。",
                "Say why it is declined (at least 10 characters, Administrative Licensing "
                "Law, art. 32 and 72).",
            ),
            "reason",
        )
    tasks = tasks_of(joint)
    for task in tasks:
        case = held(task.case_id)
        if case.stage in (Stage.SUBMITTED, Stage.SUPPLEMENTED):
            turn_down(case, outcome, reason, doing.part(str(task.position)))
    return end_whole(joint, JointAct.DECLINE, doing, tasks, {"outcome": outcome.value})


@deed(JOINT, JointAct.WITHDRAW)
def withdraw_joint(joint: JointCase, doing: Doing) -> JointEvent:
    """撤回 the whole, by the applicant: every part that has no decision yet."""
    if not owns_joint(doing.actor, joint):
        raise Refused(
            Said(
                "只有申请人本人可以撤回联合申请。",
                "Only the applicant may withdraw the joint application.",
            )
        )
    if joint.closed_at is not None:
        raise Refused(Said("本联合申请已经终止或者办结。", "This joint application has ended."))
    tasks, ended = tasks_of(joint), 0
    for task in tasks:
        case = held(task.case_id)
        if Stage(case.stage) in OPEN_TO_END:
            pull_back(case, doing.part(str(task.position)))
            ended += 1
    if not ended:
        raise Refused(
            Said(
                "全部事项都已有决定，不能再撤回。",
                "Every item has its decision; nothing can be withdrawn.",
            )
        )
    return end_whole(joint, JointAct.WITHDRAW, doing, tasks, {"parts": ended})
