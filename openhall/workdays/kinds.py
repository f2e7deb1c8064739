"""What deeds of this room are done to: each year of the calendar with its days."""

from collections.abc import Iterator

from openhall.deeds.kinds import Founding, Kind, Owned, register
from openhall.glossary import Said
from openhall.workdays.models import CalendarDay, CalendarDeed, CalendarYear
from openhall.workdays.seeds import announced, basis_of
from openhall.workdays.terms import CalendarAct


def _years() -> Iterator[Founding]:
    for year, days in announced().items():
        rows = [
            CalendarDay(date=day, worked=worked, name=name) for day, (worked, name) in days.items()
        ]
        yield Founding(CalendarYear(year=year, basis=basis_of(year)), {"day": rows})


CALENDAR = register(
    Kind(
        name="calendar",
        model=CalendarYear,
        events=CalendarDeed,
        acts=CalendarAct,
        title=Said("工作日历", "Calendar"),
        number=lambda one: str(one.year),
        founding=_years,
        owns=[Owned("day", CalendarDay, "year")],
    )
)
