"""Keeping the rollups in the act's own transaction: one statement each, added to or begun."""

from datetime import date
from typing import Final

from django.db import connection

from openhall.cases.models import DaysTally, UnitMonth

COUNTS: Final = (
    "received",
    "accepted",
    "declined",
    "closed",
    "granted",
    "on_time",
    "days",
    "delivered",
)
MONTHS: Final = UnitMonth._meta.db_table
ADD: Final = (
    f"INSERT INTO {MONTHS} (organ_id, month, {', '.join(COUNTS)})"  # noqa: S608
    f" VALUES (%s, %s{', %s' * len(COUNTS)}) ON CONFLICT (organ_id, month) DO UPDATE SET "
    + ", ".join(f"{name} = {MONTHS}.{name} + excluded.{name}" for name in COUNTS)
)
TALLY: Final = DaysTally._meta.db_table
ADD_DAYS: Final = (
    f"INSERT INTO {TALLY} (item_id, month, days, cases) VALUES (%s, %s, %s, 1)"  # noqa: S608
    f" ON CONFLICT (item_id, month, days) DO UPDATE SET cases = {TALLY}.cases + 1"
)


def count(organ_id: int, day: date, **more: int) -> None:
    """Add ``more`` (names of :data:`COUNTS`) to the unit's month of ``day``.

    ``day`` is the event's date in the city's time zone. Raises ``KeyError`` for another name.
    """
    if unknown := set(more) - set(COUNTS):
        raise KeyError(sorted(unknown)[0])
    month = connection.ops.adapt_datefield_value(day.replace(day=1))
    with connection.cursor() as cursor:
        cursor.execute(ADD, [organ_id, month, *(more.get(name, 0) for name in COUNTS)])


def count_days(item_id: int, day: date, days: int) -> None:
    """Add one closed case of ``item_id`` that took ``days`` working days."""
    month = connection.ops.adapt_datefield_value(day.replace(day=1))
    with connection.cursor() as cursor:
        cursor.execute(ADD_DAYS, [item_id, month, days])
