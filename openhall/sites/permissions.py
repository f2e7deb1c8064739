"""Who writes, checks and publishes on a site: posts at its organ, and nothing else.

Deny unless a predicate allows. No right reaches from one site to another.
"""

from datetime import date

from openhall.organs.models import Account, Organ
from openhall.organs.permissions import sits_at
from openhall.organs.queries import posts_of
from openhall.organs.terms import Desk
from openhall.sites.models import Site

WRITES, CHECKS, PUBLISHES = Desk.EDITOR, Desk.DECIDER, Desk.HEAD


def may_write(account: Account | None, site: Site, day: date) -> bool:
    """Write articles: the editors of the site's organ."""
    return account is not None and sits_at(account, WRITES, site.organ, day)


def may_check(account: Account | None, site: Site, day: date) -> bool:
    """Check for secrets: who decides in the organ."""
    return account is not None and sits_at(account, CHECKS, site.organ, day)


def may_publish(account: Account | None, site: Site, day: date) -> bool:
    """Publish and withdraw: who leads the organ."""
    return account is not None and sits_at(account, PUBLISHES, site.organ, day)


def may_read_drafts(account: Account | None, site: Site, day: date) -> bool:
    """Read what is not published: who writes, checks or publishes there."""
    return any(may(account, site, day) for may in (may_write, may_check, may_publish))


def may_settle(account: Account | None, site: Site, day: date) -> bool:
    """Change telephone, address and hours, which many pages show: who leads the organ."""
    return may_publish(account, site, day)


def _at_any(account: Account | None, desk: Desk, day: date) -> bool:
    if account is None or not account.is_active:
        return False
    return posts_of(account, day).filter(desk=desk.value).exists()


def may_make(account: Account | None, day: date) -> bool:
    """Make sites: the Informatization Office."""
    return _at_any(account, Desk.INFORMATIZATION, day)


def may_designate(account: Account | None, day: date) -> bool:
    """Name and guide the window units that are to be interactive: the Informatization Office."""
    return _at_any(account, Desk.INFORMATIZATION, day)


def may_read_access(account: Account | None, organ: Organ, day: date) -> bool:
    """Read who could write where on a day: who leads the organ, supervision, informatization."""
    if account is None:
        return False
    return sits_at(account, Desk.HEAD, organ, day) or any(
        _at_any(account, desk, day) for desk in (Desk.SUPERVISION, Desk.INFORMATIZATION)
    )
