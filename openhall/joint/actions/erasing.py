"""What erasing destroys of a joint application. 个人信息保护法 47; ``settings.ERASURE_FORGETS``."""

from openhall.cases.actions.forgetting import say_no_more
from openhall.cases.models import Case, Erasure
from openhall.deeds.collecting import acting
from openhall.deeds.doing import Doing
from openhall.deeds.writer import held
from openhall.joint.actions.record import record_joint
from openhall.joint.kinds import JOINT
from openhall.joint.models import JointAttendance, JointMeeting, JointTask
from openhall.joint.terms import JointAct


@acting()
def forget(case: Case, doing: Doing) -> None:
    """What a joint application says of a part goes with it; of the whole, with its last part."""
    task = JointTask.objects.select_related("organ").filter(case=case).first()
    if task is None:
        return
    part = doing.part("joint")
    joint = held(JOINT, task.joint_id, part)
    say_no_more(JointTask.objects.filter(pk=task.pk), "reason", "reasons")
    others = JointTask.objects.filter(joint=joint).exclude(case=case)
    erased = Erasure.objects.filter(case__in=others.values("case"))
    changes: dict[str, object] = {}
    if erased.count() == others.count():
        changes = {
            "salt": "",
            "query_code": "",
            "query_blind": f"erased-{joint.pk}",
            "account": None,
        }
        meetings = JointMeeting.objects.filter(joint=joint)
        say_no_more(meetings.filter(held_at__isnull=False), "minutes")
        JointAttendance.objects.filter(meeting__in=meetings).update(excuse="")
    facts = {"case": case.number}
    record_joint(joint, JointAct.FORGET, part, organ=task.organ, changes=changes, facts=facts)
