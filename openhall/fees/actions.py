"""Asking for money and taking the bank's word that it was paid. A12, 行政许可法 58–59.

No window takes cash: the cashier issues a notice whose lines are copied from the tariff in force,
the bank collects, and only the bank's signed receipt settles it.
"""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from openhall.catalogue.models import Tariff
from openhall.fees.bank import public_key
from openhall.fees.models import (
    BankReceipt,
    NoticeLine,
    PaymentNotice,
    Reconciliation,
    StatementLine,
)
from openhall.fees.permissions import may_collect
from openhall.fees.refusals import FeeRefused
from openhall.fees.rules.callback import NotFromTheBank, Paid, verify
from openhall.fees.rules.statement import Line, compare, read
from openhall.fees.terms import MatchState, NoticeState, PayChannel
from openhall.organs.models import Account, Organ
from openhall.workdays.queries import calendar

DAYS_TO_PAY = 10  # working days


def _cashier(actor: Account | None, day: date) -> Account:
    if actor is None or not may_collect(actor, day):
        raise FeeRefused(
            "只有统一收费窗口的在岗人员可以开具、减免缴费通知书（成办发〔2003〕75号 二（一））。",
            "forbidden",
        )
    return actor


@transaction.atomic
def issue_notice(
    organ: Organ,
    reference: str,
    payer: str,
    tariffs: Sequence[Tariff],
    actor: Account | None,
    at: datetime,
    key: str,
) -> PaymentNotice:
    """A payment notice for ``reference``, one line for each tariff in force.

    Raises :class:`FeeRefused` without a tariff: what is not approved may not be charged.
    """
    if before := PaymentNotice.objects.filter(key=key).first():
        return before
    day = timezone.localtime(at).date()
    cashier = _cashier(actor, day)
    if not tariffs:
        raise FeeRefused(
            "该事项没有物价部门核定的收费标准，不得收费（行政许可法 58）。", "no_tariff"
        )
    for tariff in tariffs:
        if not (tariff.valid_from <= day and (tariff.valid_until or day) >= day):
            raise FeeRefused(f"收费标准“{tariff.name}”在{day:%Y-%m-%d}不在有效期内。", "no_tariff")
    notice = PaymentNotice.objects.create(
        number=f"{day:%Y%m%d}{secrets.randbelow(10**8):08d}",
        organ=organ,
        reference=reference,
        payer=payer,
        amount=sum(tariff.amount for tariff in tariffs),
        issued_at=at,
        issued_by=cashier,
        due_on=calendar().add_workdays(day, DAYS_TO_PAY).on,
        key=key,
    )
    NoticeLine.objects.bulk_create(
        NoticeLine(notice=notice, tariff=one, unit_amount=one.amount, amount=one.amount)
        for one in tariffs
    )
    return notice


@transaction.atomic
def take_receipt(paid: Paid, signature: str, received_at: datetime) -> BankReceipt:
    """Settle a notice on the bank's signed word, once.

    The same receipt again is answered with the first. Raises :class:`FeeRefused` for a signature
    that is not the bank's, an unknown or cancelled notice, another amount, or a second payment.
    """
    try:
        verify(paid, signature, public_key())
    except NotFromTheBank as error:
        raise FeeRefused(str(error), "signature") from error
    if known := BankReceipt.objects.filter(bank=paid.bank, serial=paid.serial).first():
        if known.signature == signature:
            return known
        raise FeeRefused(f"流水号{paid.serial}已登记过另一笔缴费。", "conflict")
    notice = PaymentNotice.objects.select_for_update().filter(number=paid.notice).first()
    if notice is None:
        raise FeeRefused(f"没有编号为{paid.notice}的缴费通知书。请核对编号。", "unknown")
    if notice.amount != paid.amount:
        raise FeeRefused(
            f"缴费金额{paid.amount}分与通知书金额{notice.amount}分不符，未予登记。请退回后重缴。",
            "amount",
        )
    if notice.state != NoticeState.DUE:
        raise FeeRefused(
            f"缴费通知书{notice.number}{NoticeState(notice.state).zh}，不再接受缴费。请退款。",
            "conflict",
        )
    if paid.channel not in PayChannel.codes():
        raise FeeRefused(f"不认识的缴费渠道“{paid.channel}”。", "channel")
    PaymentNotice.objects.filter(pk=notice.pk).update(
        state=NoticeState.PAID.value, settled_at=paid.moment
    )
    return BankReceipt.objects.create(
        notice=notice,
        bank=paid.bank,
        serial=paid.serial,
        amount=paid.amount,
        channel=paid.channel,
        paid_at=paid.moment,
        received_at=received_at,
        signature=signature,
    )


@transaction.atomic
def waive(notice: PaymentNotice, basis: str, actor: Account | None, at: datetime) -> PaymentNotice:
    """减免, on a stated basis."""
    _cashier(actor, timezone.localtime(at).date())
    if not basis.strip():
        raise FeeRefused("减免须写明依据（行政许可法 58）。", "basis")
    changed = PaymentNotice.objects.filter(pk=notice.pk, state=NoticeState.DUE.value).update(
        state=NoticeState.WAIVED.value, settled_at=at, reason=basis.strip()
    )
    if not changed:
        raise FeeRefused("只有待缴费的通知书可以减免。", "conflict")
    notice.refresh_from_db()
    return notice


@transaction.atomic
def reconcile(bank: str, day: date, text: str) -> Reconciliation:
    """Compare the bank's file of ``day`` with our receipts; doing it again replaces the result.

    Raises ``UnreadableStatement`` for a bad file, and :class:`FeeRefused` once two have signed.
    """
    theirs = read(text)
    receipts = BankReceipt.objects.filter(bank=bank, paid_at__date=day).select_related("notice")
    ours = [Line(one.serial, one.notice.number, one.amount) for one in receipts]
    matches = compare(theirs, ours)
    before = Reconciliation.objects.filter(bank=bank, day=day).first()
    if before is not None and before.signed_by_id is not None:
        raise FeeRefused(f"{day:%Y-%m-%d}的对账已经签字，不能重做。", "signed")
    record, _ = Reconciliation.objects.update_or_create(
        bank=bank,
        day=day,
        defaults={
            "file_digest": hashlib.sha256(text.encode()).hexdigest(),
            "matched": sum(match.state == MatchState.MATCHED for match in matches),
            "exceptions": sum(match.state != MatchState.MATCHED for match in matches),
            "amount_here": sum(line.amount for line in ours),
            "amount_there": sum(line.amount for line in theirs),
            "made_at": timezone.now(),
        },
    )
    record.lines.all().delete()
    StatementLine.objects.bulk_create(
        StatementLine(
            reconciliation=record,
            serial=match.line.serial,
            notice_number=match.line.notice,
            amount=match.line.amount,
            state=match.state.value,
            note=match.note,
        )
        for match in matches
    )
    return record


@transaction.atomic
def sign_reconciliation(record: Reconciliation, actor: Account | None) -> Reconciliation:
    """The first, then the second signature, of two different cashiers."""
    cashier = _cashier(actor, timezone.localdate())
    record = Reconciliation.objects.select_for_update().get(pk=record.pk)
    if record.signed_by_id is None:
        record.signed_by = cashier
    elif record.countersigned_by_id is not None:
        raise FeeRefused("这一天的对账已由两人签字。", "signed")
    elif record.signed_by_id == cashier.pk:
        raise FeeRefused("对账须由两人签字，第二个签字应是另一个人（收缴分离）。", "same")
    else:
        record.countersigned_by = cashier
    record.save(update_fields=["signed_by", "countersigned_by"])
    return record


@transaction.atomic
def forget_payer(notice_id: int) -> None:
    """Take the payer's name off a notice; amounts and receipts stay. 个人信息保护法 47."""
    PaymentNotice.objects.filter(pk=notice_id).update(payer="")
