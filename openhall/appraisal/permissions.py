"""Who may rate: only the served, never those who serve. 国办发〔2019〕51号."""

from openhall.cases.models import Case
from openhall.cases.permissions import is_applicant
from openhall.organs.models import Account


def may_rate(account: Account | None, case: Case, *, holds_code: bool) -> bool:
    """The applicant by account, or whoever shows the query code; an official never."""
    if account is not None and account.is_official:
        return False
    return is_applicant(account, case) or holds_code
