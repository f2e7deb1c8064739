"""Who takes, answers, reviews, assigns and publishes: deny unless a predicate allows."""

from datetime import date
from typing import Final

from openhall.enquiries.models import Call, Enquiry
from openhall.organs.models import Account, Organ
from openhall.organs.permissions import sits_at
from openhall.organs.queries import posts_of
from openhall.organs.terms import Desk

TAKING: Final = (Desk.WINDOW, Desk.CENTRE_MANAGER)
ANSWERING: Final = (Desk.HANDLER, Desk.WINDOW)
REVIEWING: Final = (Desk.DECIDER, Desk.HEAD)
PUBLISHING: Final = (Desk.EDITOR, Desk.DECIDER, Desk.HEAD)
CALLING: Final = (Desk.EDITOR, Desk.HANDLER)


def _sits(account: Account | None, organ: Organ, day: date, desks: tuple[Desk, ...]) -> bool:
    return account is not None and any(sits_at(account, desk, organ, day) for desk in desks)


def may_take(account: Account | None, day: date) -> bool:
    """Write down what somebody asks by telephone or at the counter: any window, any centre."""
    if account is None or not account.is_active:
        return False
    return posts_of(account, day).filter(desk__in=[desk.value for desk in TAKING]).exists()


def may_work_on(account: Account | None, enquiry: Enquiry, day: date) -> bool:
    """Answer, transfer, ask back: the staff of the unit it lies with."""
    return _sits(account, enquiry.organ, day, ANSWERING)


def may_send(account: Account | None, enquiry: Enquiry, day: date) -> bool:
    """Review and send: who decides or leads in the unit, and never who wrote the answer."""
    return (
        account is not None
        and account.pk != enquiry.answered_by_id
        and _sits(account, enquiry.organ, day, REVIEWING)
    )


def may_assign(account: Account | None, enquiry: Enquiry, day: date) -> bool:
    """Name the unit: the management of the centre it lies with."""
    return account is not None and sits_at(account, Desk.CENTRE_MANAGER, enquiry.organ, day)


def may_close(account: Account | None, enquiry: Enquiry, day: date) -> bool:
    """End without an answer: not the desk that would have to answer, but who leads it."""
    return _sits(account, enquiry.organ, day, REVIEWING) or may_assign(account, enquiry, day)


def may_publish(account: Account | None, enquiry: Enquiry, day: date) -> bool:
    """Publish with personal data removed; never who wrote the answer."""
    return (
        account is not None
        and account.pk != enquiry.answered_by_id
        and _sits(account, enquiry.organ, day, PUBLISHING)
    )


def may_write_call(account: Account | None, organ: Organ, day: date) -> bool:
    """Write a call for opinions, and the report on it."""
    return _sits(account, organ, day, CALLING)


def may_announce(account: Account | None, call: Call, day: date) -> bool:
    """Announce a call: who leads the unit, and never who wrote it."""
    return (
        account is not None
        and account.pk != call.written_by_id
        and _sits(account, call.organ, day, REVIEWING)
    )


def may_report(account: Account | None, call: Call, day: date) -> bool:
    """Publish what was done: who leads the unit, and never who wrote the report."""
    return (
        account is not None
        and account.pk != call.report_by_id
        and _sits(account, call.organ, day, REVIEWING)
    )


def may_set_limits(account: Account | None, day: date) -> bool:
    """The Government Office, on a document."""
    if account is None or not account.is_active:
        return False
    return posts_of(account, day).filter(desk=Desk.GOVERNMENT_OFFICE.value).exists()
