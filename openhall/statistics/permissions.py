"""Who watches over the public log, and over the published figures. 成办发〔2003〕75号 二(三)."""

from datetime import date

from openhall.organs.models import Account
from openhall.organs.queries import posts_of
from openhall.organs.terms import Desk


def may_audit_log(account: Account, day: date) -> bool:
    """Verify the whole log and resolve its alarms: whoever sits at a supervision desk."""
    if not account.is_active:
        return False
    return posts_of(account, day).filter(desk=Desk.SUPERVISION.value).exists()
