"""One root over everything that happened to the tickets of a day. A5."""

from collections.abc import Iterable, Mapping
from typing import Any

from openhall.ledger.rules.canonical import canonical
from openhall.ledger.rules.merkle import completed, head, leaf_hash


def root_of(lines: Iterable[Mapping[str, Any]]) -> tuple[int, str]:
    """How many lines there are, and the Merkle tree head (RFC 6962) over them, as hexadecimal."""
    stored: dict[tuple[int, int], bytes] = {}

    def subtree(level: int, at: int) -> bytes:
        return stored[level, at]

    size = 0
    for line in lines:
        for level, at, found in completed(size, leaf_hash(canonical(line)), subtree):
            stored[level, at] = found
        size += 1
    return size, head(size, subtree).hex()
