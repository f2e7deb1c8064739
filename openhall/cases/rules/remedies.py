"""Until when somebody may have a decision reviewed or go to court, and by whom. Pure.

行政复议法 20, 24, 27; 行政诉讼法 46; 民事诉讼法 85: a term that ends on a day of rest ends on the
next working day. Counted from the day after the decision, the earliest day it can have been known.
"""

from calendar import monthrange
from datetime import date, timedelta
from typing import Final

from openhall.glossary import Said
from openhall.workdays.rules.calendar import Calendar, OutsideCalendar

REVIEW_DAYS: Final = 60  # 行政复议法 20
COURT_MONTHS: Final = 6  # 行政诉讼法 46
# Led from above, not by the government of the place: reviewed by their superior organ (复议法 27).
LED_FROM_ABOVE: Final = ("税务局", "烟草专卖局", "海关", "国家安全局")


def review_until(known: date, days: Calendar) -> date:
    """The last day to ask for a review of a decision known on ``known``."""
    return _on_a_working_day(known + timedelta(days=REVIEW_DAYS), days)


def court_until(known: date, days: Calendar) -> date:
    """The last day to bring an action against it: the same day six months later."""
    month = known.month - 1 + COURT_MONTHS
    year, month = known.year + month // 12, month % 12 + 1
    last = date(year, month, min(known.day, monthrange(year, month)[1]))
    return _on_a_working_day(last, days)


def reviewed_by(organ: str, government: Said | None) -> Said:
    """Who reviews what ``organ`` decides; ``government``: that of its place, where it is known."""
    if government is None or organ.endswith(LED_FROM_ABOVE):
        return Said("上一级主管部门", "its superior department")
    return government


def _on_a_working_day(day: date, days: Calendar) -> date:
    try:
        return days.next_workday(day)
    except OutsideCalendar:  # of a year that is not laid out: the plain day, never a later one
        return day
