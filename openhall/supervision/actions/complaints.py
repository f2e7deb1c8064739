"""Complaints: received from anyone, accepted in five days, answered in a month, confirmed. 4.1.

Closed is not fixed: the complainant says whether it is. Silence ends it without counting as
satisfied, and reopening brings it back to supervision.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from openhall.cases.models import Case
from openhall.catalogue.models import Item
from openhall.deeds.collecting import acting
from openhall.deeds.doing import Doing
from openhall.deeds.models import Deed
from openhall.deeds.refusals import Refused, led, worded
from openhall.deeds.writer import deed, fresh_code, made_before, write
from openhall.glossary import Said
from openhall.organs.models import Organ
from openhall.supervision.actions.issues import open_issue
from openhall.supervision.actions.numbers import NUMBER_OF_COMPLAINTS, number
from openhall.supervision.kinds import COMPLAINT
from openhall.supervision.models import Complaint
from openhall.supervision.permissions import may_answer, may_pass, may_supervise
from openhall.supervision.queries import rule_of
from openhall.supervision.rules.lifecycle import COMPLAINTS
from openhall.supervision.terms import (
    ComplaintAbout,
    ComplaintAct,
    ComplaintState,
    IssueSource,
    Severity,
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


@acting()
def complain(said: Grievance, doing: Doing) -> Complaint:
    """投诉 by anyone, named or not. The code on the receipt opens it again."""
    text = said.text.strip()
    before: Complaint | None = made_before(
        COMPLAINT,
        doing,
        ComplaintAct.RECEIVE,
        organ_id=said.organ.pk,
        case_id=said.case and said.case.pk,
        about=said.about.value,
        text=text,
    )
    if before is not None:
        return before
    _may_be_taken(said, text)
    day = doing.day
    code = fresh_code()
    complaint = Complaint.objects.create(
        number=number(NUMBER_OF_COMPLAINTS, day.year),
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
    write(
        COMPLAINT,
        complaint,
        ComplaintAct.RECEIVE,
        doing,
        facts={
            "about": said.about.value,
            "case": said.case.number if said.case else "",
            "breach": complaint.breach,
            "real_name": complaint.real_name,
        },
        detail={"text": text},
        state=ComplaintState.RECEIVED.value,
    )
    return complaint


def _may_be_taken(said: Grievance, text: str) -> None:
    if not TEXT_AT_LEAST <= len(text) <= TEXT_AT_MOST:
        raise Refused(
            Said(
                f"请写明投诉的事实，{TEXT_AT_LEAST}到{TEXT_AT_MOST}个字。",
                f"Write what happened, in {TEXT_AT_LEAST} to {TEXT_AT_MOST} characters.",
            ),
            "text",
        )
    if said.about == ComplaintAbout.CASE and said.case is None:
        raise Refused(
            Said(
                "请填写办件编号，编号在回执上。",
                "Give the number of the case; it stands on the receipt.",
            ),
            "case",
        )
    if said.case is not None and said.case.organ_id != said.organ.pk:
        raise Refused(
            Said(
                "该办件由另一个单位办理。请核对办件编号。",
                "Another unit handles this case. Check its number.",
            ),
            "case",
        )
    if said.phone.strip() and not said.name.strip():
        raise Refused(
            Said(
                "留下电话的，请同时写明姓名；匿名投诉不必填写电话。",
                "Give your name with the telephone; a complaint without a name needs neither.",
            ),
            "name",
        )


def _supervising(doing: Doing, what: Said) -> None:
    if not may_supervise(doing.actor, doing.day):
        raise Refused(
            Said(f"只有监察机关可以{what.zh}。", f"Only the Supervision Bureau {what.en}.")
        )


@deed(COMPLAINT, ComplaintAct.ACCEPT)
def accept_complaint(complaint: Complaint, doing: Doing) -> Deed:
    """受理: the unit has a month."""
    _supervising(doing, Said("受理投诉", "accepts complaints"))
    state = led(COMPLAINTS, ComplaintState(complaint.state), ComplaintAct.ACCEPT).value
    due = months_later(doing.day, _limits(doing.day)[1])
    return write(
        COMPLAINT,
        complaint,
        ComplaintAct.ACCEPT,
        doing,
        changes={"state": state, "answer_due": due},
        facts={"answer_due": due.isoformat()},
        state=state,
    )


@deed(COMPLAINT, ComplaintAct.REJECT)
def reject_complaint(complaint: Complaint, reason: str, doing: Doing) -> Deed:
    """不予受理, in writing with its reason."""
    _supervising(doing, Said("决定不予受理投诉", "decides not to accept a complaint"))
    state = led(COMPLAINTS, ComplaintState(complaint.state), ComplaintAct.REJECT).value
    what = Said("不予受理投诉的理由", "why the complaint is not accepted")
    written = worded(reason, REASON_AT_LEAST, what)
    return write(
        COMPLAINT,
        complaint,
        ComplaintAct.REJECT,
        doing,
        changes={"state": state, "reason": written},
        detail={"reason": written},
        state=state,
    )


@deed(COMPLAINT, ComplaintAct.ANSWER)
def answer_complaint(complaint: Complaint, words: str, doing: Doing) -> Deed:
    """The unit writes its answer; it goes to supervision, not yet to the complainant."""
    if not may_answer(doing.actor, complaint.organ, doing.day):
        raise Refused(
            Said(
                "只有被投诉单位的负责人可以答复投诉。",
                "Only the head of the unit complained about answers.",
            )
        )
    state = led(COMPLAINTS, ComplaintState(complaint.state), ComplaintAct.ANSWER).value
    what = Said("调查的情况和处理结果", "what was found and what was done")
    written = worded(words, REASON_AT_LEAST, what)
    return write(
        COMPLAINT,
        complaint,
        ComplaintAct.ANSWER,
        doing,
        changes={"state": state, "answer": written, "answered_by": doing.actor},
        detail={"answer": written},
        state=state,
    )


def _reviewing(complaint: Complaint, doing: Doing, what: Said) -> None:
    if not may_pass(doing.actor, complaint, doing.day):
        raise Refused(
            Said(
                f"只有监察机关中与被投诉单位无关的人员可以{what.zh}答复。",
                f"Only the Supervision Bureau {what.en} the answer, and nobody who belongs to the "
                "unit complained about.",
            )
        )


@deed(COMPLAINT, ComplaintAct.PASS)
def pass_complaint(complaint: Complaint, justified: bool, doing: Doing) -> Deed:
    """Supervision sends the answer out and says whether the complaint was justified."""
    _reviewing(complaint, doing, Said("审核", "reviews"))
    state = led(COMPLAINTS, ComplaintState(complaint.state), ComplaintAct.PASS).value
    due = calendar().add_workdays(doing.day, _limits(doing.day)[2]).on
    event = write(
        COMPLAINT,
        complaint,
        ComplaintAct.PASS,
        doing,
        changes={
            "state": state,
            "justified": justified,
            "passed_by": doing.actor,
            "confirm_due": due,
        },
        facts={"justified": justified, "confirm_due": due.isoformat()},
        state=state,
    )
    if justified:
        breach = Trigger(complaint.breach) if complaint.breach else Trigger.OTHER
        open_issue(
            IssueSource.COMPLAINT,
            complaint.number,
            complaint.organ,
            Said(f"投诉属实：{breach.zh}", f"Justified complaint: {breach.en}"),
            breach.basis or "成府发〔2009〕53号",
            Severity.ORDINARY,
            doing.part("issue"),
            case=complaint.case,
        )
    return event


@deed(COMPLAINT, ComplaintAct.SEND_BACK)
def send_back_complaint(complaint: Complaint, reason: str, doing: Doing) -> Deed:
    """The answer does not answer: back to the unit, with the reason."""
    _reviewing(complaint, doing, Said("退回", "sends back"))
    state = led(COMPLAINTS, ComplaintState(complaint.state), ComplaintAct.SEND_BACK).value
    written = worded(reason, REASON_AT_LEAST, Said("退回的理由", "why it is sent back"))
    return write(
        COMPLAINT,
        complaint,
        ComplaintAct.SEND_BACK,
        doing,
        changes={"state": state},
        detail={"reason": written},
        state=state,
    )


def _theirs(holds_code: bool) -> None:
    if not holds_code:
        raise Refused(
            Said(
                "只有投诉人凭投诉查询码可以确认或者要求再办。",
                "Only the complainant, with the code of the complaint, confirms or reopens it.",
            )
        )


@deed(COMPLAINT, ComplaintAct.CONFIRM)
def confirm_complaint(complaint: Complaint, doing: Doing, *, holds_code: bool) -> Deed:
    """The complainant says it is solved."""
    _theirs(holds_code)
    state = led(COMPLAINTS, ComplaintState(complaint.state), ComplaintAct.CONFIRM).value
    changes = {"state": state}
    return write(COMPLAINT, complaint, ComplaintAct.CONFIRM, doing, changes=changes, state=state)


@deed(COMPLAINT, ComplaintAct.REOPEN)
def reopen_complaint(complaint: Complaint, reason: str, doing: Doing, *, holds_code: bool) -> Deed:
    """The complainant says it is not; supervision sees it, the unit has the time once more."""
    _theirs(holds_code)
    state = led(COMPLAINTS, ComplaintState(complaint.state), ComplaintAct.REOPEN).value
    what = Said("还没有解决的问题", "what is still not solved")
    written = worded(reason, REASON_AT_LEAST, what)
    due = months_later(doing.day, _limits(doing.day)[1])
    return write(
        COMPLAINT,
        complaint,
        ComplaintAct.REOPEN,
        doing,
        changes={
            "state": state,
            "reopened": complaint.reopened + 1,
            "answer_due": due,
            "passed_by": None,
        },
        facts={"answer_due": due.isoformat()},
        detail={"reason": written},
        state=state,
    )


@deed(COMPLAINT, ComplaintAct.TIME_OUT)
def time_out_complaint(complaint: Complaint, doing: Doing) -> Deed:
    """Nobody confirmed: it ends, and counts as neither satisfied nor dissatisfied."""
    state = led(COMPLAINTS, ComplaintState(complaint.state), ComplaintAct.TIME_OUT).value
    if complaint.confirm_due is None or doing.day <= complaint.confirm_due:
        raise Refused(
            Said(
                "投诉人确认的期限还没有届满。",
                "Wait until the complainant's time to confirm is over.",
            )
        )
    changes = {"state": state}
    return write(COMPLAINT, complaint, ComplaintAct.TIME_OUT, doing, changes=changes, state=state)
