"""Taking seats: each is a row, so two can never have one. Measured beside counters, unique inserts
and exclusion constraints (``docs/measured.md``): this one is the same on both databases and cannot
deadlock, because who takes never waits (SKIP LOCKED) and who confirms waits for one row alone.

The row itself decides, whatever a node's clock says: a seat is taken over only where its time is
over, and confirmed only where it still is this hold's. A wrong clock shortens ten minutes; it never
gives a seat twice.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db import connection

from openhall.slots.models import Appointment, Seat

TABLE: Final = Seat._meta.db_table
TAKE: Final = (
    f"UPDATE {TABLE} SET hold_id = %s, until = %s WHERE id = "  # noqa: S608
    f"(SELECT id FROM {TABLE} WHERE slot_id = %s AND NOT firm AND until < %s "
    "ORDER BY no LIMIT 1{lock}) RETURNING no"
)
TIDY: Final = (
    f"UPDATE {TABLE} SET hold_id = NULL, until = 0 WHERE id IN "  # noqa: S608
    f"(SELECT id FROM {TABLE} WHERE hold_id IS NOT NULL AND NOT firm AND until < %s "
    "ORDER BY id LIMIT %s{lock})"
)
REMOVE: Final = (
    f"DELETE FROM {TABLE} WHERE id IN "  # noqa: S608
    f"(SELECT id FROM {TABLE} WHERE slot_id = %s AND NOT firm AND until < %s "
    "ORDER BY no DESC LIMIT %s{lock})"
)


def _skipping(statement: str) -> str:
    skips = connection.features.has_select_for_update_skip_locked
    return statement.replace("{lock}", " FOR UPDATE SKIP LOCKED" if skips else "")


def milliseconds(at: datetime) -> int:
    return int(at.timestamp() * 1000)


def take(
    hold: Appointment, slots: Sequence[int], now: datetime, until: datetime
) -> list[list[int]] | None:
    """A seat of each of ``slots`` (in order of start), as [slot, number]; None if one is full.

    In the caller's transaction, which must be rolled back where it is None.
    """
    taken = []
    with connection.cursor() as cursor:
        for slot in slots:
            cursor.execute(_skipping(TAKE), [hold.pk, milliseconds(until), slot, milliseconds(now)])
            found = cursor.fetchone()
            if found is None:
                return None
            taken.append([slot, found[0]])
    return taken


def make_firm(hold: Appointment, now: datetime) -> int:
    """How many seats are this hold's for good: all that were still its own a moment ago."""
    rows = Seat.objects.filter(hold=hold, firm=False, until__gt=milliseconds(now))
    return rows.update(firm=True)


def give_back(hold: Appointment, seats: Sequence[Sequence[int]] | None = None) -> int:
    """Free the seats of ``hold``, or only these of them."""
    rows = Seat.objects.filter(hold=hold)
    if seats is None:
        return rows.update(hold=None, until=0, firm=False)
    return sum(
        rows.filter(slot=slot, no=no).update(hold=None, until=0, firm=False) for slot, no in seats
    )


def remove_free(slot: int, many: int, now: datetime) -> int:
    """Take up to ``many`` seats that nobody has out of a slot."""
    with connection.cursor() as cursor:
        cursor.execute(_skipping(REMOVE), [slot, milliseconds(now), many])
        return int(cursor.rowcount)


def tidy(now: datetime, most: int) -> int:
    """Free seats whose hold ran out: only tidiness, the next who books takes them over anyway."""
    with connection.cursor() as cursor:
        cursor.execute(_skipping(TIDY), [milliseconds(now), most])
        return int(cursor.rowcount)
