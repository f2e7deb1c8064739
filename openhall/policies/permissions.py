"""Who says how documents stand: the Legal Affairs Office."""

from datetime import date

from openhall.organs.models import Account
from openhall.organs.queries import posts_of
from openhall.organs.terms import Desk


def may_link(account: Account | None, day: date) -> bool:
    """Record what a newer document does to an older one, and file what belongs to one."""
    if account is None or not account.is_active:
        return False
    return posts_of(account, day).filter(desk=Desk.LEGAL.value).exists()
