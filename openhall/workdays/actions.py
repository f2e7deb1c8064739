"""Taking in a notice of days off."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from openhall.workdays.models import CalendarDay, CalendarYear
from openhall.workdays.rules.notices import Plan


@transaction.atomic
def take_in(plan: Plan, basis: str) -> None:
    """Write the days that a notice names, and no others; announce the years it is whole for.

    Every day written gets a new row, so that its id tells readers that the calendar is another
    (``queries.calendar``). The days stand under the year's own notice; ``basis`` is kept for the
    years that this one announces.
    """
    years = {row.year: row for row in CalendarYear.objects.all()}
    for year in plan.announce:
        years[year] = CalendarYear.objects.create(year=year, basis=basis)
    CalendarDay.objects.filter(date__in=list(plan.write)).delete()
    CalendarDay.objects.bulk_create(
        CalendarDay(year=years[day.year], date=day, worked=worked, name=name)
        for day, (worked, name) in sorted(plan.write.items())
    )


@transaction.atomic
def load_year(year: int, days: Mapping[date, tuple[bool, str]], basis: str) -> CalendarYear:
    """Make ``year`` exactly these differing days, for seeds and tests; a notice is ``take_in``.

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
