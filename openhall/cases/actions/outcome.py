"""The end of a case: decide, issue, deliver, withdraw. 行政许可法 37–44."""

from datetime import date

from django.conf import settings
from django.utils import timezone

from openhall.cases.actions.papers import give, matter_of
from openhall.cases.actions.quotas import take_grant
from openhall.cases.actions.record import Doing, held, record, stage_after
from openhall.cases.actions.rooms_above import gate
from openhall.cases.actions.serving import history_of, write_attempt
from openhall.cases.actions.tally import count, count_days
from openhall.cases.days import legs_of, pauses_of
from openhall.cases.kinds import CASE
from openhall.cases.models import Case, CaseEvent, Hearing
from openhall.cases.permissions import is_applicant, may_decide, may_receive
from openhall.cases.rules.clock import days_used
from openhall.cases.rules.hearing import objection_to_deciding
from openhall.cases.rules.packs import pack_named
from openhall.cases.terms import Act, AttemptResult, Delivery, Outcome, Relation, SignedBy, Stage
from openhall.catalogue.queries import tariffs_in_force
from openhall.catalogue.rules.validity import Unsettled, settled
from openhall.catalogue.terms import ResultKind
from openhall.deeds.refusals import Fault, Refused
from openhall.deeds.writer import deed, done_before
from openhall.fees.terms import NoticeState
from openhall.glossary import Said
from openhall.papers.queries import opened_at
from openhall.papers.rules import words as papers
from openhall.papers.terms import PaperKind
from openhall.workdays.queries import calendar


def _closing(case: Case, doing: Doing, outcome: Outcome) -> dict[str, object]:
    """What closing writes: outcome, days used and whether the promise was kept; and counts it.

    A withdrawal is the applicant's act: it is no case closed by the unit, and never one in time.
    """
    day = doing.day
    changes: dict[str, object] = {"outcome": outcome.value, "closed_at": doing.at}
    if case.accepted_at is None or case.promise_due is None or outcome == Outcome.WITHDRAWN:
        return changes
    paused = [*pauses_of(case), *legs_of(case)]
    used = days_used(timezone.localtime(case.accepted_at).date(), day, paused, calendar())
    kept = day <= case.promise_due
    count(
        case.organ_id,
        day,
        closed=1,
        on_time=int(kept),
        days=used,
        granted=int(outcome == Outcome.GRANTED),
    )
    count_days(case.item_id, day, used)
    return {**changes, "days_used": used, "on_time": kept}


def _hearing_owed(case: Case, day: date) -> Said | None:
    """Why a hearing must come before the decision; None if nothing is owed."""
    hearing = Hearing.objects.filter(case=case).first()
    if hearing is None:
        return None
    told = timezone.localtime(hearing.told_at).date()
    return objection_to_deciding(
        told, hearing.ask_by, hearing.asked_at is not None, hearing.held_at is not None, day
    )


def _faults_of_decision(
    case: Case, outcome: Outcome, reason: str, remedy: str, day: date
) -> list[Fault]:
    """Everything that is missing at once, each beside its own field."""
    faults = []
    if outcome == Outcome.REFUSED and not reason.strip():
        faults.append(
            Fault(
                Said(
                    "不予准予须说明理由（行政许可法 38）。",
                    "Say why it is refused (Administrative Licensing Law, art. 38).",
                ),
                "reason",
            )
        )
    if outcome == Outcome.REFUSED and not remedy.strip():
        faults.append(
            Fault(
                Said(
                    "不予准予须告知行政复议和行政诉讼的权利（行政许可法 38）。",
                    "Tell of the right to reconsideration and to a lawsuit when refusing "
                    "(Administrative Licensing Law, art. 38).",
                ),
                "remedy",
            )
        )
    if case.suspended_since is not None:
        faults.append(
            Fault(
                Said(
                    "本件正在中止计时，请先恢复计时再作决定（行政许可法 45）。",
                    "The clock is suspended. Resume it, then decide (Administrative Licensing "
                    "Law, art. 45).",
                )
            )
        )
    if owed := _hearing_owed(case, day):
        faults.append(Fault(owed))
    return faults


def _term(case: Case, outcome: Outcome, term: str, day: date) -> tuple[str, list[Fault]]:
    """The term of a permit that is granted, empty where none is; or why none follows."""
    permit = case.item_version.result_kind == ResultKind.LICENCE
    if outcome != Outcome.GRANTED or not permit:
        return "", []
    try:
        return settled(case.item_version.result_validity, term, day), []
    except Unsettled as open_:
        return "", [Fault(open_.said, "term")]


def term_granted(case: Case) -> str:
    """How long what was granted is valid, as the decision says it."""
    decided = CaseEvent.objects.filter(case=case, act=Act.DECIDE.value).order_by("seq").last()
    return "" if decided is None else str(decided.facts.get("term", ""))


@deed(CASE, Act.DECIDE)
def decide(
    case: Case, outcome: Outcome, reason: str, remedy: str, doing: Doing, *, term: str = ""
) -> CaseEvent:
    """决定, in writing; a refusal gives its reason and the remedies. 行政许可法 37, 38.

    ``term`` says how long what is granted is valid, where the guide leaves more than one answer
    (:func:`openhall.catalogue.rules.validity.settled`).
    """
    day = doing.day
    if doing.actor is None or not may_decide(doing.actor, case, day):
        raise Refused(
            Said(
                "只有未受理、未承办本件的批准人可以作出决定（接办件分离，成办发〔2003〕75号）。",
                "Only a decider who neither accepted nor handled this case may decide it "
                "(reception and handling are separate, 成办发〔2003〕75号).",
            )
        )
    if outcome not in (Outcome.GRANTED, Outcome.REFUSED):
        raise Refused(
            Said(
                "决定只能是准予或不予准予（行政许可法 38）。",
                "A decision grants or refuses; there is nothing else (Administrative "
                "Licensing Law, art. 38).",
            ),
            "outcome",
        )
    valid, open_ = _term(case, outcome, term, day)
    if faults := [*_faults_of_decision(case, outcome, reason, remedy, day), *open_]:
        raise Refused(faults[0].said, faults[0].field, faults)
    gate(case, Act.DECIDE, doing)
    if outcome == Outcome.GRANTED:
        take_grant(case)
    target = Stage.GRANTED if outcome == Outcome.GRANTED else Stage.REFUSED
    stage = stage_after(case, Act.DECIDE, target)
    within = pack_named(case.pack).delivery_days
    due = None if within is None else calendar().add_workdays(day, within).on
    event = record(
        case,
        Act.DECIDE,
        doing,
        stage=stage,
        changes={
            **_closing(case, doing, outcome),
            "decided_at": doing.at,
            "decider": doing.actor,
            "delivery_due": due,
        },
        facts={
            "outcome": outcome.value,
            "delivery_due": due.isoformat() if due else None,
            **({"term": valid} if valid else {}),
        },
        detail={"reason": reason, "remedy": remedy} if reason or remedy else None,
    )
    granted = outcome == Outcome.GRANTED
    words = papers.decision(
        matter_of(case), granted=granted, reason=reason, remedy=remedy, term=valid
    )
    give(case, PaperKind.GRANT if granted else PaperKind.REFUSAL, words, doing)
    return event


@deed(CASE, Act.ISSUE)
def issue(case: Case, doing: Doing) -> CaseEvent:
    """制证. No case passes here with an unpaid notice. 行政许可法 39, 59."""
    day = doing.day
    if doing.actor is None or not may_receive(doing.actor, case, day):
        raise Refused(
            Said(
                "只有本单位窗口的在岗人员可以制证。",
                "Only staff on duty at this unit's window may issue the document.",
            )
        )
    stage = stage_after(case, Act.ISSUE)
    if owes_nothing_yet(case, day):
        raise Refused(
            Said(
                "该事项应当收费，还没有开具缴费通知书。请统一收费窗口先开具通知书（成办发〔2003〕75号）。",
                "This item has a fee and no payment notice was given. Ask the fee window "
                "to give one first (成办发〔2003〕75号).",
            )
        )
    if (
        case.payment is not None
        and is_billed(case)
        and case.payment.state not in (NoticeState.PAID, NoticeState.WAIVED)
    ):
        raise Refused(
            Said(
                "缴费通知书尚未缴清，不能制证。请申请人到代收银行缴费（成办发〔2003〕75号）。",
                "The payment notice is not paid in full, so nothing is issued. Ask the "
                "applicant to pay at the bank (成办发〔2003〕75号).",
            )
        )
    return record(case, Act.ISSUE, doing, stage=stage, changes={})


def is_billed(case: Case) -> bool:
    """Whether a notice that stands was given for it."""
    return case.payment is not None and case.payment.state != NoticeState.CANCELLED


def owes_nothing_yet(case: Case, day: date) -> bool:
    """Whether a fee is due on the item and no notice was issued for it."""
    return not is_billed(case) and tariffs_in_force(case.item_id, day).exists()


def issue_now(case_id: int, doing: Doing) -> CaseEvent | None:
    """Issue in the transaction of a decision on the spot; None where a fee must be paid first."""
    under = doing.part("issue")
    before: CaseEvent | None = done_before(CASE, under, (Act.ISSUE,), case_id)
    if before is not None:
        return before
    case = held(case_id)
    if case.payment is not None or owes_nothing_yet(case, doing.day):
        return None
    return record(
        case,
        Act.ISSUE,
        under,
        stage=stage_after(case, Act.ISSUE),
        changes={},
        facts={"at_once": True},
    )


@deed(CASE, Act.DELIVER)
def deliver(
    case: Case,
    way: Delivery,
    receiver: str,
    doing: Doing,
    *,
    relation: Relation | None = None,
    signed: SignedBy | None = None,
    tracking: str = "",
) -> CaseEvent:
    """送达, with who received it; only the window answers the applicant. 行政许可法 44, A2.

    The proof of service tells every attempt before. In the account a result is served once its
    holder has opened it, or after the days the settings name.
    """
    day = doing.day
    if doing.actor is None or not may_receive(doing.actor, case, day):
        raise Refused(
            Said(
                "只有窗口可以向申请人送达（成办发〔2003〕75号）。",
                "Only the window may serve the applicant (成办发〔2003〕75号).",
            )
        )
    if not receiver.strip():
        raise Refused(
            Said(
                "请填写签收人姓名（送达回执）。",
                "Give the name of who signed for it (proof of service).",
            ),
            "receiver",
        )
    if way == Delivery.ACCOUNT:
        _served_in_account(case, day)
    stage = stage_after(case, Act.DELIVER)
    history = history_of(case)
    write_attempt(
        case,
        way,
        AttemptResult.DELIVERED,
        doing.part("attempt"),
        tracking=tracking,
        receiver=receiver,
        relation=relation,
        signed=signed,
    )
    event = record(
        case,
        Act.DELIVER,
        doing,
        stage=stage,
        changes={"delivered_at": doing.at},
        facts={"way": way.value},
        detail={"receiver": receiver},
    )
    words = papers.delivery(
        matter_of(case),
        way.zh,
        receiver,
        day,
        relation=relation.zh if relation else "",
        signed=signed.zh if signed else "",
        tracking=tracking.strip(),
        history=history,
    )
    give(case, PaperKind.DELIVERY, words, doing)
    count(case.organ_id, day, delivered=1)
    return event


def _served_in_account(case: Case, day: date) -> None:
    if case.account_id is None:
        raise Refused(
            Said(
                "申请人没有账户，不能网上送达。请选择窗口领取或邮寄送达。",
                "The applicant has no account, so nothing can be served online. Choose "
                "collection at the window or post.",
            ),
            "way",
        )
    if opened_at(case.number) is not None:
        return
    within = settings.DEEMED_SERVED_DAYS
    decided = case.decided_at and timezone.localtime(case.decided_at).date()
    if not within or decided is None or (day - decided).days < within:
        raise Refused(
            Said(
                "申请人还没有在账户中查阅决定书，不能视为送达（民事诉讼法 90）。"
                "请等待查阅，或者改用窗口领取、邮寄送达。",
                "The applicant has not opened the decision in the account, so it does not "
                "count as served (Civil Procedure Law, art. 90). Wait, or serve it at the "
                "window or by post.",
            ),
            "way",
        )


@deed(CASE, Act.WITHDRAW)
def withdraw(case: Case, doing: Doing) -> CaseEvent:
    """撤回 by the applicant, at any time before the decision."""
    if not is_applicant(doing.actor, case):
        raise Refused(
            Said("只有申请人本人可以撤回申请。", "Only the applicant may withdraw the application.")
        )
    if case.part_days is not None and case.accepted_at is None:
        raise Refused(
            Said(
                "本件是联合申请的一部分，受理以前只能撤回整个联合申请。请在联合申请的页面撤回。",
                "This case is part of a joint application; before acceptance only the "
                "whole can be withdrawn. Use the page of the joint application.",
            )
        )
    return pull_back(case, doing)


def pull_back(case: Case, doing: Doing) -> CaseEvent:
    """The withdrawal itself, of a case alone or of each part of a joint application."""
    return record(
        case,
        Act.WITHDRAW,
        doing,
        stage=stage_after(case, Act.WITHDRAW),
        changes={
            **_closing(case, doing, Outcome.WITHDRAWN),
            "answer_due": None,
            "suspended_since": None,
        },
    )
