"""The tree hashed anew from the entries, against every stored subtree and signed checkpoint."""

from collections.abc import Iterator

from django.conf import settings

from openhall.ledger.checks.leaves import BLOCK, leaves
from openhall.ledger.models import Checkpoint, Cosignature, DailyCheckpoint, Leaf, Subtree
from openhall.ledger.rules import merkle
from openhall.ledger.rules.finding import Finding
from openhall.ledger.rules.note import Checkpoint as Statement
from openhall.ledger.rules.note import NotVerified, open_note, read_checkpoint
from openhall.ledger.signing import public_verifier_key


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
