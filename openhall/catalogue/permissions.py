"""Who may do what in the catalogue: the unit drafts, the Legal Affairs Office publishes. A10."""

from datetime import date

from openhall.catalogue.models import ItemVersion
from openhall.organs.models import Account
from openhall.organs.permissions import sits_at
from openhall.organs.queries import posts_of
from openhall.organs.terms import Desk


def may_draft(account: Account | None, version: ItemVersion, day: date) -> bool:
    """The catalogue clerk of the item's own organ."""
    return account is not None and sits_at(account, Desk.CATALOGUE_CLERK, version.item.organ, day)


def may_pass_unit(account: Account | None, version: ItemVersion, day: date) -> bool:
    """The head of the item's organ, who did not draft it."""
    return account is not None and sits_at(account, Desk.HEAD, version.item.organ, day)


def may_publish(account: Account | None, day: date) -> bool:
    """The Legal Affairs Office. 成办发〔2003〕75号 二(一)."""
    if account is None or not account.is_active:
        return False
    return posts_of(account, day).filter(desk=Desk.LEGAL.value).exists()
