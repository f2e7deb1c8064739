"""送达: each attempt to serve the result is kept, and the proof of service tells them all.

行政许可法 44; 民事诉讼法 87–92. An attempt that fails changes nothing but the record; the one that
succeeds is the act ``deliver``.
"""

from django.utils import timezone

from openhall.cases.actions.record import Doing, held
from openhall.cases.kinds import ATTEMPT
from openhall.cases.models import Case, DeliveryAttempt
from openhall.cases.permissions import may_receive
from openhall.cases.rules.lifecycle import acts_at
from openhall.cases.terms import (
    Act,
    AttemptResult,
    BesideAct,
    Delivery,
    Relation,
    SignedBy,
    Stage,
)
from openhall.deeds.collecting import acting
from openhall.deeds.refusals import Refused, kept
from openhall.deeds.writer import made_before, write
from openhall.glossary import Said
from openhall.papers.queries import opened_at


def history_of(case: Case) -> str:
    """The attempts before the last one, as the proof of service tells them."""
    told = []
    for one in case.attempts.all():
        day = timezone.localtime(one.at).date()
        number = f"（邮件编号{one.tracking}）" if one.tracking else ""
        way, result = Delivery(one.way).zh, AttemptResult(one.result).zh
        told.append(f"{day.year}年{day.month}月{day.day}日{way}：{result}{number}")
    opening = opened_at(case.number)
    if opening is not None:
        day = timezone.localtime(opening.at).date()
        told.append(f"{day.year}年{day.month}月{day.day}日申请人在账户中查阅决定书")
    return ";".join(told)


def write_attempt(
    case: Case,
    way: Delivery,
    result: AttemptResult,
    doing: Doing,
    *,
    tracking: str = "",
    receiver: str = "",
    relation: Relation | None = None,
    signed: SignedBy | None = None,
    note: str = "",
) -> DeliveryAttempt:
    """One row and its deed; the caller has asked permission."""
    assert doing.actor is not None
    made = DeliveryAttempt.objects.create(
        case=case,
        way=way.value,
        result=result.value,
        tracking=kept(tracking, 40, "tracking"),
        receiver=receiver.strip(),
        relation=relation.value if relation else "",
        signed=signed.value if signed else "",
        note=note.strip(),
        at=doing.at,
        by=doing.actor,
    )
    facts = {"way": way.value, "result": result.value}
    write(ATTEMPT, made, BesideAct.ATTEMPT, doing, facts=facts)
    return made


@acting()
def attempt(
    case_id: int,
    way: Delivery,
    result: AttemptResult,
    doing: Doing,
    *,
    tracking: str = "",
    note: str = "",
) -> DeliveryAttempt:
    """An attempt that has not reached its addressee yet: posted, returned, nobody there."""
    same = {"case_id": case_id, "way": way.value, "result": result.value}
    before: DeliveryAttempt | None = made_before(ATTEMPT, doing, BesideAct.ATTEMPT, **same)
    if before is not None:
        return before
    case = held(case_id, seen=doing.seen)
    day = doing.day
    if doing.actor is None or not may_receive(doing.actor, case, day):
        raise Refused(
            Said(
                "只有窗口可以向申请人送达（成办发〔2003〕75号）。",
                "Only the window may serve the applicant (成办发〔2003〕75号).",
            )
        )
    if Act.DELIVER not in acts_at(Stage(case.stage)):
        raise Refused(Said("本件现在没有可以送达的结果。", "This case has no result to serve now."))
    if result == AttemptResult.DELIVERED:
        raise Refused(
            Said(
                "已签收的，请办理“送达”，并填写签收人。",
                "It was signed for: use “Serve” and give who signed.",
            ),
            "result",
        )
    if way == Delivery.POST and not tracking.strip():
        raise Refused(
            Said("邮寄的，请填写邮件编号。", "Give the tracking number of the post."), "tracking"
        )
    if result in (AttemptResult.POSTED, AttemptResult.RETURNED) and way != Delivery.POST:
        raise Refused(
            Said(
                "只有邮寄送达才有“已交寄”“邮件退回”。",
                "“Posted” and “Returned” belong to service by post only.",
            ),
            "result",
        )
    return write_attempt(case, way, result, doing, tracking=tracking, note=note)
