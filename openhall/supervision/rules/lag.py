"""How long after the deed it was entered, in working minutes. Back-filling shows. norms 9.

Outside office hours nobody is late: a deed of the evening entered next morning at nine has no lag.
"""

from datetime import date, datetime, time, timedelta
from typing import Final, Protocol

MORNING: Final = (time(9, 0), time(12, 0))
AFTERNOON: Final = (time(13, 0), time(17, 0))
DAY_MINUTES: Final = 420


class Days(Protocol):
    def is_workday(self, day: date) -> bool: ...
    def workdays_between(self, after: date, until: date) -> int: ...


def _until(moment: datetime) -> int:
    """Office minutes of its day that had passed at ``moment``."""
    passed = 0
    for opens, closes in (MORNING, AFTERNOON):
        begin = datetime.combine(moment.date(), opens, moment.tzinfo)
        end = datetime.combine(moment.date(), closes, moment.tzinfo)
        if moment > begin:
            passed += int((min(moment, end) - begin).total_seconds() // 60)
    return passed


def working_minutes(begin: datetime, end: datetime, days: Days) -> int:
    """Office minutes from ``begin`` to ``end`` (aware, in the city's zone); 0 if reversed."""
    if end <= begin:
        return 0
    first, last = begin.date(), end.date()
    tail = _until(end) if days.is_workday(last) else 0
    if first == last:
        return tail - _until(begin) if days.is_workday(first) else 0
    head = DAY_MINUTES - _until(begin) if days.is_workday(first) else 0
    between = days.workdays_between(first, last - timedelta(days=1))
    return head + between * DAY_MINUTES + tail
