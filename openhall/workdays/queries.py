"""The calendar in force."""

from functools import lru_cache

from django.db.models import Max, Min

from openhall.workdays.models import CalendarDay, CalendarYear
from openhall.workdays.rules.calendar import Calendar


@lru_cache(maxsize=2)
def _built(first: int, last: int, generation: int) -> Calendar:
    days = dict(CalendarDay.objects.values_list("date", "worked"))
    return Calendar.of(days, first, last)


def calendar() -> Calendar:
    """The calendar as loaded. One small query; the table is rebuilt only after a change."""
    found = CalendarYear.objects.aggregate(
        first=Min("year"), last=Max("year"), generation=Max("days__id")
    )
    if found["first"] is None:
        raise LookupError("No calendar year is loaded; run the migrations.")
    return _built(found["first"], found["last"], found["generation"] or 0)
