"""Who may do what to a case: deny unless a predicate here allows. A2, A4."""

from datetime import date

from openhall.cases.models import Case, Draft
from openhall.cases.rules.separation import Hands, objection
from openhall.organs.models import Account, Organ
from openhall.organs.permissions import sits_at
from openhall.organs.terms import Desk


def _hands_allow(case: Case, **more: int) -> bool:
    held = {"intake": case.intake_id, "handler": case.handler_id, "decider": case.decider_id}
    return objection(Hands(**(held | more))) is None


def is_applicant(account: Account | None, case: Case) -> bool:
    """The account the case was made with."""
    return account is not None and account.is_active and case.account_id == account.pk


def may_receive(account: Account, case: Case, day: date) -> bool:
    """Accept, ask for a supplement, decline, deliver: the window of the case's organ.

    Never somebody who applied for it, handles it or decides it.
    """
    return (
        sits_at(account, Desk.WINDOW, case.organ, day)
        and not is_applicant(account, case)
        and account.pk not in (case.handler_id, case.decider_id)
    )


def may_take_in(account: Account, organ: Organ, day: date) -> bool:
    """Enter an application that came on paper: the window of the organ the item belongs to."""
    return sits_at(account, Desk.WINDOW, organ, day)


def may_open_draft(
    account: Account | None, draft: Draft, *, shown_code: bool, day: date | None = None
) -> bool:
    """Read and change an unsent application: its account, or who showed its resume code.

    What a window is taking in is open to that window alone, and has no resume code to show.
    """
    if draft.organ is not None:
        return account is not None and day is not None and may_take_in(account, draft.organ, day)
    if account is not None and account.is_active and draft.account_id == account.pk:
        return True
    return shown_code


def may_hand_over(account: Account, case: Case, day: date) -> bool:
    """The window that accepted it, or a colleague at the same window."""
    return may_receive(account, case, day)


def may_be_handed(account: Account, case: Case, day: date) -> bool:
    """A handler of the organ who did not accept the case."""
    return sits_at(account, Desk.HANDLER, case.organ, day) and _hands_allow(
        case, handler=account.pk
    )


def may_handle(account: Account, case: Case, day: date) -> bool:
    """The named handler, while still at the handling desk."""
    return case.handler_id == account.pk and sits_at(account, Desk.HANDLER, case.organ, day)


def may_decide(account: Account, case: Case, day: date) -> bool:
    """A decider of the organ through whose hands the case did not go."""
    return (
        sits_at(account, Desk.DECIDER, case.organ, day)
        and not is_applicant(account, case)
        and _hands_allow(case, decider=account.pk)
    )


def may_open(account: Account, case: Case, day: date) -> bool:
    """Read the whole case at a desk: its organ's window, decider or head, or its named handler."""
    desks = (Desk.WINDOW, Desk.DECIDER, Desk.HEAD)
    return may_handle(account, case, day) or any(
        sits_at(account, desk, case.organ, day) for desk in desks
    )
