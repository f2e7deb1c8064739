"""Who plans, announces, unseals and publishes; who files evidence. Inspectors show a code."""

from datetime import date

from openhall.inspections.models import Inspection
from openhall.organs.models import Account, Organ
from openhall.organs.permissions import sits_at
from openhall.organs.queries import posts_of
from openhall.organs.terms import Desk


def may_plan(account: Account | None, organ: Organ, day: date) -> bool:
    """The Supervision Bureau leads inspections. 成办发〔2003〕75号 二（三）."""
    return account is not None and sits_at(account, Desk.SUPERVISION, organ, day)


def may_announce(account: Account | None, inspection: Inspection, day: date) -> bool:
    """The City Government Office, and never who wrote the plan."""
    return (
        account is not None
        and account.is_active
        and account.pk != inspection.written_by_id
        and posts_of(account, day).filter(desk=Desk.GOVERNMENT_OFFICE.value).exists()
    )


def may_file(account: Account | None, organ: Organ, day: date) -> bool:
    """The head or the editor of the unit."""
    desks = (Desk.HEAD, Desk.EDITOR)
    return account is not None and any(sits_at(account, desk, organ, day) for desk in desks)
