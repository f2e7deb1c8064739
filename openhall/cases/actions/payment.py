"""The bill of a granted case and the bank's receipt for it. A12, 行政许可法 59."""

from collections.abc import Iterable, Mapping, Sequence

from django.utils import timezone

from openhall.cases.actions.papers import give, matter_of
from openhall.cases.actions.record import Doing, held, record, stage_after
from openhall.cases.kinds import CASE
from openhall.cases.models import Case, CaseEvent
from openhall.cases.terms import Act, Stage
from openhall.catalogue.queries import tariffs_in_force
from openhall.deeds.collecting import acting
from openhall.deeds.models import Deed
from openhall.deeds.refusals import Refused
from openhall.deeds.writer import deed, done_before, made_before
from openhall.fees.actions import decide_relief, issue_joint_notice, issue_notice, take_receipt
from openhall.fees.kinds import BILL
from openhall.fees.models import BankReceipt, NoticeLine, PaymentNotice
from openhall.fees.rules.callback import Paid
from openhall.fees.rules.number import apart
from openhall.fees.terms import BillAct, NoticeState
from openhall.glossary import Said
from openhall.organs.models import Organ
from openhall.papers.rules import words as papers
from openhall.papers.terms import PaperKind


@deed(CASE, Act.BILL)
def bill(case: Case, doing: Doing, *, lines: Mapping[str, int] | None = None) -> CaseEvent:
    """开具缴款书: by the fee window, its lines copied from the tariffs in force that day.

    ``lines``: how many of which, by the tariff's code, where the item has several. A case whose
    notice was cancelled may have a new one.
    """
    stage = _stage_unbilled(case)
    day = doing.day
    notice = issue_notice(
        case.organ,
        case.number,
        case.applicant_name,
        list(tariffs_in_force(case.item_id, day)),
        doing.part("notice"),
        lines=lines,
    )
    event = _billed(case, notice, stage, doing)
    words = papers.payment(matter_of(case), printed(notice), notice.due_on)
    give(case, PaperKind.PAYMENT, words, doing)
    return event


@acting()
def bill_together(
    pks: Sequence[int],
    lead: Organ,
    reference: str,
    doing: Doing,
    *,
    lines: Mapping[str, Mapping[str, int]] | None = None,
) -> PaymentNotice:
    """One notice for the cases ``pks`` of one joint matter, under the number of the whole.

    ``lines``: how many of which standard, by the case's number.
    """
    if before := made_before(BILL, doing.part("notice"), BillAct.ISSUE, reference=reference):
        return before  # type: ignore[no-any-return]
    cases = [held(pk) for pk in pks]
    stages = [_stage_unbilled(case) for case in cases]
    notice = issue_joint_notice(
        lead,
        reference,
        cases[0].applicant_name,
        {case.number: list(tariffs_in_force(case.item_id, doing.day)) for case in cases},
        doing.part("notice"),
        lines=lines,
    )
    for case, stage in zip(cases, stages, strict=True):
        _billed(case, notice, stage, doing.part(f"case-{case.pk}"))
    first = cases[0]
    words = papers.payment(matter_of(first), printed(notice), notice.due_on)
    give(first, PaperKind.PAYMENT, words, doing)
    return notice


def _stage_unbilled(case: Case) -> Stage:
    """Where the case goes with its notice; refused where it has one that stands."""
    stage: Stage = stage_after(case, Act.BILL)
    if case.payment is not None and case.payment.state != NoticeState.CANCELLED:
        raise Refused(
            Said(
                "本件已经开具缴费通知书，不能重复收费。",
                "A payment notice was given for this case; it is not charged twice.",
            )
        )
    return stage


def _billed(case: Case, notice: PaymentNotice, stage: Stage, doing: Doing) -> CaseEvent:
    return record(
        case,
        Act.BILL,
        doing,
        stage=stage,
        changes={"payment": notice},
        facts={"notice": notice.number, "amount": notice.amount},
    )


def printed(notice: PaymentNotice, *, by_finance: bool = False) -> papers.Bill:
    """What the paper of a notice says of it."""
    code, serial = apart(notice.number)
    lines: Iterable[NoticeLine] = notice.lines.select_related("tariff").order_by("pk")
    return papers.Bill(
        number=notice.number,
        code=code,
        serial=serial,
        check_code=notice.check_code,
        signature=notice.finance_signature if by_finance else notice.unit_signature,
        lines=[(_told(one), one.amount) for one in lines],
    )


def _told(line: NoticeLine) -> str:
    number = f" ×{line.quantity}" if line.quantity > 1 else ""
    page = f"，{line.tariff.approval_page}" if line.tariff.approval_page else ""
    return f"{line.tariff.name}{number}（{line.tariff.basis}{page}）"


@acting()
def settle(paid: Paid, signature: str, doing: Doing, *, proof: str = "") -> BankReceipt:
    """缴费: take the bank's signed receipt and write it on the case, once.

    Raises ``Refused`` as :func:`openhall.fees.actions.take_receipt` does; then nothing is
    written. The event is the bank's deed, so it has no actor here. Money that goes back changes
    nothing of the case.
    """
    receipt = take_receipt(paid, signature, doing.at, entered=doing.entered, proof=proof)
    notice = receipt.notice
    if notice.is_red:
        return receipt
    for pk in Case.objects.filter(payment=notice).order_by("pk").values_list("pk", flat=True):
        _settled(pk, receipt, doing.part(f"case-{pk}"))
    return receipt


def _settled(pk: int, receipt: BankReceipt, doing: Doing) -> None:
    if done_before(CASE, doing, (Act.SETTLE,)):
        return
    if CaseEvent.objects.filter(case=pk, act=Act.SETTLE.value).exists():
        return
    case, notice = held(pk), receipt.notice
    record(
        case,
        Act.SETTLE,
        doing,
        stage=stage_after(case, Act.SETTLE),
        changes={},
        facts={"notice": notice.number, "amount": receipt.amount, "serial": receipt.serial},
    )
    when = timezone.localtime(receipt.paid_at)
    words = papers.payment_settled(
        matter_of(case),
        printed(notice, by_finance=True),
        f"{papers.spoken(when.date())}{when:%H:%M}",
        receipt.bank,
        receipt.serial,
    )
    give(case, PaperKind.PAYMENT_SETTLED, words, doing)


@acting()
def relieve(notice_pk: int, relief_pk: int, words: str, doing: Doing, *, approved: bool) -> Deed:
    """The finance bureau's decision; a refund leaves its red letter as a paper of the case."""
    event = decide_relief(notice_pk, relief_pk, words, doing, approved=approved)
    red = PaymentNotice.objects.filter(relief__pk=relief_pk).select_related("red_of").first()
    if red is None or red.red_of is None:
        return event
    case = Case.objects.filter(payment=red.red_of).order_by("pk").first()
    if case is not None:
        told = papers.payment_red(matter_of(case), printed(red), red.red_of.number, red.reason)
        give(case, PaperKind.PAYMENT_RED, told, doing)
    return event
