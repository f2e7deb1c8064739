"""Taking in a notice of days off: a deed on each year it names, with its basis document."""

from openhall.deeds.collecting import acting
from openhall.deeds.doing import Doing
from openhall.deeds.writer import done_before, write
from openhall.workdays.kinds import CALENDAR
from openhall.workdays.models import CalendarDay, CalendarYear
from openhall.workdays.rules.notices import Days, Plan, digest_of
from openhall.workdays.terms import CalendarAct


@acting()
def take_in(plan: Plan, basis: str, doing: Doing) -> None:
    """Write the days that a notice names, and no others; announce the years it is whole for.

    The public entry of each year names the days, the notice, and the digest of the whole year as it
    then is. Every day written gets a new row, so that its id tells readers that the calendar is
    another (``queries.calendar``). A year keeps the basis that announced it.
    """
    for year in sorted({day.year for day in plan.write} | {*plan.announce}):
        under = doing.part(str(year))
        if done_before(CALENDAR, under, ()) is None:
            named = {day: said for day, said in plan.write.items() if day.year == year}
            _written(year, named, basis, under, announced=year in plan.announce)


def _written(year: int, named: Days, basis: str, doing: Doing, *, announced: bool) -> None:
    act = CalendarAct.ANNOUNCE if announced else CalendarAct.CHANGE
    row = CalendarYear.objects.filter(year=year).first()
    if row is None:
        row = CalendarYear.objects.create(year=year, basis=basis)
    CalendarDay.objects.filter(date__in=list(named)).delete()
    CalendarDay.objects.bulk_create(
        CalendarDay(year=row, date=day, worked=worked, name=name)
        for day, (worked, name) in sorted(named.items())
    )
    whole = CalendarDay.objects.filter(year=row).values_list("date", "worked", "name")
    facts = {
        "basis": basis,
        "days": {
            day.isoformat(): {"worked": worked, "name": name}
            for day, (worked, name) in sorted(named.items())
        },
        "year_digest": digest_of({day: (worked, name) for day, worked, name in whole}),
    }
    write(CALENDAR, row, act, doing, facts=facts)
