"""Asking for money and taking the bank's word that it was paid. A12, 行政许可法 58–59.

No window takes cash: the cashier issues a notice whose lines are copied from the tariff in force,
the bank collects, and only the bank's signed receipt settles it.
"""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from openhall.catalogue.models import Tariff
from openhall.deeds.collecting import acting
from openhall.deeds.doing import Doing
from openhall.deeds.keys import system_key
from openhall.deeds.models import Deed
from openhall.deeds.refusals import Fault, Refused
from openhall.deeds.writer import deed, held, made_before, write
from openhall.fees.bank import verify_receipt
from openhall.fees.kinds import BILL, RECONCILIATION
from openhall.fees.models import (
    BankReceipt,
    NoticeLine,
    PaymentNotice,
    Reconciliation,
    StatementLine,
)
from openhall.fees.permissions import may_collect
from openhall.fees.rules.callback import NotFromTheBank, Paid
from openhall.fees.rules.charging import NotCharged, charged
from openhall.fees.rules.statement import Line, Match, UnreadableStatement, compare, read
from openhall.fees.terms import BillAct, MatchState, NoticeState, PayChannel, ReconciliationAct
from openhall.glossary import Said
from openhall.organs.models import Account, Organ
from openhall.workdays.queries import calendar

DAYS_TO_PAY = 10  # working days


def _cashier(doing: Doing) -> Account:
    if doing.actor is None or not may_collect(doing.actor, doing.day):
        raise Refused(
            Said(
                "只有统一收费窗口的在岗人员可以开具、减免缴费通知书"
                "（成办发〔2003〕75号 二（一））。",
                "Only who is on duty at the fee window issues and waives payment notices "
                "(成办发〔2003〕75号 二（一）).",
            ),
            code="forbidden",
        )
    cashier: Account = doing.actor
    return cashier


@acting()
def issue_notice(
    organ: Organ,
    reference: str,
    payer: str,
    tariffs: Sequence[Tariff],
    doing: Doing,
    *,
    lines: Mapping[str, int] | None = None,
) -> PaymentNotice:
    """A payment notice for ``reference``: the chosen of ``tariffs``, the fees in force that day.

    ``lines``: how many of each, by the tariff's code; nothing needs choosing where there is one.
    Raises :class:`Refused` as :func:`~openhall.fees.rules.charging.charged` says: what is not
    approved may not be charged.
    """
    before: PaymentNotice | None = made_before(BILL, doing, BillAct.ISSUE, reference=reference)
    if before is not None:
        return before
    cashier = _cashier(doing)
    day = doing.day
    approved = {one.code: one for one in tariffs if one.in_force_on(day)}
    try:
        numbers = charged(approved, lines or {})
    except NotCharged as not_so:
        raise Refused(not_so.said, "lines", code="no_tariff") from not_so
    amounts = {code: approved[code].amount * number for code, number in numbers.items()}
    notice = PaymentNotice.objects.create(
        number=f"{day:%Y%m%d}{secrets.randbelow(10**8):08d}",
        organ=organ,
        reference=reference,
        payer=payer,
        amount=sum(amounts.values()),
        issued_at=doing.at,
        issued_by=cashier,
        due_on=calendar().add_workdays(day, DAYS_TO_PAY).on,
    )
    NoticeLine.objects.bulk_create(
        NoticeLine(
            notice=notice,
            tariff=approved[code],
            quantity=number,
            unit_amount=approved[code].amount,
            amount=amounts[code],
        )
        for code, number in numbers.items()
    )
    write(
        BILL,
        notice,
        BillAct.ISSUE,
        doing,
        facts={
            "reference": reference,
            "amount": notice.amount,
            "lines": amounts,
            "due_on": notice.due_on.isoformat(),
        },
    )
    return notice


@acting()
def take_receipt(
    paid: Paid, signature: str, received_at: datetime, *, entered: datetime | None = None
) -> BankReceipt:
    """Settle a notice on the bank's signed word, once.

    The same receipt again is answered with the first. Raises :class:`Refused` for a signature
    that is not the bank's, an unknown or cancelled notice, another amount, or a second payment.
    """
    try:
        verify_receipt(paid, signature)
    except NotFromTheBank as error:
        raise Refused(error.said, code="signature") from error
    if known := BankReceipt.objects.filter(bank=paid.bank, serial=paid.serial).first():
        if known.signature == signature:
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
    )
    write(
        BILL,
        notice,
        BillAct.PAY,
        doing,
        changes={"state": NoticeState.PAID.value, "settled_at": paid.moment},
        facts={
            "bank": paid.bank,
            "serial": paid.serial,
            "amount": paid.amount,
            "channel": paid.channel,
            "paid_at": paid.paid_at,
        },
    )
    return receipt


def _to_be_paid(paid: Paid, doing: Doing) -> PaymentNotice:
    """The notice under lock, if it waits for exactly this payment."""
    pk = PaymentNotice.objects.filter(number=paid.notice).values_list("pk", flat=True).first()
    if pk is None:
        raise Refused(
            Said(
                f"没有编号为{paid.notice}的缴费通知书。请核对编号。",
                f"There is no payment notice {paid.notice}. Check the number.",
            ),
            code="unknown",
        )
    notice: PaymentNotice = held(BILL, pk, doing)
    if notice.amount != paid.amount:
        raise Refused(
            Said(
                f"缴费金额{paid.amount}分与通知书金额{notice.amount}分不符，未予登记。"
                "请退回后重缴。",
                f"{paid.amount} fen were paid and {notice.amount} fen are due, so the payment was "
                "not taken. Return it and pay again.",
            ),
            code="amount",
        )
    if notice.state != NoticeState.DUE:
        state = NoticeState(notice.state)
        raise Refused(
            Said(
                f"缴费通知书{notice.number}{state.zh}，不再接受缴费。请退款。",
                f"Payment notice {notice.number} stands at “{state.en}” and takes no payment. "
                "Return the money.",
            ),
            code="conflict",
        )
    if paid.channel not in PayChannel.codes():
        raise Refused(
            Said(
                f"不认识的缴费渠道“{paid.channel}”。",
                f"“{paid.channel}” is no known channel of payment.",
            ),
            code="channel",
        )
    return notice


@deed(BILL, BillAct.WAIVE)
def waive(notice: PaymentNotice, basis: str, doing: Doing) -> Deed:
    """减免, on a stated basis."""
    _cashier(doing)
    if not basis.strip():
        raise Refused(
            Said(
                "减免须写明依据（行政许可法 58）。",
                "Give the basis of the waiver (Administrative Licensing Law, art. 58).",
            ),
            "basis",
            code="basis",
        )
    if notice.state != NoticeState.DUE:
        raise Refused(
            Said(
                "只有待缴费的通知书可以减免。", "Only a notice that is still to be paid is waived."
            ),
            code="conflict",
        )
    return write(
        BILL,
        notice,
        BillAct.WAIVE,
        doing,
        changes={
            "state": NoticeState.WAIVED.value,
            "settled_at": doing.at,
            "reason": basis.strip(),
        },
        facts={"basis": basis.strip()},
    )


@acting()
def reconcile(bank: str, day: date, text: str, doing: Doing) -> Reconciliation:
    """Compare the bank's file of ``day`` with our receipts; doing it again replaces the result.

    Raises :class:`Refused` with every bad line of the file, and once somebody has signed.
    """
    again: Reconciliation | None = made_before(
        RECONCILIATION, doing, ReconciliationAct.COMPARE, bank=bank, day=day
    )
    if again is not None:
        return again
    _cashier(doing)
    try:
        theirs = read(text, day)
    except UnreadableStatement as error:
        raise Refused(error.said, "file", [Fault(one, "file") for one in error.faults]) from error
    receipts = BankReceipt.objects.filter(bank=bank, paid_at__date=day).select_related("notice")
    ours = [Line(one.serial, one.notice.number, one.amount) for one in receipts]
    matches = compare(theirs, ours)
    figures = {
        "file_digest": hashlib.sha256(text.encode()).hexdigest(),
        "matched": sum(match.state == MatchState.MATCHED for match in matches),
        "exceptions": sum(match.state != MatchState.MATCHED for match in matches),
        "amount_here": sum(line.amount for line in ours),
        "amount_there": sum(line.amount for line in theirs),
    }
    row = _unsigned(bank, day, figures, doing)
    row.lines.all().delete()
    StatementLine.objects.bulk_create(_line(row, match) for match in matches)
    write(
        RECONCILIATION,
        row,
        ReconciliationAct.COMPARE,
        doing,
        changes={**figures, "made_at": doing.at},
        facts=figures,
    )
    return row


def _unsigned(bank: str, day: date, figures: dict[str, object], doing: Doing) -> Reconciliation:
    """The day's record under lock, made if there is none; refused once it is signed."""
    pk = Reconciliation.objects.filter(bank=bank, day=day).values_list("pk", flat=True).first()
    if pk is None:
        return Reconciliation.objects.create(bank=bank, day=day, made_at=doing.at, **figures)
    row: Reconciliation = held(RECONCILIATION, pk, doing)
    if row.signed_by_id is not None:
        raise Refused(
            Said(
                f"{day:%Y-%m-%d}的对账已经签字，不能重做。",
                f"The comparison of {day:%Y-%m-%d} is signed and cannot be done again.",
            ),
            code="signed",
        )
    return row


def _line(row: Reconciliation, match: Match) -> StatementLine:
    return StatementLine(
        reconciliation=row,
        serial=match.line.serial,
        notice_number=match.line.notice,
        amount=match.line.amount,
        state=match.state.value,
        note=match.note,
    )


@deed(RECONCILIATION, ReconciliationAct.SIGN, ReconciliationAct.COUNTERSIGN)
def sign_reconciliation(record: Reconciliation, doing: Doing) -> Deed:
    """The first, then the second signature, of two different cashiers."""
    cashier = _cashier(doing)
    if record.signed_by_id is None:
        act, changes = ReconciliationAct.SIGN, {"signed_by": cashier}
    elif record.countersigned_by_id is not None:
        raise Refused(
            Said("这一天的对账已由两人签字。", "Two people have signed this day already."),
            code="signed",
        )
    elif record.signed_by_id == cashier.pk:
        raise Refused(
            Said(
                "对账须由两人签字，第二个签字应是另一个人（收缴分离）。",
                "Two people sign a day; the second signature must be another person's.",
            ),
            code="same",
        )
    else:
        act, changes = ReconciliationAct.COUNTERSIGN, {"countersigned_by": cashier}
    return write(RECONCILIATION, record, act, doing, changes=changes)


@deed(BILL, BillAct.FORGET)
def forget_payer(notice: PaymentNotice, doing: Doing) -> Deed:
    """Take the payer's name off a notice; amounts and receipts stay. 个人信息保护法 47."""
    return write(BILL, notice, BillAct.FORGET, doing, changes={"payer": "", "salt": ""})
