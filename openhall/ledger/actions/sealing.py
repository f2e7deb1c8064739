"""Giving entries their places and signing what stands: looked at first, stopped by any fault."""

from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import Max
from django.utils import timezone

from openhall.ledger.actions.alarms import raise_alarms
from openhall.ledger.checks import look_at_new
from openhall.ledger.models import Checkpoint, Entry, Leaf, Subtree
from openhall.ledger.queries import is_halted, proved, size_now, subtree_hash
from openhall.ledger.rules import merkle
from openhall.ledger.rules.finding import Finding
from openhall.ledger.rules.note import Checkpoint as Statement
from openhall.ledger.rules.note import sign
from openhall.ledger.signing import signing_key

SEQUENCER_LOCK = 0x6F70656E68616C6C  # "openhall": PostgreSQL's advisory lock of the sequencer


class LogForked(RuntimeError):
    """The log does not continue its last checkpoint: it was rewritten. Nothing is signed."""


def _alone() -> None:
    """One sequencer and one signer at a time; on SQLite the transaction itself is alone."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEQUENCER_LOCK])


@transaction.atomic
def sequence(limit: int = 10_000) -> int:
    """Give the next ``limit`` entries their places, in the order of their ids; how many."""
    _alone()
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
def sign_checkpoint(at: datetime | None = None, size: int | None = None) -> Checkpoint | None:
    """Sign the tree of ``size`` leaves (all); None when nothing was added since the last one.

    ``at`` is for the simulator's past alone. Raises :class:`LogForked` when the tree does not
    continue the last checkpoint.
    """
    if at is not None and not settings.DEMO:
        raise ValueError("The moment of a checkpoint is the clock's, except in the demonstration.")
    _alone()
    there = size_now()
    size = there if size is None else size
    before = Checkpoint.objects.order_by("-size").first()
    if size == 0 or (before is not None and size <= before.size <= there):
        return None  # nothing new, or another worker signed more while this one looked
    root = proved(lambda subtree: merkle.head(size, subtree))
    if before is not None:
        old = before.size
        if old > size:
            raise LogForked(f"{old} leaves were signed; only {there} are there.")
        proof = proved(lambda subtree: merkle.consistency_proof(old, size, subtree))
        if not merkle.verify_consistency(old, size, bytes(before.root), root, proof):
            raise LogForked(f"The first {old} leaves differ from what was signed.")
    note = sign(
        Statement(settings.LEDGER_ORIGIN, size, root).body(), settings.LEDGER_ORIGIN, signing_key()
    )
    return Checkpoint.objects.create(size=size, root=root, note=note, made_at=at or timezone.now())


def seal(at: datetime | None = None) -> Checkpoint | None:
    """Sequence what waits, look at it, then sign: what the job does every half minute.

    While an alarm is open entries wait for their places and nothing is signed: the last good
    checkpoint stays until the supervision bureau has resolved it.
    """
    if is_halted():
        return None
    try:
        while sequence():
            pass
    except (IntegrityError, LookupError) as fault:
        _stop(f"leaf/{size_now()}", fault)
        return None
    size = size_now()
    if found := look_at_new(size):
        raise_alarms(found, "seal")
        return None
    try:
        return sign_checkpoint(at, size)
    except (LogForked, LookupError) as fault:
        _stop(f"checkpoint/{size}", fault)
        return None


def _stop(place: str, fault: Exception) -> None:
    finding = Finding(
        place,
        f"日志不再延续最近一次签署的检查点，说明已有内容被改写：{fault}",
        f"The log no longer continues its last checkpoint; it was rewritten: {fault}",
    )
    raise_alarms([finding], "seal")
