"""删除个人信息: the salt and every personal field go, the proofs stay. 个人信息保护法 47.

Events may never be changed, so what they privately say is locked with the case's salt: with the
salt it is gone too. The log keeps only commitments, which nobody can open any more.
"""

import json
from datetime import date, timedelta
from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from openhall.cases.actions.record import Doing, held
from openhall.cases.models import (
    Case,
    Consultation,
    DeliveryAttempt,
    Draft,
    Erasure,
    Forwarding,
    HandOver,
    Hearing,
    JointAttendance,
    JointCase,
    JointMeeting,
    JointTask,
    Licence,
    Paper,
    SiteCheck,
    SupplementPoint,
    Upload,
)
from openhall.cases.permissions import may_erase
from openhall.cases.refusals import Refused
from openhall.cases.terms import ErasureGround
from openhall.fees.actions import forget_payer
from openhall.ledger.actions import append

REASON_AT_LEAST = 10  # characters
GONE = "（个人信息已删除）"


def erasable_from(case: Case) -> date | None:
    """The first day on which the retention period is over; None while the case is open."""
    if case.closed_at is None:
        return None
    closed = timezone.localtime(case.closed_at).date()
    return closed + timedelta(days=settings.RETENTION_DAYS)


@transaction.atomic
def erase(case_id: int, ground: ErasureGround, reason: str, doing: Doing) -> Erasure:
    """Destroy the personal data of an ended case, by the head of its organ.

    Order: repeated key → permission → ended and past its retention → reason → erase, record, log.
    """
    if before := Erasure.objects.filter(key=doing.key).first():
        return before
    case = held(case_id)
    day = timezone.localtime(doing.at).date()
    if doing.actor is None or not may_erase(doing.actor, case, day):
        raise Refused("只有本机关负责人可以决定删除个人信息（个人信息保护法 47）。")
    if Erasure.objects.filter(case=case).exists():
        raise Refused("本件的个人信息已经删除，不能重复删除。")
    if Licence.objects.filter(case=case).exists():
        raise Refused(
            "本件颁发了许可证件，持证人信息须留在许可登记中，不能随办件删除"
            "（行政许可法 61，个人信息保护法 13（3））。"
        )
    free_from = erasable_from(case)
    if free_from is None:
        raise Refused("本件尚未办结，办理所需的个人信息不能删除（个人信息保护法 47）。")
    if day < free_from:
        raise Refused(
            f"档案保存期限至{free_from - timedelta(days=1):%Y-%m-%d}，尚未届满，"
            "期满前只能停止除存储以外的处理（个人信息保护法 47）。"
        )
    if len(reason.strip()) < REASON_AT_LEAST:
        raise Refused("请写明依据哪项请求或哪个期限（不少于10个字，不要写个人信息）。", "reason")
    _destroy(case)
    entry = append(
        "erasure",
        {
            "v": 1,
            "log": settings.LEDGER_ORIGIN,
            "case": case.number,
            "organ": case.organ.code,
            "ground": ground.value,
            "at": doing.at.isoformat(timespec="seconds"),
        },
    )
    return Erasure.objects.create(
        case=case,
        account=doing.actor,
        ground=ground.value,
        reason=reason.strip(),
        at=doing.at,
        key=doing.key,
        entry=entry,
    )


def _destroy_joint(case: Case) -> None:
    """What a joint application says of a part goes with it; of the whole, with its last part."""
    task = JointTask.objects.filter(case=case).first()
    if task is None:
        return
    said = {name: GONE for name in ("reason", "reasons") if getattr(task, name)}
    if said:
        JointTask.objects.filter(pk=task.pk).update(**said)
    others = JointTask.objects.filter(joint=task.joint_id).exclude(case=case)
    erased = Erasure.objects.filter(case__in=others.values("case"))
    if erased.count() < others.count():
        return
    JointCase.objects.filter(pk=task.joint_id).update(
        salt="", query_code="", query_blind=f"erased-{task.joint_id}", account=None
    )
    meetings = JointMeeting.objects.filter(joint=task.joint_id)
    meetings.filter(held_at__isnull=False).update(minutes=GONE)
    JointAttendance.objects.filter(meeting__in=meetings).update(excuse="")


def _destroy(case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(
        salt="",
        query_code="",
        query_blind=f"erased-{case.pk}",
        applicant_name="",
        identity_number="",
        identity_blind="",
        phone="",
        address="",
        agent_name="",
        agent_number="",
        answers="{}",
        account=None,
    )
    SupplementPoint.objects.filter(supplement__case=case).update(reason=GONE)
    Consultation.objects.filter(case=case).update(question=GONE, shared={}, reason="")
    Hearing.objects.filter(case=case).update(why=GONE, asked_by="", minutes="")
    DeliveryAttempt.objects.filter(case=case).update(receiver="", note="")
    SiteCheck.objects.filter(case=case).update(place="", found=GONE)
    Forwarding.objects.filter(case=case).update(opinion=GONE, reply="")
    HandOver.objects.filter(case=case).update(things="[]")
    _destroy_joint(case)
    if case.payment_id is not None:
        forget_payer(case.payment_id)
    Draft.objects.filter(case=case).update(
        content="{}", resume_code="", resume_blind=f"erased-{case.pk}", account=None
    )
    for paper in Paper.objects.filter(case=case):
        kept = json.loads(paper.content) | {"to": GONE, "query": "", "words": [GONE]}
        Paper.objects.filter(pk=paper.pk).update(content=json.dumps(kept, ensure_ascii=False))
    for upload in Upload.objects.filter(case=case) | Upload.objects.filter(draft__case=case):
        storage, name = upload.file.storage, upload.file.name
        Upload.objects.filter(pk=upload.pk).update(name="", sha256="", file="")
        if name:  # the bytes go once the act has committed: a rolled-back act must lose nothing
            transaction.on_commit(partial(storage.delete, name))
