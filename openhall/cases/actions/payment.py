"""The bill of a granted case and the bank's receipt for it. A12, 行政许可法 59."""

from collections.abc import Mapping

from openhall.cases.actions.papers import give, matter_of
from openhall.cases.actions.record import Doing, held, record, stage_after
from openhall.cases.kinds import CASE
from openhall.cases.models import Case, CaseEvent
from openhall.cases.terms import Act
from openhall.catalogue.queries import tariffs_in_force
from openhall.deeds.collecting import acting
from openhall.deeds.refusals import Refused
from openhall.deeds.writer import deed, done_before
from openhall.fees.actions import issue_notice, take_receipt
from openhall.fees.models import BankReceipt, NoticeLine
from openhall.fees.rules.callback import Paid
from openhall.glossary import Said
from openhall.papers.rules import words as papers
from openhall.papers.terms import PaperKind


@deed(CASE, Act.BILL)
def bill(case: Case, doing: Doing, *, lines: Mapping[str, int] | None = None) -> CaseEvent:
    """开具缴费通知书: by the fee window, its lines copied from the tariffs in force that day.

    ``lines``: how many of which, by the tariff's code, where the item has several.
    """
    stage = stage_after(case, Act.BILL)
    if case.payment_id is not None:
        raise Refused(
            Said(
                "本件已经开具缴费通知书，不能重复收费。",
                "A payment notice was given for this case; it is not charged twice.",
            )
        )
    day = doing.day
    notice = issue_notice(
        case.organ,
        case.number,
        case.applicant_name,
        list(tariffs_in_force(case.item_id, day)),
        doing.part("notice"),
        lines=lines,
    )
    event = record(
        case,
        Act.BILL,
        doing,
        stage=stage,
        changes={"payment": notice},
        facts={"notice": notice.number, "amount": notice.amount},
    )
    told = [
        (_told(one), one.amount) for one in notice.lines.select_related("tariff").order_by("pk")
    ]
    words = papers.payment(matter_of(case), notice.number, told, notice.due_on)
    give(case, PaperKind.PAYMENT, words, doing)
    return event


def _told(line: NoticeLine) -> str:
    number = f" ×{line.quantity}" if line.quantity > 1 else ""
    return f"{line.tariff.name}{number}（{line.tariff.basis}）"


@acting()
def settle(paid: Paid, signature: str, doing: Doing) -> BankReceipt:
    """缴费: take the bank's signed receipt and write it on the case, once.

    Raises ``Refused`` as :func:`openhall.fees.actions.take_receipt` does; then nothing is
    written. The event is the bank's deed, so it has no actor here.
    """
    receipt = take_receipt(paid, signature, doing.at, entered=doing.entered)
    if done_before(CASE, doing, (Act.SETTLE,)):
        return receipt
    case = Case.objects.filter(payment=receipt.notice).first()
    if case is None or CaseEvent.objects.filter(case=case, act=Act.SETTLE.value).exists():
        return receipt
    case = held(case.pk)
    record(
        case,
        Act.SETTLE,
        doing,
        stage=stage_after(case, Act.SETTLE),
        changes={},
        facts={"notice": receipt.notice.number, "amount": receipt.amount, "serial": receipt.serial},
    )
    return receipt
