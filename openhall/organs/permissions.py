"""Named questions about posts."""

from datetime import date

from openhall.organs.models import Account, Organ
from openhall.organs.queries import posts_of
from openhall.organs.terms import Desk


def sits_at(account: Account, desk: Desk, organ: Organ, day: date) -> bool:
    """Whether ``account`` holds ``desk`` of ``organ`` on ``day``; an inactive one never."""
    if not account.is_active:
        return False
    return posts_of(account, day).filter(organ=organ, desk=desk.value).exists()
