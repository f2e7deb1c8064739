"""An entry is written in the transaction of its act."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from openhall.ledger.models import Entry
from openhall.ledger.rules import merkle
from openhall.ledger.rules.canonical import canonical

APPEND = (
    f"INSERT INTO {Entry._meta.db_table} (kind, body, leaf_hash, written_at)"  # noqa: S608
    " VALUES (%s, %s, %s, %s) RETURNING id"
)


def append(kind: str, body: Mapping[str, Any]) -> int:
    """Write ``body`` into the log, in the caller's transaction; the id of the entry.

    Raises ``NotCanonical`` for a body without canonical form and ``RuntimeError`` outside a
    transaction, because an entry without its act would be a lie.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("An entry is written in the transaction of its act.")
    raw = canonical({"kind": kind, **body})
    # Every act passes here, so the one statement is written out: a third of what the ORM takes.
    with connection.cursor() as cursor:
        cursor.execute(APPEND, [kind, raw, merkle.leaf_hash(raw), _stored(timezone.now())])
        return int(cursor.fetchone()[0])


def append_many(kind: str, bodies: Sequence[bytes]) -> list[int]:
    """Write many bodies in the caller's transaction, in their order; the ids of the entries.

    For work that touches thousands of records at once. ``bodies`` are canonical bytes of
    ``{"kind": kind, …}``; the ids are reserved first, so that each record can name its own entry.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("An entry is written in the transaction of its act.")
    if not bodies:
        return []
    table, count = Entry._meta.db_table, len(bodies)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                [table, count],
            )
            ids = [int(row[0]) for row in cursor.fetchall()]
        else:  # this transaction alone writes, so the next ids are ours
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
            last = cursor.fetchone()
            first = (last[0] if last else 0) + 1
            ids = list(range(first, first + count))
        written = _stored(timezone.now())
        cursor.executemany(
            f"INSERT INTO {table} (id, kind, body, leaf_hash, written_at)"  # noqa: S608
            " VALUES (%s, %s, %s, %s, %s)",
            [
                (pk, kind, raw, merkle.leaf_hash(raw), written)
                for pk, raw in zip(ids, bodies, strict=True)
            ],
        )
    return ids


def _stored(moment: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(moment)
