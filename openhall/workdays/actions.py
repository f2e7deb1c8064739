"""Loading an announced year."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from openhall.workdays.models import CalendarDay, CalendarYear


@transaction.atomic
def load_year(year: int, days: Mapping[date, tuple[bool, str]], basis: str) -> CalendarYear:
    """Take ``year`` as announced: each differing day with whether it is worked, and its name.

    Loading the same announcement again changes nothing; a corrected one replaces it whole.
    Raises ``ValueError`` naming the first day that is not of the year.
    """
    for day in days:
        if day.year != year:
            raise ValueError(f"{day} is not a day of {year}.")
    record, _ = CalendarYear.objects.update_or_create(year=year, defaults={"basis": basis})
    record.days.all().delete()
    CalendarDay.objects.bulk_create(
        CalendarDay(year=record, date=day, worked=worked, name=name)
        for day, (worked, name) in sorted(days.items())
    )
    return record
