"""Who may act on a permit: deny unless a predicate here allows. A4."""

from datetime import date

from openhall.cases.models import Case
from openhall.cases.permissions import is_applicant
from openhall.organs.models import Account, Organ
from openhall.organs.permissions import sits_at
from openhall.organs.terms import Desk


def may_decide_on_licence(account: Account, case: Case, day: date) -> bool:
    """A decider of the organ that issued the permit, never its holder."""
    return sits_at(account, Desk.DECIDER, case.organ, day) and not is_applicant(account, case)


def may_take_request(account: Account, organ: Organ, day: date) -> bool:
    """The window of the organ takes what a holder asks for."""
    return sits_at(account, Desk.WINDOW, organ, day)
