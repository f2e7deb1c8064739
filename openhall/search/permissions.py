"""Who writes and publishes the rules of the search: deny unless a predicate allows. B8, B9."""

from datetime import date
from typing import Final

from openhall.organs.models import Account
from openhall.organs.queries import posts_of
from openhall.organs.terms import Desk

WRITERS: Final = (Desk.INFORMATIZATION, Desk.GOVERNMENT_OFFICE)
PUBLISHERS: Final = (Desk.GOVERNMENT_OFFICE,)


def _sits(account: Account | None, desks: tuple[Desk, ...], day: date) -> bool:
    if account is None or not account.is_active:
        return False
    return posts_of(account, day).filter(desk__in=[desk.value for desk in desks]).exists()


def may_write_rules(account: Account | None, day: date) -> bool:
    """The Informatization Office guides the pages (B9); the Government Office may write too."""
    return _sits(account, WRITERS, day)


def may_publish_rules(account: Account | None, day: date) -> bool:
    """The Government Office, and never who wrote them."""
    return _sits(account, PUBLISHERS, day)


def may_settle_answers(account: Account | None, day: date) -> bool:
    """Confirm what residents said answered them, and judge queries."""
    return _sits(account, WRITERS, day)
