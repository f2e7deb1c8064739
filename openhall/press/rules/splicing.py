"""Parts in the body of a page: found by the marks they were drawn with, put in by their place."""

import re
from collections.abc import Sequence
from typing import Final

OPENS, CLOSES = "\x02", "\x03"  # signs that no page has
MARKED: Final = re.compile(rb"\x02([0-9]{1,6})\x02(.*?)\x03", re.DOTALL)
Place = tuple[int, int]  # where it starts and how long it is, in bytes


class Overlap(ValueError):
    """Two parts claim the same bytes, or bytes that are not there."""


def marked(number: int, html: str) -> str:
    """``html`` with the marks of the part of this number."""
    return f"{OPENS}{number}{OPENS}{html}{CLOSES}"


def found(body: bytes) -> tuple[bytes, list[tuple[int, int, int]]]:
    """The body without its marks; of each part its number, where it starts and how long it is."""
    out: list[bytes] = []
    places: list[tuple[int, int, int]] = []
    at = length = 0
    for one in MARKED.finditer(body):
        before, inside = body[at : one.start()], one[2]
        length += len(before)
        places.append((int(one[1]), length, len(inside)))
        out += [before, inside]
        length += len(inside)
        at = one.end()
    return b"".join([*out, body[at:]]), places


def spliced(body: bytes, parts: Sequence[tuple[int, int, bytes]]) -> tuple[bytes, list[Place]]:
    """``body`` with other bytes in the place of each part ``(start, length, bytes)``, and where
    these stand now, in the order given. Raises :class:`Overlap`."""
    out: list[bytes] = []
    now: dict[int, Place] = {}
    at = shift = 0
    for order, (start, length, other) in sorted(enumerate(parts), key=lambda one: one[1][0]):
        if start < at or start + length > len(body):
            raise Overlap(f"A part at {start} of {length} bytes does not fit.")
        out += [body[at:start], other]
        now[order] = (start + shift, len(other))
        shift += len(other) - length
        at = start + length
    return b"".join([*out, body[at:]]), [now[order] for order in range(len(parts))]
