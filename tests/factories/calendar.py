"""Days off as a notice of the General Office would name them."""

from uuid import uuid4

from django.utils import timezone

from openhall.deeds.doing import Doing
from openhall.workdays.actions import take_in
from openhall.workdays.queries import _built
from openhall.workdays.rules.notices import Days, Plan

BASIS = "国务院办公厅关于部分节假日安排的通知"


def notice(days: Days, *years: int, basis: str = BASIS) -> None:
    """Take in a notice that names ``days`` and is whole for ``years``."""
    _built.cache_clear()  # a test that was rolled back leaves its numbers to the next
    take_in(Plan(days, years, days, ()), basis, Doing(None, timezone.now(), f"s:{uuid4()}"))
