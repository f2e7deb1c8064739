"""Who leads a draw. Who is a party to it shows the code it was given, and needs no account."""

from datetime import date

from openhall.lots.models import PublicDraw
from openhall.organs.models import Account
from openhall.organs.permissions import sits_at
from openhall.organs.terms import Desk

LEADING = (Desk.SUPERVISION, Desk.GOVERNMENT_OFFICE)


def may_lead(account: Account | None, draw: PublicDraw, day: date) -> bool:
    """End a step, open a sealed paper, enter the public number: the unit that announced it."""
    return account is not None and any(sits_at(account, desk, draw.organ, day) for desk in LEADING)
