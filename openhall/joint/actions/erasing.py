"""What erasing destroys of a joint application. 个人信息保护法 47; ``settings.ERASURE_FORGETS``."""

from openhall.cases.actions import Doing
from openhall.cases.actions.forgetting import say_no_more
from openhall.cases.models import Case, Erasure
from openhall.joint.models import JointAttendance, JointCase, JointMeeting, JointTask


def forget(case: Case, doing: Doing) -> None:
    """What a joint application says of a part goes with it; of the whole, with its last part."""
    task = JointTask.objects.filter(case=case).first()
    if task is None:
        return
    say_no_more(JointTask.objects.filter(pk=task.pk), "reason", "reasons")
    others = JointTask.objects.filter(joint=task.joint_id).exclude(case=case)
    erased = Erasure.objects.filter(case__in=others.values("case"))
    if erased.count() < others.count():
        return
    JointCase.objects.filter(pk=task.joint_id).update(
        salt="", query_code="", query_blind=f"erased-{task.joint_id}", account=None
    )
    meetings = JointMeeting.objects.filter(joint=task.joint_id)
    say_no_more(meetings.filter(held_at__isnull=False), "minutes")
    JointAttendance.objects.filter(meeting__in=meetings).update(excuse="")
