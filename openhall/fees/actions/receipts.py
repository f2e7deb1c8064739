"""Taking the bank's word that a notice was paid, or that money went back: once. A12.

Only the bank's signed receipt settles a notice. The finance bureau's signature stands on it after
that, and never before (财库〔2021〕31号).
"""

from datetime import datetime

from openhall.deeds.collecting import acting
from openhall.deeds.doing import Doing
from openhall.deeds.keys import system_key
from openhall.deeds.refusals import Refused
from openhall.deeds.writer import held, write
from openhall.fees.bank import verify_receipt
from openhall.fees.kinds import BILL
from openhall.fees.models import BankReceipt, PaymentNotice
from openhall.fees.rules.callback import NotFromTheBank, Paid
from openhall.fees.signatures import finance_signs
from openhall.fees.terms import BillAct, NoticeState, PayChannel
from openhall.glossary import Said


@acting()
def take_receipt(
    paid: Paid,
    signature: str,
    received_at: datetime,
    *,
    entered: datetime | None = None,
    proof: str = "",
) -> BankReceipt:
    """Settle a notice on the bank's signed word, once.

    The same receipt again is answered with the first. Raises :class:`Refused` for a signature
    that is not the bank's, an unknown or cancelled notice, another amount, or a second payment.
    """
    try:
        verify_receipt(paid, signature, proof)
    except NotFromTheBank as error:
        raise Refused(error.said, code="signature") from error
    if known := BankReceipt.objects.filter(bank=paid.bank, serial=paid.serial).first():
        if _says_the_same(known, paid):
            return known
        raise Refused(
            Said(
                f"流水号{paid.serial}已登记过另一笔缴费。",
                f"Another payment was taken under the serial number {paid.serial}.",
            ),
            code="conflict",
        )
    key = system_key("bank", paid.bank, paid.serial)
    doing = Doing(None, received_at, key, entered=entered)
    notice = _to_be_paid(paid, doing)
    receipt = BankReceipt.objects.create(
        notice=notice,
        bank=paid.bank,
        serial=paid.serial,
        amount=paid.amount,
        channel=paid.channel,
        paid_at=paid.moment,
        paid_at_said=paid.paid_at,
        received_at=received_at,
        signature=signature,
        proof=proof,
    )
    facts = {
        "bank": paid.bank,
        "serial": paid.serial,
        "amount": paid.amount,
        "paid_at": paid.paid_at,
    }
    finance = finance_signs(notice, **facts)
    write(
        BILL,
        notice,
        BillAct.RETURN if notice.is_red else BillAct.PAY,
        doing,
        changes={
            "state": (NoticeState.RETURNED if notice.is_red else NoticeState.PAID).value,
            "paid": paid.amount,
            "open": 0,
            "settled_at": paid.moment,
            "checked_at": notice.checked_at or received_at,
            "finance_signature": finance,
        },
        facts={**facts, "channel": paid.channel, "finance_signature": finance},
    )
    return receipt


def _says_the_same(known: BankReceipt, paid: Paid) -> bool:
    """The same payment told again, whether or not it was signed anew."""
    return (known.notice.number, known.amount, known.channel, known.paid_at) == (
        paid.notice,
        paid.amount,
        paid.channel,
        paid.moment,
    )


def _to_be_paid(paid: Paid, doing: Doing) -> PaymentNotice:
    """The notice under lock, if it waits for exactly this payment."""
    pk = PaymentNotice.objects.filter(number=paid.notice).values_list("pk", flat=True).first()
    if pk is None:
        raise Refused(
            Said(
                f"没有编号为{paid.notice}的缴款书。请核对编号。",
                f"There is no payment notice {paid.notice}. Check the number.",
            ),
            code="unknown",
        )
    notice: PaymentNotice = held(BILL, pk, doing)
    if paid.channel not in PayChannel.codes():
        raise Refused(
            Said(
                f"不认识的缴费渠道“{paid.channel}”。",
                f"“{paid.channel}” is no known channel of payment.",
            ),
            code="channel",
        )
    if notice.is_red != (paid.channel == PayChannel.REFUND):
        raise Refused(
            Said(
                "退付只能按红字缴款书办理，缴费只能按蓝字缴款书办理。",
                "Money goes back on a red-letter notice only, and is paid on a plain one only.",
            ),
            code="channel",
        )
    if notice.state not in (NoticeState.DUE, NoticeState.TO_RETURN):
        state = NoticeState(notice.state)
        raise Refused(
            Said(
                f"缴款书{notice.number}{state.zh}，不再接受缴费。请退款。",
                f"Payment notice {notice.number} stands at “{state.en}” and takes no payment. "
                "Return the money.",
            ),
            code="conflict",
        )
    if notice.open != paid.amount:
        raise Refused(
            Said(
                f"缴费金额{paid.amount}分与缴款书应缴{notice.open}分不符，未予登记。请退回后重缴。",
                f"{paid.amount} fen were paid and {notice.open} fen are due, so the payment was "
                "not taken. Return it and pay again.",
            ),
            code="amount",
        )
    if paid.moment > doing.at:
        raise Refused(
            Said(
                "缴费时间晚于现在，未予登记。",
                "The time of payment lies ahead; nothing was taken.",
            ),
            code="time",
        )
    return notice
