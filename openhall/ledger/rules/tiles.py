"""The log as static files, after the C2SP tlog-tiles layout: hash tiles and entry bundles.

A tile holds up to 256 hashes of level 8·L of the tree; a bundle the same 256 entries. A full tile
never changes again, so anyone can copy, cache and check the log without asking us anything.
"""

import struct
from collections.abc import Iterable, Iterator
from typing import Final

WIDTH: Final = 256


def place(number: int) -> str:
    """The path of tile ``number``: groups of three digits, all but the last with an ``x``.

    1234067 is ``x001/x234/067``.
    """
    groups = [f"{number % 1000:03d}"]
    while number >= 1000:
        number //= 1000
        groups.append(f"x{number % 1000:03d}")
    return "/".join(reversed(groups))


def tile_path(level: int, number: int, width: int = WIDTH) -> str:
    """``tile/0/x001/234`` or, while only ``width`` hashes are there, ``tile/0/x001/234.p/17``."""
    partial = "" if width == WIDTH else f".p/{width}"
    return f"tile/{level}/{place(number)}{partial}"


def bundle_path(number: int, width: int = WIDTH) -> str:
    """Where entries ``256·number`` and following stand."""
    partial = "" if width == WIDTH else f".p/{width}"
    return f"tile/entries/{place(number)}{partial}"


def bundle(entries: Iterable[bytes]) -> bytes:
    """Entries one after the other, each behind its length as an unsigned big-endian 16-bit number.

    Raises ``ValueError`` for an entry of 64 KiB or more.
    """
    parts = []
    for entry in entries:
        if len(entry) >= 1 << 16:
            raise ValueError(f"An entry of {len(entry)} bytes does not fit a bundle.")
        parts.append(struct.pack(">H", len(entry)) + entry)
    return b"".join(parts)


def unbundle(raw: bytes) -> Iterator[bytes]:
    """The entries of a bundle; ``ValueError`` when it is cut short."""
    at = 0
    while at < len(raw):
        if at + 2 > len(raw):
            raise ValueError("The bundle ends in the middle of a length.")
        (length,) = struct.unpack_from(">H", raw, at)
        at += 2
        if at + length > len(raw):
            raise ValueError("The bundle ends in the middle of an entry.")
        yield raw[at : at + length]
        at += length


def tiles_of(size: int, since: int = 0) -> Iterator[tuple[int, int, int]]:
    """``(level, number, width)`` of every tile that differs between ``since`` and ``size`` leaves.

    Level L counts complete subtrees of 256ᴸ leaves; only the tiles that grew are named.
    """
    level = 0
    while True:
        count, before = size >> (8 * level), since >> (8 * level)
        if count == 0:
            return
        for number in range(before // WIDTH, -(-count // WIDTH)):
            width = min(WIDTH, count - number * WIDTH)
            if width > 0 and number * WIDTH + width > before:
                yield level, number, width
        level += 1
