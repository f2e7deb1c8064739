"""Letting the triggers of a table that only grows rest, within one transaction.

Only for sealing anew: the statements are the database's own text of the triggers, so what is laid
again is what was there.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def resting(table: str) -> Iterator[None]:
    """The triggers of ``table`` sleep inside; a rollback brings them back as they were."""
    assert connection.in_atomic_block
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # What waits for the end of the transaction is judged now: no table changes before.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {quote(table)} DISABLE TRIGGER USER")
            yield
            cursor.execute(f"ALTER TABLE {quote(table)} ENABLE TRIGGER USER")
            return
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table]
        )
        triggers = cursor.fetchall()
        for name, _sql in triggers:
            cursor.execute(f"DROP TRIGGER {quote(name)}")
        yield
        for _name, sql in triggers:
            cursor.execute(sql.replace("%", "%%"))
