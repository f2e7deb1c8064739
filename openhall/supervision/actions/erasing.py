"""What supervision holds of a person through a case, when the case's data is erased. 47.

The room below does not know this one: the roof names it in ``ERASURE_OBJECTIONS`` and
``ERASURE_FORGETS``. Deeds may never be changed; they are locked with the salt of the row they were
done to, which goes.
"""

import json
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from openhall.cases.models import Case
from openhall.deeds.collecting import acting
from openhall.deeds.doing import Doing
from openhall.deeds.keys import system_key
from openhall.deeds.kinds import Kind
from openhall.deeds.models import Deed
from openhall.deeds.sweeping import sweep
from openhall.deeds.writer import deed, held, write
from openhall.glossary import Said, Term
from openhall.supervision.kinds import CARD, COMPLAINT, ISSUE, REVIEW
from openhall.supervision.models import (
    Card,
    CaseFileReview,
    Complaint,
    Issue,
    Notice,
)
from openhall.supervision.terms import (
    CardAct,
    CardState,
    ComplaintAct,
    ComplaintState,
    IssueAct,
    ReviewAct,
)

GONE = "（个人信息已删除）"
COMPLAINT_ENDED = (
    ComplaintState.REJECTED.value,
    ComplaintState.SATISFIED.value,
    ComplaintState.UNCONFIRMED.value,
)
CARD_ENDED = (CardState.UPHELD.value, CardState.WITHDRAWN.value, CardState.CLOSED.value)


def objection(case: Case, day: date) -> Said | None:
    """An open complaint, card, review or finding keeps what it is about until it has ended."""
    open_complaint = Complaint.objects.filter(case=case).exclude(state__in=COMPLAINT_ENDED).first()
    if open_complaint is not None:
        return Said(
            f"本件的投诉{open_complaint.number}尚未办结，办结前不能删除"
            "（成府发〔2009〕53号，个人信息保护法 13（3））。",
            f"Complaint {open_complaint.number} about this case is open; its data is kept until it "
            "ends (成府发〔2009〕53号; Personal Information Protection Law, art. 13(3)).",
        )
    open_card = Card.objects.filter(case=case).exclude(state__in=CARD_ENDED).first()
    if open_card is not None:
        return Said(
            f"本件的监察牌{open_card.number}尚未裁定，裁定前不能删除"
            "（成府发〔2009〕53号，个人信息保护法 13（3））。",
            f"Card {open_card.number} on this case is not ruled on; its data is kept until it is "
            "(成府发〔2009〕53号; Personal Information Protection Law, art. 13(3)).",
        )
    open_issue = Issue.objects.filter(case=case, closed_at__isnull=True).first()
    if open_issue is not None:
        return Said(
            f"本件的整改事项{open_issue.number}尚未销号，销号前不能删除"
            "（成办发〔2003〕75号 二（三），个人信息保护法 13（3））。",
            f"Finding {open_issue.number} on this case is not struck off; its data is kept until "
            "it is (成办发〔2003〕75号 二（三）; Personal Information Protection Law, art. 13(3)).",
        )
    if CaseFileReview.objects.filter(case=case, signed_at__isnull=True).exists():
        return Said(
            "本件已被抽中评查案卷，评查签字前不能删除"
            "（成办发〔2003〕75号 二（一），个人信息保护法 13（3））。",
            "This file was drawn for review; its data is kept until the sheet is signed "
            "(成办发〔2003〕75号 二（一）; Personal Information Protection Law, art. 13(3)).",
        )
    return None


@acting()
def forget(case: Case, doing: Doing) -> None:
    """Complaints about the case, and what officials wrote freely on its cards, sheets, findings."""
    for complaint in Complaint.objects.filter(case=case).exclude(salt=""):
        forget_complaint(complaint.pk, doing.part(f"complaint-{complaint.pk}"))
    words = json.dumps([GONE], ensure_ascii=False)
    for card in Card.objects.filter(case=case).exclude(salt=""):
        values = card.values | ({"note": GONE} if "note" in card.values else {})
        Notice.objects.filter(card=card).update(words=words)
        ruling = GONE if card.ruling else ""
        _forgotten(CARD, card, CardAct.FORGET, doing, values=values, ruling=ruling)
    for issue in Issue.objects.filter(case=case).exclude(salt=""):
        said = [name for name in ("measures", "evidence", "result") if getattr(issue, name)]
        _forgotten(ISSUE, issue, IssueAct.FORGET, doing, **dict.fromkeys(said, GONE))
    for sheet in CaseFileReview.objects.filter(case=case).exclude(salt=""):
        lines = {name: line | {"remark": ""} for name, line in sheet.lines.items()}
        _forgotten(REVIEW, sheet, ReviewAct.FORGET, doing, lines=lines)


def _forgotten(kind: Kind, row: Any, act: Term, doing: Doing, **changes: Any) -> None:
    part = doing.part(f"{kind.name}-{row.pk}")
    fresh = held(kind, row.pk, part)
    state = getattr(row, "state", "signed")
    write(kind, fresh, act, part, changes={**changes, "salt": ""}, state=state)


@deed(COMPLAINT, ComplaintAct.FORGET)
def forget_complaint(complaint: Complaint, doing: Doing) -> Deed:
    """Who complained, in which words, and how it was answered; the row and its states stay."""
    return write(
        COMPLAINT,
        complaint,
        ComplaintAct.FORGET,
        doing,
        changes={
            "salt": "",
            "code": "",
            "code_blind": f"erased-{complaint.pk}",
            "window": "",
            "text": GONE,
            "name": "",
            "phone": "",
            "answer": "",
            "reason": GONE if complaint.reason else "",
        },
        state=complaint.state,
    )


def forget_old_complaints(today: date | None = None) -> int:
    """Complaints that ended and were received before the time of keeping; how many.

    Those about no case, and those that came after the data of their case was erased, are reached
    by no erasure of a case.
    """
    last = (today or timezone.localdate()) - timedelta(days=settings.RETENTION_DAYS)
    ended = Complaint.objects.filter(state__in=COMPLAINT_ENDED).exclude(salt="")
    old = ended.filter(received_at__date__lt=last).values_list("pk", flat=True)
    now = timezone.now()
    return sweep(
        "old complaints",
        list(old),
        lambda pk: forget_complaint(pk, Doing(None, now, system_key("complaint-forgotten", pk))),
    )
