"""What supervision holds of a person through a case, when the case's data is erased. 47.

The room below does not know this one: the roof names it in ``ERASURE_OBJECTIONS`` and
``ERASURE_FORGETS``. Deeds may never be changed; they are locked with the case's salt or the
complaint's own secret, which go.
"""

import json
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from openhall.cases.actions import Doing
from openhall.cases.models import Case
from openhall.supervision.models import Card, CaseFileReview, Complaint, Issue, Notice
from openhall.supervision.terms import CardState, ComplaintState

GONE = "（个人信息已删除）"
COMPLAINT_ENDED = (
    ComplaintState.REJECTED.value,
    ComplaintState.SATISFIED.value,
    ComplaintState.UNCONFIRMED.value,
)
CARD_ENDED = (CardState.UPHELD.value, CardState.WITHDRAWN.value, CardState.CLOSED.value)


def objection(case: Case, day: date) -> str:
    """An open complaint, card, review or finding keeps what it is about until it has ended."""
    open_complaint = Complaint.objects.filter(case=case).exclude(state__in=COMPLAINT_ENDED).first()
    if open_complaint is not None:
        return (
            f"本件的投诉{open_complaint.number}尚未办结，办结前不能删除"
            "（成府发〔2009〕53号，个人信息保护法 13（3））。"
        )
    open_card = Card.objects.filter(case=case).exclude(state__in=CARD_ENDED).first()
    if open_card is not None:
        return (
            f"本件的监察牌{open_card.number}尚未裁定，裁定前不能删除"
            "（成府发〔2009〕53号，个人信息保护法 13（3））。"
        )
    open_issue = Issue.objects.filter(case=case, closed_at__isnull=True).first()
    if open_issue is not None:
        return (
            f"本件的整改事项{open_issue.number}尚未销号，销号前不能删除"
            "（成办发〔2003〕75号 二（三），个人信息保护法 13（3））。"
        )
    if CaseFileReview.objects.filter(case=case, signed_at__isnull=True).exists():
        return (
            "本件已被抽中评查案卷，评查签字前不能删除"
            "（成办发〔2003〕75号 二（一），个人信息保护法 13（3））。"
        )
    return ""


def forget(case: Case, doing: Doing) -> None:
    """Complaints about the case, and what officials wrote freely on its cards, sheets, findings."""
    for complaint in Complaint.objects.filter(case=case):
        forget_complaint(complaint)
    for card in Card.objects.filter(case=case):
        values = card.values | ({"note": GONE} if "note" in card.values else {})
        ruling = GONE if card.ruling else ""
        Card.objects.filter(pk=card.pk).update(values=values, ruling=ruling)
    words = json.dumps([GONE], ensure_ascii=False)
    Notice.objects.filter(card__case=case).update(words=words)
    findings = Issue.objects.filter(case=case)
    for field in ("measures", "evidence", "result"):
        findings.exclude(**{field: ""}).update(**{field: GONE})
    for sheet in CaseFileReview.objects.filter(case=case):
        lines = {name: line | {"remark": ""} for name, line in sheet.lines.items()}
        CaseFileReview.objects.filter(pk=sheet.pk).update(lines=lines)


def forget_complaint(complaint: Complaint) -> None:
    """Who complained, in which words, and how it was answered; the row and its states stay."""
    rows = Complaint.objects.filter(pk=complaint.pk)
    rows.exclude(reason="").update(reason=GONE)
    rows.update(
        secret="",
        code="",
        code_blind=f"erased-{complaint.pk}",
        window="",
        text=GONE,
        name="",
        phone="",
        answer="",
    )


@transaction.atomic
def forget_old_complaints(today: date | None = None) -> int:
    """Complaints that ended and were received before the time of keeping; how many.

    Those about no case, and those that came after the data of their case was erased, are reached
    by no erasure of a case.
    """
    last = (today or timezone.localdate()) - timedelta(days=settings.RETENTION_DAYS)
    ended = Complaint.objects.filter(state__in=COMPLAINT_ENDED).exclude(text=GONE)
    old = ended.filter(received_at__date__lt=last).exclude(code_blind__startswith="erased-")
    done = 0
    for complaint in old:
        forget_complaint(complaint)
        done += 1
    return done
