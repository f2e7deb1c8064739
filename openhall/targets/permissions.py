"""Who issues targets, who signs and reports for the unit, who verifies."""

from datetime import date

from openhall.organs.models import Account, Organ
from openhall.organs.permissions import sits_at
from openhall.organs.queries import posts_of
from openhall.organs.terms import Desk
from openhall.targets.models import TargetReport


def may_issue(account: Account | None, day: date) -> bool:
    """The City Government Office."""
    if account is None or not account.is_active:
        return False
    return posts_of(account, day).filter(desk=Desk.GOVERNMENT_OFFICE.value).exists()


def may_sign(account: Account | None, organ: Organ, day: date) -> bool:
    """The head of the unit speaks for it."""
    return account is not None and sits_at(account, Desk.HEAD, organ, day)


def may_verify(account: Account | None, report: TargetReport, day: date) -> bool:
    """The City Government Office, and never who submitted it."""
    return may_issue(account, day) and account is not None and account.pk != report.submitted_by_id
