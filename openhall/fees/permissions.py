"""Who may touch money: the fee window alone, never a handler or another window. A12."""

from datetime import date

from openhall.organs.models import Account
from openhall.organs.queries import posts_of
from openhall.organs.terms import Desk

FORBIDDEN = {Desk.HANDLER.value, Desk.DECIDER.value, Desk.WINDOW.value}


def may_collect(account: Account | None, day: date) -> bool:
    """Issue, waive and reconcile: a cashier on duty who holds no handling desk beside it."""
    if account is None or not account.is_active:
        return False
    desks = set(posts_of(account, day).values_list("desk", flat=True))
    return Desk.CASHIER.value in desks and not desks & FORBIDDEN
