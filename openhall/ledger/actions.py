"""Writing the log: append in the act's transaction; sequence and sign in a job."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from openhall.ledger.models import Checkpoint, Entry, Leaf, Subtree
from openhall.ledger.queries import subtree_hash
from openhall.ledger.rules import merkle
from openhall.ledger.rules.canonical import canonical
from openhall.ledger.rules.note import Checkpoint as Statement
from openhall.ledger.rules.note import sign
from openhall.ledger.signing import signing_key

SEQUENCER_LOCK = 0x6F70656E68616C6C  # "openhall": PostgreSQL's advisory lock of the sequencer


APPEND = (
    f"INSERT INTO {Entry._meta.db_table} (kind, body, leaf_hash, written_at)"  # noqa: S608
    " VALUES (%s, %s, %s, %s) RETURNING id"
)


class LogForked(RuntimeError):
    """The log does not continue its last checkpoint: it was rewritten. Nothing is signed."""


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


def append_many(kind: str, bodies: Sequence[Mapping[str, Any]]) -> list[int]:
    """Write many bodies in the caller's transaction, in their order; the ids of the entries.

    For work that touches thousands of records at once: the ids are reserved first, so that each
    record can name its own entry without asking again.
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
        written, rows = _stored(timezone.now()), []
        for pk, body in zip(ids, bodies, strict=True):
            raw = canonical({"kind": kind, **body})
            rows.append((pk, kind, raw, merkle.leaf_hash(raw), written))
        cursor.executemany(
            f"INSERT INTO {table} (id, kind, body, leaf_hash, written_at)"  # noqa: S608
            " VALUES (%s, %s, %s, %s, %s)",
            rows,
        )
    return ids


def _stored(moment: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(moment)


@transaction.atomic
def sequence(limit: int = 10_000) -> int:
    """Give the next ``limit`` entries their places, in the order of their ids; how many."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEQUENCER_LOCK])
    last = Leaf.objects.aggregate(last=Max("index"))["last"]
    index = 0 if last is None else last + 1
    waiting = list(
        Entry.objects.filter(leaf__isnull=True)
        .order_by("id")
        .values_list("id", "leaf_hash")[:limit]
    )
    fresh: dict[tuple[int, int], bytes] = {}

    def known(level: int, at: int) -> bytes:
        found = fresh.get((level, at))
        return subtree_hash(level, at) if found is None else found

    leaves = []
    for entry_id, digest in waiting:
        for level, at, found in merkle.completed(index, bytes(digest), known):
            fresh[level, at] = found
        leaves.append(Leaf(index=index, entry_id=entry_id))
        index += 1
    Leaf.objects.bulk_create(leaves, batch_size=500)
    Subtree.objects.bulk_create(
        [Subtree(level=level, index=at, hash=found) for (level, at), found in fresh.items()],
        batch_size=300,
    )
    return len(leaves)


@transaction.atomic
def sign_checkpoint() -> Checkpoint | None:
    """Sign the tree as it stands; None when nothing was added since the last checkpoint.

    Raises :class:`LogForked` when the tree does not continue the last checkpoint.
    """
    last = Leaf.objects.aggregate(last=Max("index"))["last"]
    size = 0 if last is None else last + 1
    before = Checkpoint.objects.order_by("-size").first()
    if size == 0 or (before is not None and before.size == size):
        return None
    root = merkle.head(size, subtree_hash)
    if before is not None:
        if before.size > size:
            raise LogForked(f"{before.size} leaves were signed; only {size} are there.")
        proof = merkle.consistency_proof(before.size, size, subtree_hash)
        if not merkle.verify_consistency(before.size, size, bytes(before.root), root, proof):
            raise LogForked(f"The first {before.size} leaves differ from what was signed.")
    note = sign(
        Statement(settings.LEDGER_ORIGIN, size, root).body(), settings.LEDGER_ORIGIN, signing_key()
    )
    return Checkpoint.objects.create(size=size, root=root, note=note, made_at=timezone.now())


def seal() -> Checkpoint | None:
    """Sequence everything that waits, then sign: what the job does every minute."""
    while sequence():
        pass
    return sign_checkpoint()
