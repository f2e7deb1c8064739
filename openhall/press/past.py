"""The time machine 时光机: what an address showed on a day, and the proof of it.

Once a day, when it is over, the root over all that was shown becomes an entry of the public log.
"""

import json
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final

from django.db import connection

from openhall.ledger.queries import receipt_for
from openhall.ledger.rules.merkle import leaf_hash
from openhall.press.models import Day, Shown
from openhall.press.rules.days import (
    BLOCK,
    Leaf,
    Place,
    block_at,
    in_order,
    page_proof,
    proof_of,
    root_of,
)

TABLE: Final = Shown._meta.db_table


@dataclass(frozen=True, slots=True)
class Past:
    """What an address showed on a day: its versions, and the day's tree."""

    path: str
    day: Day
    shown: tuple[tuple[int, str], ...]
    kept: str


def _rows(sql: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [tuple(row) for row in cursor.fetchall()]


def _path() -> str:
    """The address as its bytes are compared."""
    return 'path COLLATE "C"' if connection.vendor == "postgresql" else "path"


def leaves_on(day: date, first: str = "", end: str = "") -> list[Leaf]:
    """The leaves of ``day`` in order; only those from address ``first`` up to ``end``."""
    within, values = "", []
    if first:
        within, values = f" AND {_path()} >= %s", [first]
    if end:
        within, values = f"{within} AND {_path()} < %s", [*values, end]
    before = _rows(
        f"SELECT s.path, s.sha256, s.kept FROM {TABLE} s JOIN (SELECT MAX(id) AS last "  # noqa: S608
        f"FROM {TABLE} WHERE day < %s{within} GROUP BY path) x ON x.last = s.id",
        [day, *values],
    )
    shown: dict[str, list[tuple[int, str]]] = {}
    kept: dict[str, str] = {}
    for path, sha256, how in before:
        if sha256:
            shown[path], kept[path] = [(0, sha256)], how
    that_day = _rows(
        f"SELECT path, second, sha256, kept FROM {TABLE} WHERE day = %s{within} "  # noqa: S608
        "ORDER BY id",
        [day, *values],
    )
    for path, second, sha256, how in that_day:
        shown.setdefault(path, []).append((second, sha256))
        kept[path] = how
    return in_order([Leaf(path, tuple(those), kept[path]) for path, those in shown.items()])


# ---------------------------------------------------------------- asking
def past(path: str, day: date) -> Past | None:
    """What ``path`` showed on ``day``; None where that day has no tree or nothing was there."""
    found = Day.objects.filter(day=day).first()
    if found is None:
        return None
    leaves = [leaf for leaf in leaves_on(day, path, path + "\x01") if leaf.path == path]
    return Past(path, found, leaves[0].shown, leaves[0].kept) if leaves else None


def day_shown(day: date) -> Day | None:
    """The tree of ``day``."""
    return Day.objects.filter(day=day).first()


def days_kept() -> tuple[date, date] | None:
    """The first and the last day that can be asked for."""
    days = Day.objects.order_by("day").values_list("day", flat=True)
    first, last = days.first(), days.last()
    return (first, last) if first and last else None


def was_shown(path: str, day: date) -> bool:
    """Whether ``path`` can be shown as it was on ``day``: for a link."""
    found = past(path, day)
    return found is not None and bool(found.shown[-1][1])


def changes_around(path: str, day: date) -> dict[str, date | None]:
    """The nearest days before and after ``day`` on which ``path`` changed and that can be shown."""
    rows = Shown.objects.filter(path=path).values_list("day", flat=True)
    kept = days_kept()
    before = rows.filter(day__lt=day).order_by("-day").first()
    after = rows.filter(day__gt=day).order_by("day").first()
    last = kept[1] if kept else None
    return {"before": before, "after": after if after and last and after <= last else None}


def proof(path: str, day: date) -> dict[str, Any] | None:
    """The proof of what ``path`` showed on ``day`` or that it was not there; None where the day has
    no tree, or no checkpoint covers its entry yet. Raises ``LookupError`` where the rows are no
    longer those of the tree."""
    found = Day.objects.filter(day=day).first()
    receipt = receipt_for(found.entry) if found else None
    if found is None or receipt is None:
        return None
    blocks = found.blocks

    @lru_cache(maxsize=8)
    def leaves_of(block: int) -> list[Leaf]:
        first = blocks[block][0]
        end = blocks[block + 1][0] if block + 1 < len(blocks) else ""
        return leaves_on(day, first, end)

    def hashes_of(block: int) -> list[bytes]:
        hashes = [leaf_hash(leaf.raw()) for leaf in leaves_of(block)]
        if root_of(hashes).hex() != blocks[block][1]:
            raise LookupError(f"What was shown on {day} is not what its tree says.")
        return hashes

    def placed(index: int) -> Place | None:
        if not 0 <= index < found.size:
            return None
        block, at = divmod(index, BLOCK)
        raw = leaves_of(block)[at].raw()
        return Place(raw, index, tuple(proof_of(index, found.size, blocks, hashes_of)))

    told = json.loads(receipt.to_json())
    if not blocks:
        return page_proof(day.isoformat(), path, 0, told, [None, None])
    block = block_at(path, blocks)
    hashes_of(block)
    paths = [leaf.path for leaf in leaves_of(block)]
    wanted = path.encode()
    at = sum(1 for one in paths if one.encode() < wanted)
    index = block * BLOCK + at
    is_there = at < len(paths) and paths[at] == path
    places = [placed(index)] if is_there else [placed(index - 1), placed(index)]
    return page_proof(day.isoformat(), path, found.size, told, places)
