"""Who may assess, and who may object: never about oneself."""

from datetime import date

from openhall.conduct.models import Assessment, Deduction
from openhall.hall.models import Hall
from openhall.hall.permissions import may_manage
from openhall.organs.models import Account


def may_assess(account: Account | None, hall: Hall, about: Account | None, day: date) -> bool:
    """Who manages the hall, and not about themselves."""
    return may_manage(account, hall, day) and (about is None or account != about)


def may_read(account: Account | None, assessment: Assessment, day: date) -> bool:
    """Who manages the hall, and the person it is about; nobody else."""
    own = account is not None and account.pk == assessment.account_id
    return own or may_manage(account, assessment.hall, day)


def may_rule(
    account: Account | None, deduction: Deduction, found_by: int | None, day: date
) -> bool:
    """Another manager than who found it."""
    row = deduction.assessment
    return may_assess(account, row.hall, row.account, day) and (
        account is not None and account.pk != found_by
    )
