"""The Merkle tree of RFC 6962 section 2.1: heads, inclusion and consistency proofs.

Proofs ask for the hashes of complete subtrees by ``(level, index)``; such a hash never changes
once its last leaf is there, so they are stored once and never updated.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence

EMPTY_HEAD = hashlib.sha256(b"").digest()

Subtree = Callable[[int, int], bytes]  # (level, index) -> hash of 2**level leaves


def leaf_hash(entry: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def completed(index: int, leaf: bytes, subtree: Subtree) -> Iterator[tuple[int, int, bytes]]:
    """The complete subtrees that leaf ``index`` finishes, smallest first, itself included."""
    level, at, found = 0, index, leaf
    yield level, at, found
    while at % 2 == 1:
        found = node_hash(subtree(level, at - 1), found)
        level, at = level + 1, at // 2
        yield level, at, found


def _range_hash(start: int, end: int, subtree: Subtree) -> bytes:
    """The hash of leaves ``start``…``end-1``, where ``start`` begins a subtree that holds them."""
    size = end - start
    if size & (size - 1) == 0:
        level = size.bit_length() - 1
        return subtree(level, start >> level)
    split = 1 << ((size - 1).bit_length() - 1)
    return node_hash(
        _range_hash(start, start + split, subtree), _range_hash(start + split, end, subtree)
    )


def head(size: int, subtree: Subtree) -> bytes:
    """The tree head over the first ``size`` leaves."""
    return EMPTY_HEAD if size == 0 else _range_hash(0, size, subtree)


def inclusion_proof(index: int, size: int, subtree: Subtree) -> list[bytes]:
    """The audit path of leaf ``index`` in a tree of ``size`` leaves. Raises ``IndexError``."""
    if not 0 <= index < size:
        raise IndexError(f"Leaf {index} is not in a tree of {size}.")
    path: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        split = start + (1 << ((end - start - 1).bit_length() - 1))
        if index < split:
            path.append(_range_hash(split, end, subtree))
            end = split
        else:
            path.append(_range_hash(start, split, subtree))
            start = split
    return path[::-1]


def verify_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> bool:
    """Whether ``proof`` shows ``leaf`` at ``index`` under ``root``. RFC 9162 section 2.1.3.2."""
    if not 0 <= index < size:
        return False
    at, last, found = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if at % 2 == 1 or at == last:
            found = node_hash(sibling, found)
            while at % 2 == 0 and at != 0:
                at, last = at >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and found == root


def consistency_proof(old: int, new: int, subtree: Subtree) -> list[bytes]:
    """Proof that the first ``old`` of ``new`` leaves are unchanged. RFC 6962 section 2.1.2."""
    if not 0 < old <= new:
        raise IndexError(f"No consistency proof leads from {old} to {new}.")
    proof: list[bytes] = []

    def walk(start: int, end: int, whole: bool) -> None:
        if end == old and start + (end - start) == old:
            if not whole:
                proof.append(_range_hash(start, end, subtree))
            return
        split = start + (1 << ((end - start - 1).bit_length() - 1))
        if old <= split:
            walk(start, split, whole)
            proof.append(_range_hash(split, end, subtree))
        else:
            walk(split, end, False)
            proof.append(_range_hash(start, split, subtree))

    walk(0, new, True)
    return proof


def verify_consistency(
    old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether ``proof`` shows the old tree to be a beginning of the new. RFC 9162 2.1.4.2."""
    if old == new:
        return old_root == new_root and not proof
    if not 0 < old < new or not proof:
        return False
    path = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    at, last = old - 1, new - 1
    while at % 2 == 1:
        at, last = at >> 1, last >> 1
    before = after = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if at % 2 == 1 or at == last:
            before, after = node_hash(sibling, before), node_hash(sibling, after)
            while at % 2 == 0 and at != 0:
                at, last = at >> 1, last >> 1
        else:
            after = node_hash(after, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and before == old_root and after == new_root
