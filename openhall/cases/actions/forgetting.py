"""What erasing destroys in this room: every column that can say who a person is. 个人信息保护法 47.

Rows stay, because the procedure happened; what they say of a person goes. Where a constraint wants
words (a reason, a receiver), a fixed sentence takes their place. A file is deleted only when no
other application holds the same bytes.
"""

import json
from collections.abc import Iterable
from functools import partial
from typing import Any, Final

from django.db import models, transaction
from django.utils import timezone

from openhall.cases.models import (
    Acting,
    Ban,
    Case,
    Consent,
    Consultation,
    DeliveryAttempt,
    Draft,
    Erasure,
    Extension,
    ExtensionRequest,
    Forwarding,
    HandOver,
    Hearing,
    HeldDocument,
    JointAttendance,
    JointCase,
    JointMeeting,
    JointTask,
    Licence,
    LicenceRequest,
    Paper,
    SetAside,
    Signatory,
    Signature,
    SiteCheck,
    SupplementDraft,
    SupplementPoint,
    Upload,
)
from openhall.cases.terms import ScanState
from openhall.deeds.doing import Doing
from openhall.fees.actions import forget_payer
from openhall.outbox.actions import forget_about

GONE: Final = "（个人信息已删除）"


def personal_of(case: Case) -> tuple[str, ...]:
    """What tells who the applicant and the agent are."""
    return (
        case.applicant_name,
        case.identity_number,
        case.phone,
        case.address,
        case.agent_name,
        case.agent_number,
    )


def forget(case: Case, doing: Doing) -> None:
    """Destroy the personal data of ``case`` in this room and in the rooms below."""
    number = case.pk
    Case.objects.filter(pk=number).update(
        salt="",
        query_code="",
        query_blind=f"erased-{number}",
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
    Acting.objects.filter(case=case).update(scope="", phone="")
    _procedure(case)
    _permit(case)
    _papers(case)
    _uploads(case)
    for draft in Draft.objects.filter(case=case):
        forget_draft(draft)
    _joint(case)
    if case.payment_id is not None:
        forget_payer(case.payment_id, doing.part("payer"))
    forget_about(case.number)


def _said_no_more(rows: models.QuerySet[Any], *fields: str) -> None:
    """The fixed sentence wherever ``rows`` say something in one of ``fields``."""
    for field in fields:
        rows.exclude(**{field: ""}).update(**{field: GONE})


def _procedure(case: Case) -> None:
    _said_no_more(SupplementPoint.objects.filter(supplement__case=case), "reason")
    SupplementDraft.objects.filter(supplement__case=case).update(answers="{}")
    asked = Consultation.objects.filter(case=case)
    asked.update(shared={})
    _said_no_more(asked, "question", "reason")
    _said_no_more(Hearing.objects.filter(case=case), "why", "asked_by", "place", "minutes")
    _said_no_more(SiteCheck.objects.filter(case=case), "place", "found")
    _said_no_more(Forwarding.objects.filter(case=case), "opinion", "reply")
    _said_no_more(ExtensionRequest.objects.filter(case=case), "reason", "answer")
    _said_no_more(Extension.objects.filter(case=case), "reason")
    _said_no_more(DeliveryAttempt.objects.filter(case=case), "receiver", "note", "tracking")
    HandOver.objects.filter(case=case).update(things="[]")


def _joint(case: Case) -> None:
    """What a joint application says of a part goes with it; of the whole, with its last part."""
    task = JointTask.objects.filter(case=case).first()
    if task is None:
        return
    _said_no_more(JointTask.objects.filter(pk=task.pk), "reason", "reasons")
    others = JointTask.objects.filter(joint=task.joint_id).exclude(case=case)
    erased = Erasure.objects.filter(case__in=others.values("case"))
    if erased.count() < others.count():
        return
    JointCase.objects.filter(pk=task.joint_id).update(
        salt="", query_code="", query_blind=f"erased-{task.joint_id}", account=None
    )
    meetings = JointMeeting.objects.filter(joint=task.joint_id)
    _said_no_more(meetings.filter(held_at__isnull=False), "minutes")
    JointAttendance.objects.filter(meeting__in=meetings).update(excuse="")


def _permit(case: Case) -> None:
    for ban in Ban.objects.filter(case=case):
        Ban.objects.filter(pk=ban.pk).update(identity_blind=f"erased-{ban.pk}", reason=GONE)
    Licence.objects.filter(case=case).update(holder="", terms="")
    _said_no_more(LicenceRequest.objects.filter(licence__case=case), "words", "reason")


def _papers(case: Case) -> None:
    for paper in Paper.objects.filter(case=case):
        kept = json.loads(paper.content) | {"to": GONE, "query": "", "words": [GONE]}
        Paper.objects.filter(pk=paper.pk).update(content=json.dumps(kept, ensure_ascii=False))
    _said_no_more(Paper.objects.filter(case=case), "withdrawn_why")
    for held in HeldDocument.objects.filter(case=case):
        HeldDocument.objects.filter(pk=held.pk).update(
            owner_blind=f"erased-{held.pk}",
            name=GONE,
            sha256="",
            withdrawn_at=held.withdrawn_at or timezone.now(),
        )


def forget_draft(draft: Draft) -> None:
    """What was typed, who was asked to sign, what was consented to."""
    Draft.objects.filter(pk=draft.pk).update(
        name="",
        content="{}",
        resume_code="",
        resume_blind=f"erased-{draft.pk}",
        account=None,
    )
    SetAside.objects.filter(draft=draft).update(content="{}")
    Consent.objects.filter(draft=draft).delete()
    for one in Signatory.objects.filter(draft=draft):
        Signatory.objects.filter(pk=one.pk).update(
            name="", number="", number_blind=f"erased-{one.pk}",
            code="", code_blind=f"erased-{one.pk}",
        )  # fmt: skip
    signed = Signature.objects.filter(signatory__draft=draft)
    signed.update(account=None, digest="erased")
    _said_no_more(signed, "reason")


def _uploads(case: Case) -> None:
    rows = Upload.objects.filter(case=case) | Upload.objects.filter(draft__case=case)
    gone = list(rows)
    waiting = Upload.objects.filter(pk__in=[one.pk for one in gone], scan=ScanState.PENDING.value)
    waiting.update(scan=ScanState.UNSCANNED.value)
    Upload.objects.filter(pk__in=[one.pk for one in gone]).update(
        name="", sha256="", file="", thumbnail=""
    )
    forget_files(gone)


def forget_files(gone: Iterable[Upload]) -> None:
    """Delete the bytes once the act has committed: a rolled-back act must lose nothing."""
    for upload in gone:
        for kept in (upload.file, upload.thumbnail):
            name = kept.name
            if not name:
                continue
            others = Upload.objects.filter(file=name) | Upload.objects.filter(thumbnail=name)
            if not others.exists():
                transaction.on_commit(partial(kept.storage.delete, name))
