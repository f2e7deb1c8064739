"""Whether every notice adds up and carries what was signed. Named in ``LEDGER_CHECKS``."""

from collections.abc import Iterator

from openhall.fees.bank import verify_receipt
from openhall.fees.models import BankReceipt, NoticeLine, PaymentNotice
from openhall.fees.rules.callback import NotFromTheBank, Paid
from openhall.fees.signatures import price_of, signatures_hold
from openhall.ledger.rules.finding import Finding

TOGETHER = 500


def _signed(receipt: BankReceipt) -> bool:
    paid = Paid(
        bank=receipt.bank,
        serial=receipt.serial,
        notice=receipt.notice.number,
        amount=receipt.amount,
        channel=receipt.channel,
        paid_at=receipt.paid_at_said,
    )
    try:
        verify_receipt(paid, receipt.signature, receipt.proof)
    except NotFromTheBank:
        return False
    return paid.moment == receipt.paid_at and receipt.amount == receipt.notice.paid


def faults(since: int, size: int) -> Iterator[Finding]:
    """Receipts the bank did not sign so, notices the city did not; only in a look at the whole.

    The log's own commitments find an edited row too: this finds one whose entry was rewritten with
    the city's key, for nobody here has the bank's.
    """
    if since:
        return
    for receipt in BankReceipt.objects.select_related("notice").order_by("pk").iterator(2_000):
        if not _signed(receipt):
            number = receipt.notice.number
            yield Finding(
                f"bill/{number}/receipt/{receipt.pk}",
                f"缴款书{number}的银行回执{receipt.serial}与代收银行的签名不符：被改动。",
                f"The bank's receipt {receipt.serial} for payment notice {number} is not what the "
                "bank signed: it was changed.",
            )
    yield from miscounted()
    rows = PaymentNotice.objects.select_related("organ", "receipt", "red_of").order_by("pk")
    for notice in rows.iterator(TOGETHER):
        if not all(signatures_hold(notice)):
            yield Finding(
                f"bill/{notice.number}/signature",
                f"缴款书{notice.number}与开具单位或者财政部门的签名不符：被改动。",
                f"Payment notice {notice.number} is not what its unit or the finance bureau "
                "signed: it was changed.",
            )


def miscounted() -> Iterator[Finding]:
    """Lines that are not what their standard makes of their number."""
    rows = NoticeLine.objects.filter(of__isnull=True).select_related("tariff", "notice")
    for line in rows.order_by("pk").iterator(2_000):
        if price_of(line.tariff).of(line.quantity) != line.amount:
            yield Finding(
                f"bill/{line.notice.number}/line/{line.pk}",
                f"缴款书{line.notice.number}的“{line.tariff.name}”与核定标准计算不符。",
                f"“{line.tariff.name}” on payment notice {line.notice.number} is not what its "
                "standard makes of it.",
            )
