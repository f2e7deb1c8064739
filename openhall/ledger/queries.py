"""Reading the log: checkpoints, proofs, days, alarms, and the bytes of the whole."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Max

from openhall.ledger.models import (
    Alarm,
    Checkpoint,
    DailyCheckpoint,
    Entry,
    Leaf,
    Subtree,
    Verification,
)
from openhall.ledger.rules import merkle
from openhall.ledger.rules.receipt import Receipt
from openhall.ledger.terms import AlarmState
from openhall.paging.keyset import START, Page, Place, paged

T = TypeVar("T")
COUNTED_UP_TO = 50_000  # entries of one day whose kinds are counted


def subtree_hash(level: int, index: int) -> bytes:
    """The stored hash of a complete subtree; ``LookupError`` names the one that is missing."""
    try:
        found = Subtree.objects.values_list("hash", flat=True).get(level=level, index=index)
    except Subtree.DoesNotExist as error:
        raise LookupError(f"The log has lost subtree {level}/{index}.") from error
    return bytes(found)


def subtrees(places: Iterable[tuple[int, int]]) -> dict[tuple[int, int], bytes]:
    """The stored hashes at ``(level, index)``, in one statement; what is lost is left out."""
    wanted = sorted(set(places))
    if not wanted:
        return {}
    table = Subtree._meta.db_table
    values = ", ".join(["(%s, %s)"] * len(wanted))
    sql = (
        f'SELECT s.level, s."index", s.hash FROM (VALUES {values}) AS v'  # noqa: S608
        f' JOIN {table} s ON s.level = v.column1 AND s."index" = v.column2'
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [number for place in wanted for number in place])
        return {(level, at): bytes(found) for level, at, found in cursor.fetchall()}


def proved(walk: Callable[[merkle.Subtree], T]) -> T:
    """What ``walk`` gives over the stored subtrees, all of them fetched at once.

    Proofs never look at a hash to choose the next one, so a first walk over blanks tells which
    they need. ``LookupError`` names the subtree that is lost.
    """
    asked: list[tuple[int, int]] = []

    def note_down(level: int, at: int) -> bytes:
        asked.append((level, at))
        return merkle.EMPTY_HEAD

    walk(note_down)
    found = subtrees(asked)

    def stored(level: int, at: int) -> bytes:
        try:
            return found[level, at]
        except KeyError as error:
            raise LookupError(f"The log has lost subtree {level}/{at}.") from error

    return walk(stored)


def size_now() -> int:
    """How many entries have their place."""
    last = Leaf.objects.aggregate(last=Max("index"))["last"]
    return 0 if last is None else int(last) + 1


def latest_checkpoint() -> Checkpoint | None:
    return Checkpoint.objects.order_by("-size").first()


def receipt_for(entry_id: int) -> Receipt | None:
    """The offline receipt of an entry; None until a checkpoint covers it."""
    leaf = Leaf.objects.select_related("entry").filter(entry_id=entry_id).first()
    checkpoint = latest_checkpoint()
    if leaf is None or checkpoint is None or leaf.index >= checkpoint.size:
        return None
    index, size = leaf.index, checkpoint.size
    proof = proved(lambda subtree: merkle.inclusion_proof(index, size, subtree))
    return Receipt(bytes(leaf.entry.body), index, tuple(proof), note_of(checkpoint))


def note_of(checkpoint: Checkpoint) -> str:
    """The signed note with the cosignatures of its witnesses."""
    return checkpoint.note + "".join(checkpoint.cosignatures.values_list("line", flat=True))


def places_of(entries: Iterable[int]) -> dict[int, int]:
    """Where entries stand, by their ids; only those that a checkpoint covers."""
    latest = latest_checkpoint()
    rows = Leaf.objects.filter(entry_id__in=list(entries), index__lt=latest.size if latest else 0)
    return dict(rows.values_list("entry_id", "index"))


def bodies_of(entries: Iterable[int]) -> dict[int, dict[str, Any]]:
    """What entries say, by their ids."""
    rows = Entry.objects.filter(pk__in=list(entries)).values_list("pk", "body")
    return {pk: json.loads(bytes(body)) for pk, body in rows}


def entry_bodies() -> Iterator[tuple[int, bytes]]:
    """Every sequenced entry in its place: ``(index, canonical bytes)``, a batch at a time."""
    rows = Leaf.objects.order_by("index").values_list("index", "entry__body")
    for index, body in rows.iterator(chunk_size=5_000):
        yield index, bytes(body)


def subtree_hashes(level: int, first: int, count: int) -> list[bytes]:
    """``count`` stored hashes of ``level`` from ``first`` on; ``LookupError`` on a gap."""
    rows = Subtree.objects.filter(level=level, index__gte=first, index__lt=first + count)
    found = [bytes(digest) for digest in rows.order_by("index").values_list("hash", flat=True)]
    if len(found) != count:
        raise LookupError(f"The log has lost part of subtrees {level}/{first}…")
    return found


def leaf_at(index: int) -> Leaf | None:
    """The leaf at ``index`` with its entry."""
    return Leaf.objects.select_related("entry").filter(index=index).first()


def last_checkpoints(count: int = 10) -> list[Checkpoint]:
    """The newest signed checkpoints."""
    return list(Checkpoint.objects.order_by("-size")[:count])


# ---------------------------------------------------------------- days
def day_named(day: date) -> DailyCheckpoint | None:
    """The checkpoint of ``day``."""
    return DailyCheckpoint.objects.select_related("checkpoint").filter(day=day).first()


def last_days(count: int = 30) -> list[DailyCheckpoint]:
    """The newest days."""
    return list(DailyCheckpoint.objects.select_related("checkpoint").order_by("-day")[:count])


def days_of_month(first: date) -> tuple[list[DailyCheckpoint], date | None, date | None]:
    """The days of the month that begins with ``first``, and the months before and after it."""
    after = (first + timedelta(days=31)).replace(day=1)
    rows = DailyCheckpoint.objects.select_related("checkpoint")
    older = rows.filter(day__lt=first).order_by("-day").values_list("day", flat=True).first()
    newer = rows.filter(day__gte=after).order_by("day").values_list("day", flat=True).first()
    here = rows.filter(day__gte=first, day__lt=after).order_by("-day")
    return list(here), older and older.replace(day=1), newer and newer.replace(day=1)


def day_before(day: date) -> DailyCheckpoint | None:
    """The nearest earlier day that has its checkpoint."""
    rows = DailyCheckpoint.objects.select_related("checkpoint").filter(day__lt=day)
    return rows.order_by("-day").first()


def consistency(old: int, new: int) -> list[bytes]:
    """Proof that the first ``old`` of ``new`` entries are unchanged."""
    return proved(lambda subtree: merkle.consistency_proof(old, new, subtree))


def acts_between(since: int, size: int) -> list[tuple[str, str, int]]:
    """How many entries of each ``(kind, act)`` were added, most first; empty for too many."""
    if size - since > COUNTED_UP_TO:
        return []
    rows = Entry.objects.filter(leaf__index__gte=since, leaf__index__lt=size)
    counts: Counter[tuple[str, str]] = Counter()
    for kind, body in rows.values_list("kind", "body").iterator(chunk_size=5_000):
        counts[kind, str(json.loads(bytes(body)).get("act", ""))] += 1
    return [(kind, act, count) for (kind, act), count in counts.most_common()]


# ---------------------------------------------------------------- alarms and verifications
def is_halted() -> bool:
    """Whether an open alarm stops publication."""
    return Alarm.objects.filter(state=AlarmState.OPEN.value).exists()


def open_alarms() -> list[Alarm]:
    """What stops publication now, oldest first."""
    return list(Alarm.objects.filter(state=AlarmState.OPEN.value).order_by("id"))


def known_alarms() -> list[Alarm]:
    """What could not be repaired and is shown for good."""
    return list(Alarm.objects.filter(state=AlarmState.KNOWN.value).order_by("-id"))


def alarms(at: Place = START, count: int = 20) -> Page[Alarm]:
    """A page of alarms, newest first."""
    return paged(Alarm.objects.all(), at=at, size=count)


def verifications(count: int = 20) -> list[Verification]:
    """The newest verifications of the whole log."""
    return list(Verification.objects.order_by("-id")[:count])


def leaf_of(entry_id: int) -> Leaf | None:
    """The place of an entry; None until the sequencer has given it one."""
    return Leaf.objects.filter(entry_id=entry_id).first()


def body_of(entry: Entry) -> dict[str, Any]:
    """What an entry says, as it was written."""
    body: dict[str, Any] = json.loads(bytes(entry.body))
    return body


def alarm_by_pk(pk: int) -> Alarm | None:
    """One alarm of the checks."""
    return Alarm.objects.filter(pk=pk).first()


LOOKED_THROUGH = 5_000  # entries of the log that one question for a kind looks through


def leaves_from(start: int, end: int, kind: str | None, many: int) -> tuple[list[Leaf], int]:
    """At most ``many`` leaves from ``start`` on and before ``end``, and the place after them.

    Of one ``kind`` only so far as one question looks; the place says where to go on.
    """
    if kind is None:
        upto = min(end, start + many)
        rows = Leaf.objects.filter(index__gte=start, index__lt=upto)
        return list(rows.select_related("entry").order_by("index")), max(start, upto)
    upto = min(end, start + LOOKED_THROUGH)
    rows = Leaf.objects.filter(index__gte=start, index__lt=upto, entry__kind=kind)
    found = list(rows.select_related("entry").order_by("index")[:many])
    return found, found[-1].index + 1 if len(found) == many else max(start, upto)
