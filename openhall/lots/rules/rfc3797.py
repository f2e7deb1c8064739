"""RFC 3797, publicly verifiable selection, exactly as written; and the same steps with SHA-256.

The key is made of each source's integers, sorted, each followed by a full stop, a slash after each
source. Round ``i`` digests ``i`` (two bytes) before and after the key; the number, modulo the
entries still left, names the one that is taken. Anyone with the sources draws the same.
"""

from collections.abc import Iterator, Sequence
from hashlib import md5, sha256
from typing import Final

MOST: Final = 0xFFFF  # entries of one pool
DIGESTS: Final = {"rfc3797": md5, "rfc3797-sha256": sha256}
# The collisions of MD5 do not help here: nobody chooses the key once he knows the other sources.


def key_of(sources: Sequence[Sequence[int]], extra: int | None = None) -> bytes:
    """The key of these sources; ``extra`` names the stratum."""
    lines = ["".join(f"{one}." for one in sorted(values)) + "/" for values in sources]
    return ("".join(lines) + (f"{extra}./" if extra is not None else "")).encode("ascii")


def draw(key: bytes, pool: int, count: int, algorithm: str = "rfc3797") -> Iterator[int]:
    """Places 1…``pool`` in the order in which they are drawn; ``ValueError`` out of bounds."""
    if not 0 < pool <= MOST or not 0 <= count <= pool:
        raise ValueError(f"RFC 3797 draws from 1 to {MOST} entries.")
    digest, left = DIGESTS[algorithm], list(range(1, pool + 1))
    for turn in range(count):
        ends = turn.to_bytes(2, "big")
        number = int.from_bytes(digest(ends + key + ends).digest(), "big")
        yield left.pop(number % len(left))
