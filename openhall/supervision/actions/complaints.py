"""Complaints: received from anyone, accepted in five days, answered in a month, confirmed. 4.1.

Closed is not fixed: the complainant says whether it is. Silence ends it without counting as
satisfied, and reopening brings it back to supervision.
"""

import base64
import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from openhall.cases.actions import Doing
from openhall.cases.models import Case
from openhall.catalogue.models import Item
from openhall.deeds.refusals import Refused
from openhall.deeds.rules.codes import BODY_SIGNS, SIGNS, check_sign
from openhall.organs.models import Organ
from openhall.supervision.actions.issues import open_issue
from openhall.supervision.actions.numbers import COMPLAINT, number
from openhall.supervision.actions.record import day_of, done_before, led, record, under_lock
from openhall.supervision.models import Complaint, Deed
from openhall.supervision.permissions import may_answer, may_pass, may_supervise
from openhall.supervision.queries import rule_of
from openhall.supervision.rules.lifecycle import COMPLAINTS
from openhall.supervision.terms import (
    ComplaintAbout,
    ComplaintAct,
    ComplaintState,
    IssueSource,
    Severity,
    Subject,
    Trigger,
)
from openhall.vault.fields import blind
from openhall.workdays.queries import calendar

TEXT_AT_LEAST, TEXT_AT_MOST = 10, 2000
REASON_AT_LEAST = 10
ACCEPT_DAYS, MONTHS, CONFIRM_DAYS = 5, 1, 10  # where no rule is in force


@dataclass(frozen=True, slots=True)
class Grievance:
    """What a complainant says. Without ``name`` it is anonymous."""

    about: ComplaintAbout
    organ: Organ
    text: str
    case: Case | None = None
    item: Item | None = None
    window: str = ""
    breach: Trigger | None = None
    name: str = ""
    phone: str = ""


def _limits(day: date) -> tuple[int, int, int]:
    rule = rule_of("complaint-late", day)
    numbers: dict[str, Any] = rule.parameters if rule is not None else {}
    return (
        int(numbers.get("accept_days", ACCEPT_DAYS)),
        int(numbers.get("months", MONTHS)),
        int(numbers.get("confirm_days", CONFIRM_DAYS)),
    )


def months_later(day: date, months: int) -> date:
    """The same day ``months`` later, or the last of that month. 民法典 202."""
    index = day.year * 12 + day.month - 1 + months
    first = date(index // 12, index % 12 + 1, 1)
    last = (date((index + 1) // 12, (index + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return first.replace(day=min(day.day, last))


@transaction.atomic
def complain(said: Grievance, doing: Doing) -> Complaint:
    """投诉 by anyone, named or not. The code on the receipt opens it again."""
    if before := done_before(doing.key):
        return Complaint.objects.get(pk=before.about)
    text = said.text.strip()
    if not TEXT_AT_LEAST <= len(text) <= TEXT_AT_MOST:
        raise Refused(f"请写明投诉的事实，{TEXT_AT_LEAST}到{TEXT_AT_MOST}个字。", "text")
    if said.about == ComplaintAbout.CASE and said.case is None:
        raise Refused("请填写办件编号，编号在回执上。", "case")
    if said.case is not None and said.case.organ_id != said.organ.pk:
        raise Refused("该办件由另一个单位办理。请核对办件编号。", "case")
    if said.phone.strip() and not said.name.strip():
        raise Refused("留下电话的，请同时写明姓名；匿名投诉不必填写电话。", "name")
    day = day_of(doing)
    body = "".join(secrets.choice(SIGNS) for _ in range(BODY_SIGNS))
    code = body + check_sign(body)
    complaint = Complaint.objects.create(
        number=number(COMPLAINT, day.year),
        secret=base64.b64encode(secrets.token_bytes(32)).decode(),
        code=code,
        code_blind=blind("complaint:" + code),
        about=said.about.value,
        organ=said.organ,
        case=said.case,
        item=said.item or (said.case.item if said.case else None),
        window=said.window.strip(),
        breach=said.breach.value if said.breach else "",
        text=text,
        name=said.name.strip(),
        phone=said.phone.strip(),
        state=ComplaintState.RECEIVED.value,
        received_at=doing.at,
        accept_due=calendar().add_workdays(day, _limits(day)[0]).on,
    )
    record(
        Subject.COMPLAINT,
        complaint,
        ComplaintAct.RECEIVE,
        ComplaintState.RECEIVED.value,
        doing,
        facts={
            "organ": said.organ.code,
            "about": said.about.value,
            "case": said.case.number if said.case else "",
            "breach": complaint.breach,
            "real_name": complaint.real_name,
        },
        words={"text": text},
    )
    return complaint


@transaction.atomic
def accept_complaint(complaint_id: int, doing: Doing) -> Deed:
    """受理: the unit has a month."""
    if before := done_before(doing.key):
        return before
    complaint = under_lock(Complaint, complaint_id, "organ")
    day = day_of(doing)
    if not may_supervise(doing.actor, day):
        raise Refused("只有监察机关可以受理投诉。")
    state = led(COMPLAINTS, ComplaintState(complaint.state), ComplaintAct.ACCEPT)
    due = months_later(day, _limits(day)[1])
    return record(
        Subject.COMPLAINT,
        complaint,
        ComplaintAct.ACCEPT,
        state.value,
        doing,
        facts={"answer_due": due.isoformat()},
        changes={"answer_due": due},
    )


@transaction.atomic
def reject_complaint(complaint_id: int, reason: str, doing: Doing) -> Deed:
    """不予受理, in writing with its reason."""
    if before := done_before(doing.key):
        return before
    complaint = under_lock(Complaint, complaint_id, "organ")
    if not may_supervise(doing.actor, day_of(doing)):
        raise Refused("只有监察机关可以决定不予受理投诉。")
    state = led(COMPLAINTS, ComplaintState(complaint.state), ComplaintAct.REJECT)
    if len(reason.strip()) < REASON_AT_LEAST:
        raise Refused(f"不予受理投诉须书面说明理由，不少于{REASON_AT_LEAST}个字。", "words")
    return record(
        Subject.COMPLAINT,
        complaint,
        ComplaintAct.REJECT,
        state.value,
        doing,
        words={"reason": reason.strip()},
        changes={"reason": reason.strip()},
    )


@transaction.atomic
def answer_complaint(complaint_id: int, words: str, doing: Doing) -> Deed:
    """The unit writes its answer; it goes to supervision, not yet to the complainant."""
    if before := done_before(doing.key):
        return before
    complaint = under_lock(Complaint, complaint_id, "organ")
    if not may_answer(doing.actor, complaint.organ, day_of(doing)):
        raise Refused("只有被投诉单位的负责人可以答复投诉。")
    state = led(COMPLAINTS, ComplaintState(complaint.state), ComplaintAct.ANSWER)
    if len(words.strip()) < REASON_AT_LEAST:
        raise Refused(f"请写明调查的情况和处理结果，不少于{REASON_AT_LEAST}个字。", "words")
    return record(
        Subject.COMPLAINT,
        complaint,
        ComplaintAct.ANSWER,
        state.value,
        doing,
        words={"answer": words.strip()},
        changes={"answer": words.strip(), "answered_by": doing.actor},
    )


@transaction.atomic
def pass_complaint(complaint_id: int, justified: bool, doing: Doing) -> Deed:
    """Supervision sends the answer out and says whether the complaint was justified."""
    if before := done_before(doing.key):
        return before
    complaint = under_lock(Complaint, complaint_id, "organ", "case")
    day = day_of(doing)
    if not may_pass(doing.actor, complaint, day):
        raise Refused("只有监察机关中与被投诉单位无关的人员可以审核答复。")
    state = led(COMPLAINTS, ComplaintState(complaint.state), ComplaintAct.PASS)
    due = calendar().add_workdays(day, _limits(day)[2]).on
    deed = record(
        Subject.COMPLAINT,
        complaint,
        ComplaintAct.PASS,
        state.value,
        doing,
        facts={"justified": justified, "confirm_due": due.isoformat()},
        changes={"justified": justified, "passed_by": doing.actor, "confirm_due": due},
    )
    if justified:
        breach = Trigger(complaint.breach) if complaint.breach else Trigger.OTHER
        key = f"complaint-{complaint.pk}-{complaint.reopened}"
        open_issue(
            IssueSource.COMPLAINT,
            complaint.number,
            complaint.organ,
            f"投诉属实：{breach.zh}",
            breach.basis or "成府发〔2009〕53号",
            Severity.ORDINARY,
            Doing(doing.actor, doing.at, key, doing.desk, doing.entered),
            title_en=f"Justified complaint: {breach.en}",
            case=complaint.case,
        )
    return deed


@transaction.atomic
def send_back_complaint(complaint_id: int, reason: str, doing: Doing) -> Deed:
    """The answer does not answer: back to the unit, with the reason."""
    if before := done_before(doing.key):
        return before
    complaint = under_lock(Complaint, complaint_id, "organ")
    if not may_pass(doing.actor, complaint, day_of(doing)):
        raise Refused("只有监察机关中与被投诉单位无关的人员可以退回答复。")
    state = led(COMPLAINTS, ComplaintState(complaint.state), ComplaintAct.SEND_BACK)
    if len(reason.strip()) < REASON_AT_LEAST:
        raise Refused(f"请写明退回的理由，不少于{REASON_AT_LEAST}个字。", "words")
    return record(
        Subject.COMPLAINT,
        complaint,
        ComplaintAct.SEND_BACK,
        state.value,
        doing,
        words={"reason": reason.strip()},
    )


def _theirs(holds_code: bool) -> None:
    if not holds_code:
        raise Refused("只有投诉人凭投诉查询码可以确认或者要求再办。")


@transaction.atomic
def confirm_complaint(complaint_id: int, doing: Doing, *, holds_code: bool) -> Deed:
    """The complainant says it is solved."""
    if before := done_before(doing.key):
        return before
    _theirs(holds_code)
    complaint = under_lock(Complaint, complaint_id, "organ")
    state = led(COMPLAINTS, ComplaintState(complaint.state), ComplaintAct.CONFIRM)
    return record(Subject.COMPLAINT, complaint, ComplaintAct.CONFIRM, state.value, doing)


@transaction.atomic
def reopen_complaint(complaint_id: int, reason: str, doing: Doing, *, holds_code: bool) -> Deed:
    """The complainant says it is not; supervision sees it, the unit has the time once more."""
    if before := done_before(doing.key):
        return before
    _theirs(holds_code)
    complaint = under_lock(Complaint, complaint_id, "organ")
    state = led(COMPLAINTS, ComplaintState(complaint.state), ComplaintAct.REOPEN)
    if len(reason.strip()) < REASON_AT_LEAST:
        raise Refused(f"请写明还没有解决的问题，不少于{REASON_AT_LEAST}个字。", "words")
    day = day_of(doing)
    due = months_later(day, _limits(day)[1])
    return record(
        Subject.COMPLAINT,
        complaint,
        ComplaintAct.REOPEN,
        state.value,
        doing,
        facts={"answer_due": due.isoformat()},
        words={"reason": reason.strip()},
        changes={"reopened": complaint.reopened + 1, "answer_due": due, "passed_by": None},
    )


@transaction.atomic
def time_out_complaint(complaint_id: int, doing: Doing) -> Deed:
    """Nobody confirmed: it ends, and counts as neither satisfied nor dissatisfied."""
    if before := done_before(doing.key):
        return before
    complaint = under_lock(Complaint, complaint_id, "organ")
    state = led(COMPLAINTS, ComplaintState(complaint.state), ComplaintAct.TIME_OUT)
    if complaint.confirm_due is None or day_of(doing) <= complaint.confirm_due:
        raise Refused("投诉人确认的期限还没有届满。")
    return record(Subject.COMPLAINT, complaint, ComplaintAct.TIME_OUT, state.value, doing)
