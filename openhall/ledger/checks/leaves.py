"""Each leaf in its place, its entry unaltered, its time between its neighbours'."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings

from openhall.ledger.models import Checkpoint, Leaf, Subtree
from openhall.ledger.rules import merkle
from openhall.ledger.rules.finding import Finding

SLACK: Final = timedelta(minutes=10)  # how long an act's transaction may have been under way
BLOCK: Final = 1 << 10  # leaves looked at together


def leaves(since: int, size: int, before: Checkpoint | None) -> Iterator[int | Finding]:
    """Each leaf in its place, its entry unaltered, its hash in the tree, its time not earlier."""
    earliest = before.made_at - SLACK if before is not None and since else None
    for first in range(since, size, BLOCK):
        end = min(first + BLOCK, size)
        hashes = dict(
            Subtree.objects.filter(level=0, index__gte=first, index__lt=end).values_list(
                "index", "hash"
            )
        )
        rows = Leaf.objects.filter(index__gte=first, index__lt=end).order_by("index")
        columns = ("index", "entry__kind", "entry__body", "entry__leaf_hash", "entry__written_at")
        expected = first
        for index, kind, body, said, written in rows.values_list(*columns):
            for missing in range(expected, index):
                yield _missing(missing)
            expected = index + 1
            digest = merkle.leaf_hash(bytes(body))
            if digest != bytes(said):
                yield Finding(
                    f"leaf/{index}",
                    f"第{index}条的内容被改动：与写入时的散列不符。",
                    f"Entry {index} was changed: it is not what was hashed when it was written.",
                )
            elif bytes(hashes.get(index, b"")) != digest:
                yield Finding(
                    f"leaf/{index}",
                    f"第{index}条不是当初排在此处的内容：次序被调换，或内容连同散列一起被替换。",
                    f"Entry {index} is not what stood in this place: it was moved, or replaced "
                    "together with its hash.",
                )
            elif _kind_said(bytes(body)) != kind:
                yield Finding(
                    f"leaf/{index}",
                    f"第{index}条的种类与其内容不符。",
                    f"The kind of entry {index} is not what its content says.",
                )
            elif earliest is not None and written < earliest:
                yield Finding(
                    f"leaf/{index}",
                    f"第{index}条的写入时间早于此前已签署的检查点，是事后补入的。",
                    f"Entry {index} claims to be older than a checkpoint signed before it: "
                    "it was back-dated.",
                )
        for missing in range(expected, end):
            yield _missing(missing)
        yield end


def _missing(index: int) -> Finding:
    return Finding(f"leaf/{index}", f"第{index}条缺失。", f"Entry {index} is missing.")


def _kind_said(body: bytes) -> str:
    """The kind that an entry's own bytes name; empty for bytes that are no entry."""
    try:
        said = json.loads(body)
    except ValueError:
        return ""
    return str(said.get("kind", "")) if isinstance(said, dict) else ""


# ---------------------------------------------------------------- times
def times(size: int) -> Iterator[Finding]:
    """Entries that claim another time of writing than their place allows.

    Places are given in the order of writing, so times rise along the log, give or take an act under
    way. Outside the demonstration, where the simulator signs days of the past, each entry also lies
    between the checkpoint before it and the one that covers it.
    """
    signed = Checkpoint.objects.order_by("size").values_list("size", "made_at")
    bounds = iter(() if settings.DEMO else signed.iterator(chunk_size=2_000))
    after: datetime | None = None  # the last checkpoint that does not cover the entry
    covers = next(bounds, None)
    before: tuple[int, datetime] | None = None  # the last entry whose time is believed
    rows = _written(size)
    here = next(rows, None)
    while here is not None:
        following = next(rows, None)
        index, written = here
        while covers is not None and covers[0] <= index:
            after, covers = covers[1], next(bounds, None)
        if (after is not None and written < after - SLACK) or (
            covers is not None and written > covers[1] + SLACK
        ):
            yield _mistimed(index)
        elif before is not None and written < before[1] - SLACK:
            if following is not None and following[1] < before[1] - SLACK:
                yield _mistimed(before[0])  # all that follows is earlier: that one is the odd one
                before = here
            else:
                yield _mistimed(index)
        else:
            before = here
        here = following


def _written(size: int) -> Iterator[tuple[int, datetime]]:
    for first in range(0, size, BLOCK):
        rows = Leaf.objects.filter(index__gte=first, index__lt=min(first + BLOCK, size))
        yield from rows.order_by("index").values_list("index", "entry__written_at")


def _mistimed(index: int) -> Finding:
    return Finding(
        f"leaf/{index}",
        f"第{index}条的写入时间与它的位置不符：被改动，或机器的时钟曾经跳变。",
        f"The time at which entry {index} says it was written does not fit its place: it was "
        "changed, or the machine's clock jumped.",
    )
