"""Who supervises, who answers, who reviews, who only reads: deny unless a predicate allows."""

from datetime import date

from openhall.organs.models import Account, Organ
from openhall.organs.permissions import sits_at
from openhall.organs.queries import posts_of
from openhall.organs.terms import Desk
from openhall.supervision.models import Card, Complaint, Issue


def holds(account: Account | None, day: date, *desks: Desk) -> bool:
    """Whether the account sits on ``day`` at one of ``desks`` of any organ."""
    if account is None or not account.is_active:
        return False
    return posts_of(account, day).filter(desk__in=[desk.value for desk in desks]).exists()


def belongs_to(account: Account, organ: Organ, day: date) -> bool:
    """Whether the account holds any post of ``organ``: nobody judges his own unit."""
    return posts_of(account, day).filter(organ=organ).exists()


def may_supervise(account: Account | None, day: date) -> bool:
    """The Supervision Bureau. 成办发〔2003〕75号 二(三)."""
    return holds(account, day, Desk.SUPERVISION)


def may_answer(account: Account | None, organ: Organ, day: date) -> bool:
    """The head of the unit speaks for it."""
    return account is not None and sits_at(account, Desk.HEAD, organ, day)


def may_rule(account: Account | None, card: Card, day: date) -> bool:
    """Supervision, from outside the unit, and never who answered for it."""
    return (
        account is not None
        and may_supervise(account, day)
        and account.pk != card.answered_by_id
        and not belongs_to(account, card.organ, day)
    )


def may_pass(account: Account | None, complaint: Complaint, day: date) -> bool:
    """Supervision reviews the unit's answer; never who wrote it."""
    return (
        account is not None
        and may_supervise(account, day)
        and account.pk != complaint.answered_by_id
        and not belongs_to(account, complaint.organ, day)
    )


def may_review(account: Account | None, organ: Organ, day: date) -> bool:
    """Case files: the Legal Affairs Office and the Supervision Bureau, from outside the unit."""
    return (
        account is not None
        and holds(account, day, Desk.LEGAL, Desk.SUPERVISION)
        and not belongs_to(account, organ, day)
    )


def may_draw(account: Account | None, day: date) -> bool:
    return holds(account, day, Desk.LEGAL, Desk.SUPERVISION)


def may_verify(account: Account | None, issue: Issue, day: date) -> bool:
    """Supervision or Legal Affairs; not of the unit, and never who put it right."""
    return (
        account is not None
        and holds(account, day, Desk.SUPERVISION, Desk.LEGAL)
        and account.pk != issue.submitted_by_id
        and not belongs_to(account, issue.organ, day)
    )
