"""Looking at the log before it is signed (what is new) and by night or on demand (the whole).

Each fault names its place. The rooms above look at what hangs on the log: the roof names their
checks in ``settings.LEDGER_CHECKS``, each ``faults(since, size)`` over the leaves in that range.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.utils.module_loading import import_string

from openhall.ledger.models import Checkpoint, Cosignature, DailyCheckpoint, Leaf, Subtree
from openhall.ledger.publishing import (
    bundle_bytes,
    folder,
    published_note,
    tile_bytes,
)
from openhall.ledger.queries import latest_checkpoint, proved
from openhall.ledger.rules import merkle
from openhall.ledger.rules.finding import Finding
from openhall.ledger.rules.note import Checkpoint as Statement
from openhall.ledger.rules.note import NotVerified, open_note, read_checkpoint
from openhall.ledger.rules.tiles import bundle_path, tile_path, tiles_of
from openhall.ledger.signing import public_verifier_key

Check = Callable[[int, int], Iterable[Finding]]
SLACK: Final = timedelta(minutes=10)  # how long an act's transaction may have been under way
BLOCK: Final = 1 << 10  # leaves looked at together
ENOUGH: Final = 20  # faults of one sealing; the whole is looked at anyway before it goes on


def look_at_new(size: int) -> list[Finding]:
    """What is wrong with the leaves since the last checkpoint, and with what is published."""
    latest = latest_checkpoint()
    since = 0 if latest is None else min(latest.size, size)
    found = []
    for fault in _all_checks(since, size, latest):
        found.append(fault)
        if len(found) == ENOUGH:
            break
    return found


def _all_checks(since: int, size: int, latest: Checkpoint | None) -> Iterator[Finding]:
    yield from _published_checkpoint(size)
    for one in leaves(since, size, latest):
        if isinstance(one, Finding):
            yield one
    yield from above(since, size)


def above(since: int, size: int) -> Iterator[Finding]:
    """The checks of the rooms above."""
    for path in settings.LEDGER_CHECKS:
        check: Check = import_string(path)
        yield from check(since, size)


def look_at_all(size: int) -> Iterator[int | Finding]:
    """Everything: how many leaves were looked at so far, and each fault as it is found."""
    yield from _published_checkpoint(size)
    yield from whole_tree(size)
    yield from published_files()
    yield from above(0, size)


# ---------------------------------------------------------------- leaves and their entries
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
            elif json.loads(bytes(body)).get("kind") != kind:
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


# ---------------------------------------------------------------- the tree and its checkpoints
def whole_tree(size: int) -> Iterator[int | Finding]:
    """Hash every entry anew; compare every stored subtree and every signed checkpoint."""
    signed = _checkpoints()
    due = next(signed, None)
    faulty = False
    for step in leaves(0, size, None):
        faulty = faulty or isinstance(step, Finding)
        yield step
    frontier: list[tuple[int, bytes]] = []
    count = 0
    for first in range(0, size, BLOCK):
        end = min(first + BLOCK, size)
        stored = _stored(first, end)
        rows = Leaf.objects.filter(index__gte=first, index__lt=end).order_by("index")
        for index, body in rows.values_list("index", "entry__body"):
            if index != count:  # a leaf is missing, which was said; nothing after it can be held
                return
            level, at, found = 0, index, merkle.leaf_hash(bytes(body))
            while True:
                if stored.pop((level, at), None) != found and not faulty:
                    yield Finding(
                        f"subtree/{level}/{at}",
                        f"子树{level}/{at}的散列缺失或被改动。",
                        f"The hash of subtree {level}/{at} is lost or was changed.",
                    )
                if not frontier or frontier[-1][0] != level:
                    break
                found = merkle.node_hash(frontier.pop()[1], found)
                level, at = level + 1, at // 2
            frontier.append((level, found))
            count += 1
            while due is not None and due.size <= count:
                yield from _checkpoint_fault(due, _root(frontier))
                due = next(signed, None)
    if due is not None:
        yield Finding(
            f"checkpoint/{due.size}",
            f"检查点签署了{due.size}条，现在只有{count}条：尾部被截去。",
            f"A checkpoint signed {due.size} entries; only {count} are there.",
        )
    for row in Cosignature.objects.filter(checkpoint__size__gt=size)[:1]:
        yield Finding(f"checkpoint/{row.checkpoint_id}", "副署超出日志。", "Cosigned too far.")
    for day in DailyCheckpoint.objects.filter(checkpoint__size__gt=size)[:1]:
        yield Finding(f"day/{day.day}", "当日检查点超出日志。", "A day's checkpoint goes too far.")


def _checkpoints() -> Iterator[Checkpoint]:
    return Checkpoint.objects.order_by("size").iterator(chunk_size=2_000)


def _stored(first: int, end: int) -> dict[tuple[int, int], bytes]:
    """The stored subtrees that the leaves in this block complete."""
    found: dict[tuple[int, int], bytes] = {}
    level = 0
    while (low := first >> level) < (high := end >> level) or level <= BLOCK.bit_length():
        rows = Subtree.objects.filter(level=level, index__gte=low, index__lt=high)
        found |= {(level, at): bytes(one) for at, one in rows.values_list("index", "hash")}
        level += 1
    return found


def _root(frontier: list[tuple[int, bytes]]) -> bytes:
    root = frontier[-1][1]
    for _level, found in reversed(frontier[:-1]):
        root = merkle.node_hash(found, root)
    return root


def _checkpoint_fault(checkpoint: Checkpoint, root: bytes) -> Iterator[Finding]:
    place = f"checkpoint/{checkpoint.size}"
    try:
        said = read_checkpoint(open_note(checkpoint.note, public_verifier_key()))
    except NotVerified as fault:
        yield Finding(
            place,
            f"检查点{checkpoint.size}的签名不成立，是伪造的：{fault}",
            f"Checkpoint {checkpoint.size} is forged: {fault}",
        )
        return
    stated = Statement(settings.LEDGER_ORIGIN, checkpoint.size, bytes(checkpoint.root))
    if said != stated:
        yield Finding(
            place,
            f"检查点{checkpoint.size}的记录与其签名的内容不符。",
            f"Checkpoint {checkpoint.size} is recorded otherwise than it was signed.",
        )
    elif root != said.root:
        yield Finding(
            place,
            f"前{checkpoint.size}条算出的根与当初签署的不同：其中有内容被改写。",
            f"The first {checkpoint.size} entries do not give the root that was signed: "
            "something among them was rewritten.",
        )


# ---------------------------------------------------------------- what is published
def _published_checkpoint(size: int) -> Iterator[Finding]:
    """The file outside the database must be a beginning of what stands in it."""
    note = published_note()
    if not note:
        return
    try:
        kept = read_checkpoint(open_note(note, public_verifier_key()))
    except NotVerified as fault:
        yield Finding(
            "file/checkpoint",
            f"已公布的检查点文件不是我们签署的：{fault}",
            f"The published checkpoint is not signed by us: {fault}",
        )
        return
    row = Checkpoint.objects.filter(size=kept.size).first()
    if row is None:
        yield Finding(
            f"checkpoint/{kept.size}",
            f"已公布的检查点{kept.size}在数据库中没有了：被删除。",
            f"The published checkpoint {kept.size} was removed from the database.",
        )
    elif bytes(row.root) != kept.root:
        yield Finding(
            f"checkpoint/{kept.size}",
            f"检查点{kept.size}的根与已公布的不同：日志被整体改写。",
            f"Checkpoint {kept.size} has another root than the one published: "
            "the log was rewritten as a whole.",
        )
    if kept.size > size:
        yield Finding(
            f"checkpoint/{kept.size}",
            f"已公布{kept.size}条，现在只有{size}条：尾部被截去。",
            f"{kept.size} entries were published; only {size} are there.",
        )
        return
    try:
        root = proved(lambda subtree: merkle.head(kept.size, subtree))
    except LookupError as fault:
        yield Finding(f"checkpoint/{kept.size}", f"树不完整：{fault}", f"{fault}")
        return
    if row is not None and root != kept.root:
        yield Finding(
            f"checkpoint/{kept.size}",
            f"现有子树算不出已公布的检查点{kept.size}：树被改写。",
            f"The tree no longer gives the published checkpoint {kept.size}: it was rewritten.",
        )


def published_files() -> Iterator[Finding]:
    """Every published tile and bundle, byte by byte."""
    try:
        kept = read_checkpoint(open_note(published_note(), public_verifier_key()))
    except NotVerified:
        return
    for level, number, width in tiles_of(kept.size):
        with suppress(LookupError):  # a lost subtree was said already by the look at the tree
            yield from _file_fault(
                tile_path(level, number, width), tile_bytes(level, number, width)
            )
        if level == 0:
            yield from _file_fault(bundle_path(number, width), bundle_bytes(number, width))


def _file_fault(path: str, right: bytes) -> Iterator[Finding]:
    try:
        same = (folder() / path).read_bytes() == right
    except OSError:
        same = False
    if not same:
        yield Finding(
            f"file/{path}",
            f"已公布的文件{path}缺失，或与日志不符。",
            f"The published file {path} is missing or is not what the log says.",
        )
