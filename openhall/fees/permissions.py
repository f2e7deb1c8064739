"""Who may touch money: the fee window alone, never a handler or another window. A12.

The finance bureau decides about waivers and refunds and remits to the treasury; it takes no money
and issues no notice.
"""

from datetime import date

from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.glossary import Said
from openhall.organs.models import Account
from openhall.organs.queries import posts_of
from openhall.organs.terms import Desk

FORBIDDEN = {Desk.HANDLER.value, Desk.DECIDER.value, Desk.WINDOW.value}


def may_collect(account: Account | None, day: date) -> bool:
    """Issue, ask and reconcile: a cashier on duty who holds no handling desk beside it."""
    return _sits(account, day, Desk.CASHIER, FORBIDDEN)


def may_oversee(account: Account | None, day: date) -> bool:
    """Decide about waivers and refunds, countersign, remit: the finance bureau, and no cashier."""
    return _sits(account, day, Desk.FINANCE, {*FORBIDDEN, Desk.CASHIER.value})


def _sits(account: Account | None, day: date, desk: Desk, never: set[str]) -> bool:
    if account is None or not account.is_active:
        return False
    desks = set(posts_of(account, day).values_list("desk", flat=True))
    return desk.value in desks and not desks & never


def cashier_of(doing: Doing) -> Account:
    """Who acts, if that is who may; refused else."""
    if doing.actor is None or not may_collect(doing.actor, doing.day):
        raise Refused(
            Said(
                "只有统一收费窗口的在岗人员可以开具缴款书、收取现金凭证、申请减免退付和对账"
                "（成办发〔2003〕75号 二（一））。",
                "Only who is on duty at the fee window issues notices, asks for waivers and "
                "refunds and compares with the bank (成办发〔2003〕75号 二（一）).",
            ),
            code="forbidden",
        )
    cashier: Account = doing.actor
    return cashier


def overseer_of(doing: Doing) -> Account:
    """Who acts for the finance bureau, if that is who may; refused else."""
    if doing.actor is None or not may_oversee(doing.actor, doing.day):
        raise Refused(
            Said(
                "减免、退付由财政部门审批，款项由财政部门汇缴国库；请由财政监管岗位办理"
                "（行政许可法 58、59）。",
                "The finance bureau decides about waivers and refunds and remits to the treasury; "
                "ask its desk (Administrative Licensing Law, art. 58, 59).",
            ),
            code="forbidden",
        )
    overseer: Account = doing.actor
    return overseer
