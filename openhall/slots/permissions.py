"""Who keeps a calendar, who puts its rules in force, who receives people. A13."""

from datetime import date
from typing import Final

from openhall.organs.models import Account, Organ
from openhall.organs.queries import posts_of
from openhall.organs.terms import Desk

WRITING: Final = (Desk.CENTRE_MANAGER, Desk.WINDOW, Desk.CATALOGUE_CLERK)
PUBLISHING: Final = (Desk.CENTRE_MANAGER, Desk.HEAD)
RECEIVING: Final = (Desk.CENTRE_MANAGER, Desk.WINDOW)
SHOWING: Final = tuple(dict.fromkeys((*WRITING, *PUBLISHING, *RECEIVING)))


def _sits(account: Account | None, owner: Organ, desks: tuple[Desk, ...], day: date) -> bool:
    if account is None or not account.is_active:
        return False
    held = posts_of(account, day).filter(organ=owner, desk__in=[one.value for one in desks])
    return held.exists()


def may_write_rules(account: Account | None, owner: Organ, day: date) -> bool:
    """Open calendars of ``owner`` and write their rules."""
    return _sits(account, owner, WRITING, day)


def may_publish_rules(account: Account | None, owner: Organ, day: date) -> bool:
    """Put rules in force, change a day, close a calendar."""
    return _sits(account, owner, PUBLISHING, day)


def may_receive(account: Account | None, owner: Organ, day: date) -> bool:
    """See today's appointments of ``owner``, note who came and who did not, call off."""
    return _sits(account, owner, RECEIVING, day)
