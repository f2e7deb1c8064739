"""重算共同期限: under a new calendar the common limit and missing opinions are counted anew. 82.

The cases of the units are counted with all other cases (``actions.recalendar``).
"""

from django.utils import timezone

from openhall.cases.rules.clock import answer_due
from openhall.cases.rules.packs import pack_named
from openhall.deeds.collecting import acting
from openhall.deeds.doing import Doing
from openhall.deeds.keys import system_key
from openhall.deeds.writer import held
from openhall.joint.actions.record import record_joint
from openhall.joint.kinds import JOINT
from openhall.joint.models import JointCase, JointTask
from openhall.joint.rules.handling import common_days, dues
from openhall.joint.terms import JointAct
from openhall.joint.units import asked_of, tasks_of
from openhall.workdays.queries import calendar


def recount_joint(cause: str, run: int) -> int:
    """Count every open joint application anew; how many moved. Each in its own transaction."""
    moved = 0
    rows = JointCase.objects.filter(closed_at__isnull=True).order_by("pk")
    for pk in list(rows.values_list("pk", flat=True)):
        moved += _anew(pk, Doing(None, timezone.now(), system_key("recalendar", run, pk)), cause)
    return moved


@acting()
def _anew(joint_id: int, doing: Doing, cause: str) -> int:
    joint = held(JOINT, joint_id, doing)
    if joint.closed_at is not None:
        return 0
    pack = pack_named(joint.pack)
    if joint.accepted_at is None:
        received = timezone.localtime(joint.received_at).date()
        due = None if joint.answer_due is None else answer_due(received, pack, calendar())
        if due == joint.answer_due:
            return 0
        facts = {"cause": cause, "answer_due": due.isoformat() if due else None}
        changes = {"answer_due": due}
        record_joint(
            joint, JointAct.RECALENDAR, doing, organ=joint.lead, changes=changes, facts=facts
        )
        return 1
    tasks, more = tasks_of(joint), joint.extended_days
    accepted = timezone.localtime(joint.accepted_at).date()
    own = [task.limit_days + more for task in tasks]
    anew = dues(accepted, common_days(pack, joint.version.limit_days), own, calendar(), more)
    late = {}
    for task, due in zip(tasks, anew.units, strict=True):
        if task.due_on is not None and task.due_on != due and not asked_of(task).answered:
            JointTask.objects.filter(pk=task.pk).update(due_on=due)
            late[task.case.number] = due.isoformat()
    if anew.common == joint.due_on and not late:
        return 0
    record_joint(
        joint,
        JointAct.RECALENDAR,
        doing,
        organ=joint.lead,
        changes={"due_on": anew.common, "due_is_provisional": anew.provisional},
        facts={"cause": cause, "due_on": anew.common.isoformat(), "units": late},
    )
    return 1
