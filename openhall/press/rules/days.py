"""The tree over all that was shown on a day, and what it proves: that a page was there with these
bytes, or that no page of this address was.

A leaf says of one address what it showed from when on; leaves stand in the order of the bytes of
their addresses, so that a gap between two neighbours proves absence. The tree is that of RFC 6962
(``ledger.rules.merkle``). Of each 256 leaves the first address and the hash are kept; a proof reads
one block instead of the day.
"""

import base64
import json
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from openhall.ledger.rules.canonical import canonical
from openhall.ledger.rules.merkle import (
    EMPTY_HEAD,
    head,
    inclusion_proof,
    leaf_hash,
    node_hash,
    verify_inclusion,
)

FORMAT: Final = "openhall-page/1"
LEVEL: Final = 8
BLOCK: Final = 1 << LEVEL
Moments = Sequence[tuple[int, str]]  # seconds since midnight, SHA-256 in hexadecimal


class NotProved(ValueError):
    """The proof does not hold; says why."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One address of a day: what it showed from which second on, and what is kept of it."""

    path: str
    shown: tuple[tuple[int, str], ...]
    kept: str

    def raw(self) -> bytes:
        """The canonical bytes that are hashed."""
        times = [[clock(second), sha256] for second, sha256 in self.shown]
        return canonical({"path": self.path, "shown": times, "kept": self.kept})


def clock(second: int) -> str:
    """``14:02:09``."""
    return f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}"


def in_order(leaves: Sequence[Leaf]) -> list[Leaf]:
    """By the bytes of the address."""
    return sorted(leaves, key=lambda leaf: leaf.path.encode())


# ---------------------------------------------------------------- the tree
def _levels(hashes: Sequence[bytes]) -> list[list[bytes]]:
    """Complete subtrees over ``hashes``, level by level."""
    found = [list(hashes)]
    while len(found[-1]) > 1:
        below = found[-1]
        found.append([node_hash(*below[at : at + 2]) for at in range(0, len(below) - 1, 2)])
    return found


def root_of(hashes: Sequence[bytes]) -> bytes:
    """The head of a tree over leaf hashes."""
    levels = _levels(hashes)
    return head(len(hashes), lambda level, index: levels[level][index])


def blocks_of(leaves: Sequence[Leaf], hashes: Sequence[bytes]) -> list[list[str]]:
    """Of each 256 leaves the first address and the hash of their tree, in hexadecimal."""
    return [
        [leaves[at].path, root_of(hashes[at : at + BLOCK]).hex()]
        for at in range(0, len(leaves), BLOCK)
    ]


def proof_of(
    index: int,
    size: int,
    blocks: Sequence[Sequence[str]],
    hashes_of: Callable[[int], Sequence[bytes]],
) -> list[bytes]:
    """The audit path of leaf ``index``; ``hashes_of(block)`` gives the leaf hashes of a block."""
    read: dict[int, list[list[bytes]]] = {}

    def inside(block: int) -> list[list[bytes]]:
        if block not in read:
            read[block] = _levels(hashes_of(block))
        return read[block]

    def subtree(level: int, at: int) -> bytes:
        if level < LEVEL:
            block = (at << level) >> LEVEL
            return inside(block)[level][at - ((block << LEVEL) >> level)]
        if level == LEVEL:
            return bytes.fromhex(blocks[at][1])
        return node_hash(subtree(level - 1, 2 * at), subtree(level - 1, 2 * at + 1))

    return inclusion_proof(index, size, subtree)


def block_at(path: str, blocks: Sequence[Sequence[str]]) -> int:
    """The block in which ``path`` stands, or would."""
    firsts = [first.encode() for first, _hash in blocks]
    return max(0, bisect_right(firsts, path.encode()) - 1)


# ---------------------------------------------------------------- what is handed over
@dataclass(frozen=True, slots=True)
class Place:
    """A leaf with its proof."""

    raw: bytes
    index: int
    proof: tuple[bytes, ...]

    def said(self) -> dict[str, Any]:
        return {
            "leaf": self.raw.decode(),
            "index": self.index,
            "proof": [base64.b64encode(step).decode() for step in self.proof],
        }


def page_proof(
    day: str, path: str, size: int, receipt: Any, places: Sequence[Place | None]
) -> dict[str, Any]:
    """The proof as a file: of one leaf that is there, or of two neighbours with a gap for ``path``.

    ``receipt``: that of the day's entry in the log, as JSON.
    """
    told: dict[str, Any] = {"format": FORMAT, "day": day, "path": path, "size": size}
    if len(places) == 1 and places[0] is not None:
        told["page"] = places[0].said()
    else:
        told["between"] = [None if one is None else one.said() for one in places]
    return told | {"receipt": receipt}


def _placed(said: Any, size: int, root: bytes) -> tuple[int, dict[str, Any]]:
    try:
        raw, index = str(said["leaf"]).encode(), said["index"]
        proof = [base64.b64decode(step, validate=True) for step in said["proof"]]
        told = json.loads(raw)
    except (KeyError, TypeError, ValueError) as error:
        raise NotProved("The proof cannot be read.") from error
    if type(index) is not int or not isinstance(told, dict):
        raise NotProved("The proof cannot be read.")
    if canonical(told) != raw:
        raise NotProved("The leaf is not in its canonical form.")
    if not verify_inclusion(leaf_hash(raw), index, size, proof, root):
        raise NotProved("The leaf does not stand under the root of the day.")
    return index, told


def verified(proof: Any, day: str, path: str, size: int, root: bytes) -> dict[str, Any] | None:
    """What ``path`` showed on ``day``, or None where it is proved that nothing was there.

    ``size`` and ``root`` are those of the day's entry, whose receipt the caller has verified.
    Raises :class:`NotProved`.
    """
    told = proof if isinstance(proof, dict) else {}
    if (told.get("format"), told.get("day"), told.get("path")) != (FORMAT, day, path):
        raise NotProved("The proof is of another page or another day.")
    if "page" in told:
        _index, leaf = _placed(told["page"], size, root)
        if leaf.get("path") != path:
            raise NotProved("The leaf is of another page.")
        return leaf
    _between(told.get("between"), path, size, root)
    return None


def _between(pair: Any, path: str, size: int, root: bytes) -> None:
    """Whether two neighbours leave no room for ``path``."""
    if not isinstance(pair, list) or len(pair) != 2:
        raise NotProved("The proof cannot be read.")
    if size == 0 and root == EMPTY_HEAD and pair == [None, None]:
        return
    left, right = (None if one is None else _placed(one, size, root) for one in pair)
    at_left = -1 if left is None else left[0]
    at_right = size if right is None else right[0]
    if at_left + 1 != at_right:
        raise NotProved("The two leaves are no neighbours.")
    if left is not None and not str(left[1].get("path")).encode() < path.encode():
        raise NotProved("The leaf before does not stand before the page.")
    if right is not None and not path.encode() < str(right[1].get("path")).encode():
        raise NotProved("The leaf behind does not stand behind the page.")
