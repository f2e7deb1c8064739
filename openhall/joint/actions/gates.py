"""What this room adds to acts on a part: named in ``settings.CASE_GATES`` and ``CASE_FOLLOWS``."""

from django.utils import timezone

from openhall.cases.actions import Doing
from openhall.cases.models import Case
from openhall.cases.terms import Act
from openhall.deeds.refusals import Refused
from openhall.joint.models import JointTask
from openhall.joint.rules.handling import tell_by
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
            "本单位还没有出具联办意见。请先在联办通知中出具意见，再作决定（行政许可法 26）。"
        )
    if task.joint.lead_id == case.organ_id and task.joint.concluded_at is None:
        raise Refused(
            "主办单位的决定须在各单位意见齐备并形成综合意见之后作出（行政许可法 26）。"
            "请先在联办页面形成综合意见。"
        )


def tell_within_two_days(case: Case, act: Act, doing: Doing) -> None:
    """The superior replied: the applicant of a joint application is told within two days."""
    if act == Act.REPLY and case.part_days is not None:
        day = timezone.localtime(doing.at).date()
        JointTask.objects.filter(case=case).update(tell_due=tell_by(day, calendar()))
