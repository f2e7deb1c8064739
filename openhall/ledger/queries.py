"""Reading the log: checkpoints, proofs, and the check of the whole."""

from collections.abc import Iterable, Iterator

from openhall.ledger.models import Checkpoint, Leaf, Subtree
from openhall.ledger.rules import merkle
from openhall.ledger.rules.receipt import Receipt


def subtree_hash(level: int, index: int) -> bytes:
    """The stored hash of a complete subtree; ``LookupError`` names the one that is missing."""
    try:
        found = Subtree.objects.values_list("hash", flat=True).get(level=level, index=index)
    except Subtree.DoesNotExist as error:
        raise LookupError(f"The log has lost subtree {level}/{index}.") from error
    return bytes(found)


def latest_checkpoint() -> Checkpoint | None:
    return Checkpoint.objects.order_by("-size").first()


def receipt_for(entry_id: int) -> Receipt | None:
    """The offline receipt of an entry; None until a checkpoint covers it."""
    leaf = Leaf.objects.select_related("entry").filter(entry_id=entry_id).first()
    checkpoint = latest_checkpoint()
    if leaf is None or checkpoint is None or leaf.index >= checkpoint.size:
        return None
    proof = merkle.inclusion_proof(leaf.index, checkpoint.size, subtree_hash)
    return Receipt(bytes(leaf.entry.body), leaf.index, tuple(proof), checkpoint.note)


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


def places_of(entry_ids: Iterable[int]) -> dict[int, int]:
    """Entry → its place in the log, for those the log has taken in."""
    rows = Leaf.objects.filter(entry_id__in=list(entry_ids))
    return dict(rows.values_list("entry_id", "index"))


def last_checkpoints(count: int = 10) -> list[Checkpoint]:
    """The newest signed checkpoints."""
    return list(Checkpoint.objects.order_by("-size")[:count])


def leaf_of(entry_id: int) -> Leaf | None:
    """The place of an entry; None until the sequencer has given it one."""
    return Leaf.objects.filter(entry_id=entry_id).first()
