"""The calendar in force, and the day figures are shown up to."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import lru_cache
from typing import Final

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.module_loading import import_string

from openhall.workdays.models import CalendarDay, CalendarDeed, CalendarYear
from openhall.workdays.rules.calendar import Calendar
from openhall.workdays.rules.notices import Days, Plan
from openhall.workdays.seeds import announced

LOADED: Final = (
    f"SELECT MIN(year), MAX(year), (SELECT MAX(id) FROM {CalendarDay._meta.db_table})"  # noqa: S608
    f" FROM {CalendarYear._meta.db_table}"
)


@lru_cache(maxsize=2)
def _built(first: int, last: int, generation: int) -> Calendar:
    days = dict(CalendarDay.objects.values_list("date", "worked"))
    return Calendar.of(days, first, last)


_held: ContextVar[Calendar | None] = ContextVar("the calendar of one page", default=None)


@contextmanager
def one_calendar() -> Iterator[None]:
    """Read the calendar once for all that is asked inside: for a page, never for an act."""
    token = _held.set(calendar())
    try:
        yield
    finally:
        _held.reset(token)


def calendar() -> Calendar:
    """The calendar as loaded. One plain statement; the table is rebuilt only after a change."""
    if (held := _held.get()) is not None:
        return held
    with connection.cursor() as cursor:
        cursor.execute(LOADED)
        first, last, generation = cursor.fetchone()
    if first is None:
        raise LookupError("No calendar year is loaded; run the migrations.")
    return _built(first, last, generation or 0)


def calendar_in_words() -> str:
    """Which calendar is loaded: its years and its generation; another after every loading."""
    with connection.cursor() as cursor:
        cursor.execute(LOADED)
        first, last, generation = cursor.fetchone()
    return f"{first}-{last}#{generation or 0}"


def standing_days() -> dict[date, tuple[bool, str]]:
    """Every day that differs from Monday–Friday, whether it is worked, and its name."""
    rows = CalendarDay.objects.values_list("date", "worked", "name")
    return {day: (worked, name) for day, worked, name in rows}


def announced_years() -> frozenset[int]:
    return frozenset(CalendarYear.objects.values_list("year", flat=True))


def notices_taken_in() -> list[CalendarDeed]:
    """Every deed on the calendar, newest first: one for each year a notice names."""
    return list(CalendarDeed.objects.select_related("actor").order_by("-pk"))


def named_and_before(deed: CalendarDeed) -> tuple[Days, Days]:
    """The days that ``deed`` names, and how each day stood before it, as the log tells it."""
    before: dict[date, tuple[bool, str]] = {}
    for year_days in announced().values():
        before |= year_days
    for older in CalendarDeed.objects.filter(pk__lt=deed.pk).order_by("pk"):
        before |= _days_of(older)
    return _days_of(deed), before


def _days_of(deed: CalendarDeed) -> dict[date, tuple[bool, str]]:
    told = deed.facts.get("days", {})
    return {date.fromisoformat(day): (one["worked"], one["name"]) for day, one in told.items()}


def calendar_after(plan: Plan) -> Calendar:
    """The calendar as it would be with ``plan`` taken in; nothing is written."""
    days = {day: worked for day, (worked, _name) in (standing_days() | dict(plan.write)).items()}
    years = announced_years() | set(plan.announce)
    return Calendar.of(days, min(years), max(years))


def figures_day() -> date:
    """The day that boards, figures and the clocks beside them are shown up to: today.

    A demonstration whose history is still being filled in names the day it has reached
    (``FIGURES_DAY``, a function of a room above): seen from months later, what it holds so far
    would be plainly unfinished. Nothing of legal effect asks this; acts ask the clock.
    """
    reached = import_string(settings.FIGURES_DAY)() if settings.FIGURES_DAY else None
    return reached or timezone.localdate()
