"""Whether every receipt still carries the bank's own signature. Named in ``LEDGER_CHECKS``."""

from collections.abc import Iterator

from openhall.fees.bank import verify_receipt
from openhall.fees.models import BankReceipt
from openhall.fees.rules.callback import NotFromTheBank, Paid
from openhall.ledger.rules.finding import Finding


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
        verify_receipt(paid, receipt.signature)
    except NotFromTheBank:
        return False
    return paid.moment == receipt.paid_at and receipt.amount == receipt.notice.amount


def faults(since: int, size: int) -> Iterator[Finding]:
    """Receipts the bank did not sign so; only in a look at the whole.

    The log's own commitments find an edited receipt too: this finds one whose entry was rewritten
    with the city's key, for nobody here has the bank's.
    """
    if since:
        return
    for receipt in BankReceipt.objects.select_related("notice").order_by("pk").iterator(2_000):
        if not _signed(receipt):
            number = receipt.notice.number
            yield Finding(
                f"bill/{number}/receipt/{receipt.pk}",
                f"缴费通知书{number}的银行回执{receipt.serial}与代收银行的签名不符：被改动。",
                f"The bank's receipt {receipt.serial} for payment notice {number} is not what the "
                "bank signed: it was changed.",
            )
