"""Asking for money: a notice from standards in force, checked, annulled. 行政许可法 58–59."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import connection
from django.utils import timezone

from openhall.catalogue.models import Tariff
from openhall.deeds.collecting import acting
from openhall.deeds.doing import Doing
from openhall.deeds.keys import system_key
from openhall.deeds.models import Deed
from openhall.deeds.refusals import Refused
from openhall.deeds.writer import deed, fresh_code, made_before, write
from openhall.fees.kinds import BILL
from openhall.fees.models import CashSlip, NoticeLine, NoticeNumber, PaymentNotice
from openhall.fees.permissions import cashier_of
from openhall.fees.rules.charging import NotCharged, charged
from openhall.fees.rules.number import written
from openhall.fees.signatures import price_of, unit_signs
from openhall.fees.terms import BillAct, NoticeState
from openhall.glossary import Said
from openhall.organs.models import Account, Organ
from openhall.workdays.queries import calendar

DAYS_TO_PAY: Final = 10  # working days
NUMBERS: Final = NoticeNumber._meta.db_table
NEXT: Final = (
    f"INSERT INTO {NUMBERS} (code, last) VALUES (%s, 1)"  # noqa: S608
    f" ON CONFLICT (code) DO UPDATE SET last = {NUMBERS}.last + 1 RETURNING last"
)


@dataclass(frozen=True, slots=True)
class Charge:
    """So many of one standard, for the case ``reference`` where a notice is for several."""

    tariff: Tariff
    quantity: int
    reference: str = ""


def next_number() -> str:
    """The next number under the finance bureau's code; none is given twice, none is left out."""
    code = settings.FEES_BILL_CODE
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [code])
        return written(code, int(cursor.fetchone()[0]))


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
    return issue_joint_notice(
        organ, reference, payer, {"": tariffs}, doing, lines={"": dict(lines or {})}
    )


@acting()
def issue_joint_notice(
    organ: Organ,
    reference: str,
    payer: str,
    parts: Mapping[str, Sequence[Tariff]],
    doing: Doing,
    *,
    lines: Mapping[str, Mapping[str, int]] | None = None,
) -> PaymentNotice:
    """One notice for several parts, each by its own standards. ``parts``: fees by case number."""
    before: PaymentNotice | None = made_before(BILL, doing, BillAct.ISSUE, reference=reference)
    if before is not None:
        return before
    cashier = cashier_of(doing)
    chosen = [
        charge
        for part, tariffs in parts.items()
        for charge in _chosen(part, tariffs, doing, (lines or {}).get(part, {}))
    ]
    amounts = [price_of(one.tariff).of(one.quantity) for one in chosen]
    if not sum(amounts):
        raise Refused(
            Said("应缴金额为零，不需要开具缴款书。", "Nothing is due, so no notice is needed."),
            "lines",
        )
    notice = _made(organ, reference, payer, sum(amounts), cashier, doing)
    notice.due_on = calendar().add_workdays(doing.day, DAYS_TO_PAY).on
    _signed_and_kept(
        notice,
        [
            NoticeLine(
                tariff=one.tariff,
                reference=one.reference,
                quantity=one.quantity,
                unit_amount=one.tariff.amount,
                included=one.tariff.included,
                amount=amount,
            )
            for one, amount in zip(chosen, amounts, strict=True)
        ],
    )
    write(
        BILL,
        notice,
        BillAct.ISSUE,
        doing,
        facts={
            "reference": reference,
            "amount": notice.amount,
            "lines": {
                "/".join(filter(None, (one.reference, one.tariff.code))): amount
                for one, amount in zip(chosen, amounts, strict=True)
            },
            "due_on": notice.due_on.isoformat(),
            "unit_signature": notice.unit_signature,
        },
    )
    return notice


def _chosen(
    part: str, tariffs: Sequence[Tariff], doing: Doing, asked: Mapping[str, int]
) -> list[Charge]:
    approved = {one.code: one for one in tariffs if one.in_force_on(doing.day)}
    try:
        numbers = charged(approved, asked)
    except NotCharged as not_so:
        raise Refused(not_so.said, "lines", code="no_tariff") from not_so
    return [Charge(approved[code], number, part) for code, number in numbers.items()]


def _made(
    organ: Organ, reference: str, payer: str, amount: int, cashier: Account, doing: Doing
) -> PaymentNotice:
    return PaymentNotice(
        number=next_number(),
        check_code=fresh_code(),
        organ=organ,
        reference=reference,
        payer=payer,
        amount=amount,
        open=amount,
        issued_at=doing.at,
        issued_by=cashier,
        due_on=doing.day,
    )


def _signed_and_kept(notice: PaymentNotice, lines: list[NoticeLine]) -> None:
    notice.unit_signature = unit_signs(notice, lines)
    notice.save()
    for line in lines:
        line.notice = notice
    NoticeLine.objects.bulk_create(lines)


def red_letter(
    notice: PaymentNotice, amounts: Mapping[NoticeLine, int], reason: str, doing: Doing
) -> PaymentNotice:
    """红字缴款书: takes back ``amounts`` of a paid notice's lines, in the caller's act."""
    assert doing.actor is not None
    red = _made(
        notice.organ, notice.reference, notice.payer, sum(amounts.values()), doing.actor, doing
    )
    red.red_of, red.state, red.reason = notice, NoticeState.TO_RETURN.value, reason
    _signed_and_kept(
        red,
        [
            NoticeLine(
                tariff=line.tariff,
                of=line,
                reference=line.reference,
                quantity=line.quantity,
                unit_amount=line.unit_amount,
                included=line.included,
                amount=amount,
            )
            for line, amount in amounts.items()
        ],
    )
    write(
        BILL,
        red,
        BillAct.RED,
        doing.part("red"),
        facts={
            "red_of": notice.number,
            "amount": red.amount,
            "unit_signature": red.unit_signature,
        },
    )
    return red


@deed(BILL, BillAct.CANCEL)
def cancel(notice: PaymentNotice, reason: str, doing: Doing) -> Deed:
    """作废: a notice that nobody paid; what was paid is taken back by a red-letter notice."""
    cashier_of(doing)
    if not reason.strip():
        raise Refused(
            Said("请写明作废原因。", "Say why the notice is cancelled."), "reason", code="basis"
        )
    if notice.state != NoticeState.DUE:
        raise Refused(
            Said(
                f"缴款书{notice.number}{NoticeState(notice.state).zh}，不能作废。已缴款的，"
                "请申请退付，以红字缴款书冲回（财库〔2021〕31号）。",
                f"Payment notice {notice.number} stands at “{NoticeState(notice.state).en}” and is "
                "not cancelled. What was paid is taken back by a red-letter notice: ask for a "
                "refund (财库〔2021〕31号).",
            ),
            code="conflict",
        )
    if CashSlip.objects.filter(notice=notice).exists():
        raise Refused(
            Said(
                "这张缴款书已收现金，须先解缴银行，不能作废。",
                "Cash was taken for this notice; it must go to the bank first.",
            ),
            code="conflict",
        )
    return write(
        BILL,
        notice,
        BillAct.CANCEL,
        doing,
        changes={
            "state": NoticeState.CANCELLED.value,
            "cancelled": notice.open,
            "open": 0,
            "reason": reason.strip(),
        },
        facts={"amount": notice.open, "reason": reason.strip()},
    )


@acting()
def note_check(notice: PaymentNotice, at: datetime | None = None) -> None:
    """查验: the first time somebody held the notice against its code; later looks leave none."""
    if notice.checked_at is not None:
        return
    at = at or timezone.now()
    _checked(notice.pk, Doing(None, at, system_key("notice-check", notice.number)), at)


@deed(BILL, BillAct.CHECK)
def _checked(notice: PaymentNotice, doing: Doing, at: datetime) -> Deed:
    return write(BILL, notice, BillAct.CHECK, doing, changes={"checked_at": at})


@deed(BILL, BillAct.FORGET)
def forget_payer(notice: PaymentNotice, doing: Doing) -> Deed:
    """Take the payer's name off a notice and its red letters; sums stay. 个人信息保护法 47."""
    for red in notice.red_letters.order_by("pk"):
        forget_payer(red.pk, doing.part(f"red-{red.pk}"))
    return write(BILL, notice, BillAct.FORGET, doing, changes={"payer": "", "salt": ""})
