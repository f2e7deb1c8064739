"""Cash at the fee window: a slip for each notice, counted at the day's end, deposited by two. A12.

Nothing is settled by cash: the bank's receipt for the deposit settles each notice.
"""

from datetime import date

from django.db.models import Sum

from openhall.deeds.collecting import acting
from openhall.deeds.doing import Doing
from openhall.deeds.models import Deed
from openhall.deeds.refusals import Refused, kept
from openhall.deeds.writer import deed, made_before, write
from openhall.fees.kinds import BILL, CASH_DAY
from openhall.fees.models import CashDay, CashSlip, PaymentNotice
from openhall.fees.permissions import cashier_of
from openhall.fees.terms import BillAct, CashDayAct, NoticeState
from openhall.glossary import Said
from openhall.organs.models import Organ


@deed(BILL, BillAct.TAKE_CASH)
def take_cash(notice: PaymentNotice, doing: Doing) -> Deed:
    """Take the whole sum of a notice in cash, to be deposited the same day."""
    cashier = cashier_of(doing)
    if notice.state != NoticeState.DUE:
        raise Refused(
            Said("只有待缴费的缴款书可以收款。", "Only a notice that is due is paid."),
            code="conflict",
        )
    if CashSlip.objects.filter(notice=notice).exists():
        raise Refused(
            Said("这张缴款书已收过现金，请核对凭证。", "Cash was taken for this notice already."),
            code="conflict",
        )
    if CashDay.objects.filter(cashier=cashier, day=doing.day).exists():
        raise Refused(
            Said(
                "您今天已经日结，不再收现金；请引导缴款人到银行柜台或者扫码缴款。",
                "Your day is closed, so no more cash is taken; show the payer to the bank's "
                "counter or its QR code.",
            ),
            code="closed",
        )
    slip = CashSlip.objects.create(
        notice=notice, amount=notice.open, day=doing.day, taken_by=cashier, taken_at=doing.at
    )
    return write(BILL, notice, BillAct.TAKE_CASH, doing, facts={"amount": slip.amount})


@acting()
def close_day(organ: Organ, day: date, counted: int, doing: Doing) -> CashDay:
    """日结: the cash that was counted must be what the slips of the day say, to the fen."""
    cashier = cashier_of(doing)
    before: CashDay | None = made_before(CASH_DAY, doing, CashDayAct.CLOSE, day=day)
    if before is not None:
        return before
    if day > doing.day:
        raise Refused(Said("不能结未来的日子。", "That day is still to come."), "day")
    if CashDay.objects.filter(cashier=cashier, day=day).exists():
        raise Refused(
            Said(f"{day:%Y-%m-%d}已经日结。", f"{day} is closed already."), "day", code="closed"
        )
    slips = CashSlip.objects.filter(taken_by=cashier, day=day)
    amount = slips.aggregate(all=Sum("amount"))["all"] or 0
    if counted != amount:
        raise Refused(
            Said(
                f"清点现金{counted}分，凭证合计{amount}分，相差{abs(counted - amount)}分。"
                "请重新清点并核对凭证，相符后再日结。",
                f"{counted} fen were counted and the slips say {amount}: {abs(counted - amount)} "
                "fen apart. Count again and go through the slips; a day closes when they agree.",
            ),
            "counted",
            code="amount",
        )
    row = CashDay.objects.create(
        organ=organ,
        cashier=cashier,
        day=day,
        slips=slips.count(),
        amount=amount,
        counted=counted,
        closed_at=doing.at,
    )
    facts = {"day": day.isoformat(), "slips": row.slips, "amount": amount}
    write(CASH_DAY, row, CashDayAct.CLOSE, doing, facts=facts)
    return row


@deed(CASH_DAY, CashDayAct.DEPOSIT)
def witness_deposit(row: CashDay, serial: str, doing: Doing) -> Deed:
    """解缴: the second person says that the cash went to the bank, by the bank's deposit slip."""
    witness = cashier_of(doing)
    if row.deposited_at is not None:
        raise Refused(
            Said("这一天的现金已经解缴。", "This day's cash was deposited already."),
            code="conflict",
        )
    if witness.pk == row.cashier_id:
        raise Refused(
            Said(
                "现金须两人解缴，请由另一名收费人员登记缴款单。",
                "Two people bring cash to the bank; the other one enters its deposit slip.",
            ),
            code="same",
        )
    if not serial.strip():
        raise Refused(
            Said("请填写银行缴款单号。", "Give the number of the bank's deposit slip."), "serial"
        )
    return write(
        CASH_DAY,
        row,
        CashDayAct.DEPOSIT,
        doing,
        changes={
            "witnessed_by": witness,
            "deposited_at": doing.at,
            "serial": kept(serial, 60, "serial"),
        },
        facts={"amount": row.amount, "serial": serial.strip()},
    )
