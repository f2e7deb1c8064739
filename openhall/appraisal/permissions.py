"""Who may rate, and who deals with a bad rating: the served rate, never those who serve."""

from datetime import date

from openhall.appraisal.models import Rating
from openhall.cases.models import Case, CaseEvent
from openhall.cases.permissions import is_applicant
from openhall.organs.models import Account, Organ
from openhall.organs.permissions import sits_at, works_for
from openhall.organs.queries import posts_of
from openhall.organs.terms import Desk


def may_rate(account: Account | None, case: Case, *, holds_code: bool) -> bool:
    """The applicant by account, or whoever shows the query code; an official never."""
    if account is not None and account.is_official:
        return False
    return is_applicant(account, case) or holds_code


def may_key_in(account: Account | None, organ: Organ, day: date) -> bool:
    """Copy a paper slip or a hotline call: a centre's management, and nobody of the unit rated."""
    if account is None or not account.is_active or works_for(account, organ, day):
        return False
    return posts_of(account, day).filter(desk=Desk.CENTRE_MANAGER.value).exists()


def served_it(account: Account, rating: Rating) -> bool:
    """Whether the account dealt with the case: nobody verifies a rating of himself."""
    case = rating.served
    if account.pk in (case.intake_id, case.handler_id, case.decider_id):
        return True
    return CaseEvent.objects.filter(case=case, actor=account).exists()


def may_assign(account: Account | None, rating: Rating, day: date) -> bool:
    """The head of the unit."""
    return account is not None and sits_at(account, Desk.HEAD, rating.organ, day)


def may_verify(account: Account | None, rating: Rating, day: date) -> bool:
    """Whom the head named, of the unit, and who did not deal with the case."""
    return (
        account is not None
        and account.pk == rating.assigned_to_id
        and works_for(account, rating.organ, day)
        and not served_it(account, rating)
    )


def may_rule(account: Account | None, rating: Rating, day: date) -> bool:
    """The Supervision Bureau, from outside the unit."""
    return (
        account is not None
        and account.is_active
        and posts_of(account, day).filter(desk=Desk.SUPERVISION.value).exists()
        and not works_for(account, rating.organ, day)
    )


def may_revisit(account: Account | None, rating: Rating, day: date) -> bool:
    """A centre's management or the Supervision Bureau, from outside the unit."""
    desks = [Desk.CENTRE_MANAGER.value, Desk.SUPERVISION.value]
    return (
        account is not None
        and account.is_active
        and posts_of(account, day).filter(desk__in=desks).exists()
        and not works_for(account, rating.organ, day)
    )
