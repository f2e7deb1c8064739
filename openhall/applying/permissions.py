"""Who may open an unsent application, and enter one for somebody: deny unless allowed. A2."""

from datetime import date

from openhall.applying.models import Draft
from openhall.organs.models import Account, Organ
from openhall.organs.permissions import sits_at
from openhall.organs.terms import Desk


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
