"""What every act asks before it does anything, as statements of its own.

A window's staff act forty times a second in a hall of a thousand, and each asks these again under
its locks. Composed by the ORM they took most of an act's time; here they are asked as they are.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

from django.db import connection

from openhall.hours.rules.week import Span

DUTY: Final = (
    "SELECT 1 FROM hall_duty WHERE account_id = %s AND window_id = %s AND day = %s"
    " AND signed_in IS NOT NULL AND signed_out IS NULL AND away_since IS NULL"
)
SITS: Final = (
    "SELECT 1 FROM hall_duty WHERE account_id = %s AND window_id = %s"
    " AND signed_in IS NOT NULL AND signed_out IS NULL AND away_since IS NULL"
)
SERVED: Final = (
    "SELECT s.line_id, s.until, l.closed FROM hall_serves s JOIN hall_line l ON l.id = s.line_id"
    " WHERE s.window_id = %s AND s.since <= %s AND (s.until IS NULL OR s.until > %s)"
)
NEXT: Final = (
    "SELECT t.* FROM hall_ticket t WHERE t.line_id IN ({lines}) AND t.state = 'waiting'"
    " AND t.day = %s AND t.need IN ({needs}) AND NOT EXISTS (SELECT 1 FROM hall_ticket o"
    " WHERE o.visit = t.visit AND o.day = t.day AND o.state IN ('called', 'serving'))"
    " ORDER BY t.lane, t.at, t.id LIMIT 1"
)

IN_FORCE: Final = (
    "hall_id = %s AND state IN ('published', 'superseded') AND effective_from <= %s"
    " AND (effective_until IS NULL OR effective_until >= %s)"
)
STANDING: Final = (
    f"SELECT standing FROM hall_centre WHERE {IN_FORCE}"  # noqa: S608
    " ORDER BY effective_from DESC, number DESC LIMIT 1"
)
OPENINGS: Final = (
    'SELECT o.id, o.exception, o.last_ticket, o.reason, o.reason_en, s.weekday, s.start, s."end"'  # noqa: S608
    f" FROM (SELECT * FROM hall_opening WHERE {IN_FORCE}"
    " AND (last_day IS NULL OR last_day >= %s)) o LEFT JOIN hall_span s ON s.version_id = o.id"
    " ORDER BY o.effective_from DESC, o.id DESC, s.weekday, s.start"
)


def asked(statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """The rows of a statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement, list(values))
        return list(cursor.fetchall())


def stamp(moment: datetime) -> Any:
    """A moment as a statement takes it."""
    return connection.ops.adapt_datetimefield_value(moment)


def stored_day(day: date) -> Any:
    """A day as a statement takes it."""
    return connection.ops.adapt_datefield_value(day)


def on_duty(account: int, window: int, day: date) -> bool:
    """Whether the account is signed in at the window and has not left it."""
    return bool(asked(DUTY, [account, window, stored_day(day)]))


def still_sits(account: int, window: int) -> bool:
    """Whether the account is signed in at the window, today or since a day before."""
    return bool(asked(SITS, [account, window]))


def served_lines(window: int, now: datetime) -> list[int]:
    """The lines a window serves now: what it was moved to for a while instead of its own."""
    at = stamp(now)
    rows = asked(SERVED, [window, at, at])
    standing = [row for row in rows if row[1] is not None] or rows
    return sorted(line for line, _until, closed in standing if not closed)


def somebody_at(window: int) -> bool:
    """Whether somebody was called to the window or is being served there."""
    sql = "SELECT 1 FROM hall_ticket WHERE window_id = %s AND state IN ('called', 'serving')"
    return bool(asked(sql, [window]))


def next_waiting(lines: Sequence[int], needs: Sequence[str], day: date) -> tuple[str, list[Any]]:
    """The statement that finds the next of the lines, with its values."""
    sql = NEXT.format(lines=", ".join(["%s"] * len(lines)), needs=", ".join(["%s"] * len(needs)))
    return sql, [*lines, stored_day(day), *needs]


def is_closed(hall: int, day: date) -> bool:
    """Whether the day was closed."""
    sql = "SELECT 1 FROM hall_hallday WHERE hall_id = %s AND day = %s"
    return bool(asked(sql, [hall, stored_day(day)]))


def standing_on(hall: int, day: date) -> str:
    """Whether the hall serves on ``day``: the standing of its version in force; "" without one."""
    at = stored_day(day)
    rows = asked(STANDING, [hall, at, at])
    return str(rows[0][0]) if rows else ""


def openings_on(hall: int, day: date) -> tuple[Any, list[Span]]:
    """The opening hours in force on ``day``, an exception before the rule: (exception, last
    ticket, reason, reason in English) or None, and their spans."""
    at = stored_day(day)
    rows = asked(OPENINGS, [hall, at, at, at])
    chosen = next((row[0] for row in rows if row[1]), rows[0][0] if rows else None)
    of = [row for row in rows if row[0] == chosen]
    return (of[0][1:5] if of else None), [Span(*row[5:8]) for row in of if row[5] is not None]
