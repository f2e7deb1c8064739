"""Until when somebody may have a decision reviewed or go to court, Pure.

行政复议法 20, 24, 27; 行政诉讼法 46; 民事诉讼法 85: a term that ends on a day of rest ends on the
next working day. Counted from the day after the decision, the earliest day it can have been known.
"""

from datetime import date, timedelta
from typing import Final

from openhall.catalogue.rules.validity import corresponding
from openhall.workdays.rules.calendar import Calendar, OutsideCalendar

REVIEW_DAYS: Final = 60  # 行政复议法 20
COURT_MONTHS: Final = 6  # 行政诉讼法 46


def review_until(known: date, days: Calendar) -> date:
    """The last day to ask for a review of a decision known on ``known``."""
    return _on_a_working_day(known + timedelta(days=REVIEW_DAYS), days)


def court_until(known: date, days: Calendar) -> date:
    """The last day to bring an action against it: the same day six months later."""
    return _on_a_working_day(corresponding(known, COURT_MONTHS), days)


def _on_a_working_day(day: date, days: Calendar) -> date:
    try:
        return days.next_workday(day)
    except OutsideCalendar:  # of a year that is not laid out: the plain day, never a later one
        return day
