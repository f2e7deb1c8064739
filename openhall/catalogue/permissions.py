"""Who may do what in the catalogue: the unit drafts, the Legal Affairs Office publishes. A10."""

from datetime import date

from openhall.catalogue.models import Item, ItemVersion
from openhall.organs.models import Account, Organ
from openhall.organs.permissions import sits_at
from openhall.organs.queries import posts_of
from openhall.organs.terms import Desk


def may_draft(account: Account | None, version: ItemVersion, day: date) -> bool:
    """The catalogue clerk of the item's own organ."""
    return account is not None and sits_at(account, Desk.CATALOGUE_CLERK, version.item.organ, day)


def may_claim(account: Account | None, organ: Organ, day: date) -> bool:
    """The catalogue clerk claims entries for his own organ only."""
    return account is not None and sits_at(account, Desk.CATALOGUE_CLERK, organ, day)


def may_pass_unit(account: Account | None, version: ItemVersion, day: date) -> bool:
    """The head of the item's organ, who did not draft it."""
    return account is not None and sits_at(account, Desk.HEAD, version.item.organ, day)


def may_publish(account: Account | None, day: date) -> bool:
    """The Legal Affairs Office. 成办发〔2003〕75号 二(一)."""
    if account is None or not account.is_active:
        return False
    return posts_of(account, day).filter(desk=Desk.LEGAL.value).exists()


def may_keep_list(account: Account | None, day: date) -> bool:
    """Only the Legal Affairs Office changes the central list and its hollow phrases."""
    return may_publish(account, day)


def may_suspend(account: Account | None, item: Item, day: date) -> bool:
    """The head of the item's organ, or the Legal Affairs Office."""
    if account is None:
        return False
    return sits_at(account, Desk.HEAD, item.organ, day) or may_publish(account, day)


def may_read_draft(account: Account | None, version: ItemVersion, day: date) -> bool:
    """What is not published is read by the unit's clerk and head and by the Legal Office."""
    return (
        may_draft(account, version, day)
        or may_pass_unit(account, version, day)
        or may_publish(account, day)
    )


EVENT_EDITORS = (Desk.GOVERNMENT_OFFICE, Desk.INFORMATIZATION)  # of life events and topics


def _sits(account: Account | None, desks: tuple[Desk, ...], organ: Organ | None, day: date) -> bool:
    if account is None or not account.is_active:
        return False
    held = posts_of(account, day).filter(desk__in=[desk.value for desk in desks])
    return (held if organ is None else held.filter(organ=organ)).exists()
