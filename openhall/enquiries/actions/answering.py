"""What the unit does: answer and review, hand on a wrong question, ask back, close with a reason.

Who writes an answer never sends it. A transfer leaves the last day where it is.
"""

from openhall.deeds.doing import Doing
from openhall.deeds.models import Deed
from openhall.deeds.refusals import Refused, only, worded
from openhall.deeds.writer import deed, write
from openhall.enquiries.actions.steps import onward
from openhall.enquiries.actions.telling import tell
from openhall.enquiries.kinds import ENQUIRY
from openhall.enquiries.models import Enquiry
from openhall.enquiries.permissions import (
    may_assign,
    may_close,
    may_send,
    may_work_on,
)
from openhall.enquiries.queries import limits_on, transfer_desk
from openhall.enquiries.rules.asking import ANSWER_AT_LEAST, ANSWER_AT_MOST, REASON_AT_LEAST
from openhall.enquiries.rules.limits import in_time
from openhall.enquiries.terms import EnquiryAct, EnquiryKind, Taken, WhyClosed
from openhall.glossary import Said
from openhall.organs.models import Organ
from openhall.organs.terms import OrganKind
from openhall.workdays.queries import calendar

STAFF = Said("承办单位的窗口和承办人员", "the window and handling staff of the unit")
WHY_TRANSFERRED = Said("转交的理由", "why it is transferred")
ANSWERS = (OrganKind.DEPARTMENT.value, OrganKind.BUREAU.value, OrganKind.CENTRE.value)


def _working(enquiry: Enquiry, doing: Doing, what: Said) -> None:
    only(may_work_on(doing.actor, enquiry, doing.day), STAFF, what)


@deed(ENQUIRY, EnquiryAct.ASSIGN)
def assign(enquiry: Enquiry, organ: Organ, reason: str, doing: Doing) -> Deed:
    """确定承办单位, by the centre. After the last transfer that unit keeps the question."""
    only(
        may_assign(doing.actor, enquiry, doing.day),
        Said("政务服务中心的管理人员", "the management of the service centre"),
        Said("确定承办单位", "name the unit that answers"),
    )
    state = onward(enquiry, EnquiryAct.ASSIGN)
    _answers(organ, enquiry)
    written = worded(reason, REASON_AT_LEAST, Said("确定的理由", "why this unit"), "reason")
    settled = enquiry.transfers > limits_on(doing.day).transfers
    return write(
        ENQUIRY,
        enquiry,
        EnquiryAct.ASSIGN,
        doing,
        changes={"state": state, "organ": organ, "settled": settled},
        facts={"to": organ.code, "settled": settled},
        detail={"reason": written},
        state=state,
    )


def _answers(organ: Organ, enquiry: Enquiry) -> None:
    if organ.kind not in ANSWERS or organ.closed_on is not None:
        raise Refused(
            Said(
                "该机构不受理咨询。请选择部门、区（市）县部门或者政务服务中心。",
                "That body takes no questions. Choose a department, a bureau or a centre.",
            ),
            "organ",
        )
    if organ.pk == enquiry.organ_id:
        raise Refused(
            Said("已在该单位。请选择另一个单位。", "It lies there already. Choose another unit."),
            "organ",
        )


@deed(ENQUIRY, EnquiryAct.TRANSFER)
def transfer(enquiry: Enquiry, organ: Organ, reason: str, doing: Doing) -> Deed:
    """转交 to the unit whose matter it is, counted and limited; the clock goes on."""
    _working(enquiry, doing, Said("转交咨询", "transfer the question"))
    state = onward(enquiry, EnquiryAct.TRANSFER)
    _answers(organ, enquiry)
    _not_settled(enquiry)
    most = limits_on(doing.day).transfers
    if enquiry.transfers >= most:
        raise Refused(
            Said(
                f"已经转交{enquiry.transfers}次，最多{most}次。请答复，或者提请政务服务中心确定承办单位。",
                f"It was transferred {enquiry.transfers} times, of {most} at most. Answer it, or "
                "ask the service centre to name the unit.",
            )
        )
    written = worded(reason, REASON_AT_LEAST, WHY_TRANSFERRED, "reason")
    before = enquiry.organ.code
    event = write(
        ENQUIRY,
        enquiry,
        EnquiryAct.TRANSFER,
        doing,
        changes={"state": state, "organ": organ, "transfers": enquiry.transfers + 1},
        facts={"from": before, "to": organ.code, "transfers": enquiry.transfers + 1},
        detail={"reason": written},
        state=state,
    )
    name = Said(organ.name, organ.name_en or organ.name)
    happened = Said(
        f"转由{name.zh}答复，答复期限不变。",
        f"is now answered by {name.en}; the last day stays the same.",
    )
    tell(enquiry, happened, doing)
    return event


def _not_settled(enquiry: Enquiry) -> None:
    if enquiry.settled:
        raise Refused(
            Said(
                "承办单位已由政务服务中心确定，不能再转。请本单位答复。",
                "The service centre named this unit; it is not handed on again. Answer it.",
            )
        )


@deed(ENQUIRY, EnquiryAct.REFER)
def refer(enquiry: Enquiry, reason: str, doing: Doing) -> Deed:
    """提请确定: after the last transfer the centre says who answers."""
    _working(enquiry, doing, Said("提请确定承办单位", "ask the centre who answers"))
    state = onward(enquiry, EnquiryAct.REFER)
    _not_settled(enquiry)
    centre = transfer_desk()
    if centre is None or enquiry.transfers < limits_on(doing.day).transfers:
        raise Refused(
            Said(
                "转交次数没有用完。知道由谁答复的，请直接转交。",
                "There are transfers left. If you know who answers, transfer it.",
            )
        )
    written = worded(reason, REASON_AT_LEAST, WHY_TRANSFERRED, "reason")
    return write(
        ENQUIRY,
        enquiry,
        EnquiryAct.REFER,
        doing,
        changes={"state": state, "organ": centre, "transfers": enquiry.transfers + 1},
        facts={"from": enquiry.organ.code, "transfers": enquiry.transfers + 1},
        detail={"reason": written},
        state=state,
    )


@deed(ENQUIRY, EnquiryAct.ASK_TO_CLARIFY)
def ask_to_clarify(enquiry: Enquiry, words: str, doing: Doing) -> Deed:
    """Once, and within the limit: what is missing, or that it is too long to be understood."""
    _working(enquiry, doing, Said("请提问人补充", "ask the asker"))
    state = onward(enquiry, EnquiryAct.ASK_TO_CLARIFY)
    if enquiry.clarified:
        raise Refused(
            Said(
                "已经请提问人补充过一次，只能补充一次。请就已有内容答复。",
                "The asker was asked once, and that is all. Answer what was said.",
            )
        )
    if doing.day > enquiry.due:
        raise Refused(
            Said(
                "答复期限已过，不能再请提问人补充。请就已有内容答复。",
                "The limit is past; the asker is not asked any more. Answer what was said.",
            )
        )
    what = Said("请提问人补充或者精简什么", "what the asker is to add or to shorten")
    written = worded(words, REASON_AT_LEAST, what, most=500)
    by = calendar().add_workdays(doing.day, limits_on(doing.day).clarify_days).on
    event = write(
        ENQUIRY,
        enquiry,
        EnquiryAct.ASK_TO_CLARIFY,
        doing,
        changes={
            "state": state,
            "asked_back": written,
            "clarify_due": by,
            "clarified": True,
        },
        facts={"clarify_due": by.isoformat()},
        detail={"words": written},
        state=state,
    )
    happened = Said(
        f"需要您在{by.isoformat()}前补充说明。", f"needs a word from you by {by.isoformat()}."
    )
    tell(enquiry, happened, doing)
    return event


@deed(ENQUIRY, EnquiryAct.DRAFT)
def draft(enquiry: Enquiry, words: str, doing: Doing, *, taken: Taken | None = None) -> Deed:
    """拟写答复; it goes to the reviewer, not yet to the asker."""
    _working(enquiry, doing, Said("拟写答复", "write the answer"))
    state = onward(enquiry, EnquiryAct.DRAFT)
    opinion = enquiry.kind == EnquiryKind.OPINION
    if opinion and taken is None:
        raise Refused(
            Said(
                "请选择采纳情况（重大行政决策程序暂行条例 18）。",
                "Say what is done with the opinion "
                "(Interim Regulation on Major Administrative Decisions, art. 18).",
            ),
            "taken",
        )
    what = Said("答复的内容", "the answer")
    written = worded(words, ANSWER_AT_LEAST, what, most=ANSWER_AT_MOST)
    return write(
        ENQUIRY,
        enquiry,
        EnquiryAct.DRAFT,
        doing,
        changes={
            "state": state,
            "answer": written,
            "answered_by": doing.actor,
            "taken": taken.value if opinion and taken is not None else "",
        },
        detail={"answer": written},
        state=state,
    )


REVIEWERS = Said(
    "承办单位的批准人员、负责人中没有拟写答复的人",
    "who decides or leads in the unit, and did not write the answer,",
)


@deed(ENQUIRY, EnquiryAct.SEND_BACK)
def send_back(enquiry: Enquiry, reason: str, doing: Doing) -> Deed:
    """退回重拟: what the answer lacks; the clock goes on."""
    may = may_send(doing.actor, enquiry, doing.day)
    only(may, REVIEWERS, Said("退回答复", "send the answer back"))
    state = onward(enquiry, EnquiryAct.SEND_BACK)
    what = Said("退回的理由", "why it is sent back")
    written = worded(reason, REASON_AT_LEAST, what, "reason")
    return write(
        ENQUIRY,
        enquiry,
        EnquiryAct.SEND_BACK,
        doing,
        changes={"state": state},
        detail={"reason": written},
        state=state,
    )


@deed(ENQUIRY, EnquiryAct.SEND)
def send_answer(enquiry: Enquiry, doing: Doing) -> Deed:
    """审核发出: the asker reads it and is told."""
    only(
        may_send(doing.actor, enquiry, doing.day),
        REVIEWERS,
        Said("审核并发出答复", "review and send the answer"),
    )
    state = onward(enquiry, EnquiryAct.SEND)
    after_the_last_day(enquiry, doing)
    opinion = enquiry.kind == EnquiryKind.OPINION
    timely = None if opinion else in_time(enquiry.due, doing.day)
    event = write(
        ENQUIRY,
        enquiry,
        EnquiryAct.SEND,
        doing,
        changes={
            "state": state,
            "sent_by": doing.actor,
            "ended_at": doing.at,
            "on_time": timely,
        },
        facts={} if opinion else {"on_time": timely, "due": enquiry.due.isoformat()},
        state=state,
    )
    tell(enquiry, Said("已经答复。", "has been answered."), doing)
    return event


def after_the_last_day(enquiry: Enquiry, doing: Doing) -> None:
    """Before the last day of a call nothing of an opinion goes out that could steer others."""
    call = enquiry.call
    if call is not None and doing.day <= call.until:
        raise Refused(
            Said(
                f"征集至{call.until.isoformat()}截止，截止前不答复、不公开任何意见。请截止后办理。",
                f"The call is open until {call.until.isoformat()}; before its end no opinion is "
                "answered or published. Do it afterwards.",
            )
        )


@deed(ENQUIRY, EnquiryAct.CLOSE)
def close(enquiry: Enquiry, why: WhyClosed, words: str, doing: Doing) -> Deed:
    """不予答复, with its reason; the asker reads it."""
    only(
        may_close(doing.actor, enquiry, doing.day),
        Said("承办单位的批准人员、负责人", "who decides or leads in the unit"),
        Said("决定不予答复", "close it without an answer"),
    )
    state = onward(enquiry, EnquiryAct.CLOSE)
    what = Said("不予答复的理由和可以走的途径", "why there is no answer, and which way is open")
    written = worded(words, REASON_AT_LEAST, what, most=500)
    event = write(
        ENQUIRY,
        enquiry,
        EnquiryAct.CLOSE,
        doing,
        changes={
            "state": state,
            "why_closed": why.value,
            "answer": written,
            "answered_by": doing.actor,
            "ended_at": doing.at,
        },
        facts={} if enquiry.kind == EnquiryKind.OPINION else {"why": why.value},
        detail={"words": written},
        state=state,
    )
    tell(
        enquiry,
        Said("已经办结，没有答复，理由可以查看。", "was closed; the reason can be read."),
        doing,
    )
    return event
