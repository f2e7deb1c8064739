"""Tags are relied on only once every transaction that may not have seen them has ended."""

import time
from typing import Final

from django.db import connection

PATIENCE: Final = 2.0  # seconds for older transactions to end, on PostgreSQL


def transaction_now() -> int:
    """The number of this transaction; 0 on SQLite, where one writes at a time."""
    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        return int(cursor.fetchone()[0])


def settled(since: int) -> bool:
    """Whether every transaction has ended that may not have seen the tags written in ``since``.

    Inside a transaction (a test) the tags are this one's own, and nobody else sees the page.
    """
    if connection.vendor != "postgresql" or not since or connection.in_atomic_block:
        return True
    end = time.monotonic() + PATIENCE
    while True:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
            if int(cursor.fetchone()[0]) > since:
                return True
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
