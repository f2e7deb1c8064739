"""Bodies kept small: each packed with another as its dictionary. ``zlib`` alone; no dependency.

A page's key version is packed with the first page of its kind, its later versions with the key. The
window of zlib is 32 KB, so a longer body is cut at line ends and each piece has a dictionary of its
own.
"""

import struct
import zlib
from typing import Final

PIECE: Final = 30_000  # bytes
LEVEL: Final = 9
MARK: Final = b"\x01"  # of this form


class Damaged(ValueError):
    """The stored bytes are not what was packed."""


def pieces(body: bytes) -> list[bytes]:
    """``body`` in pieces of at most 30,000 bytes that end where a line ends, if they can."""
    found: list[bytes] = []
    start = 0
    while len(body) - start > PIECE:
        end = body.rfind(b"\n", start, start + PIECE) + 1
        end = end if end > start else start + PIECE
        found.append(body[start:end])
        start = end
    return [*found, body[start:]]


def _packed(piece: bytes, known: bytes) -> bytes:
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -15, 9, zdict=known)
    return packer.compress(piece) + packer.flush()


def pack(body: bytes, known: bytes = b"") -> bytes:
    """``body`` as it is kept, smaller the more it is like ``known``."""
    dictionaries = pieces(known)
    out = [MARK]
    for place, piece in enumerate(pieces(body)):
        zipped = _packed(piece, dictionaries[min(place, len(dictionaries) - 1)])
        out.append(struct.pack(">I", len(zipped)))
        out.append(zipped)
    return b"".join(out)


def unpack(kept: bytes, known: bytes = b"") -> bytes:
    """What :func:`pack` was given; raises :class:`Damaged`. Its hash is looked at elsewhere."""
    if kept[:1] != MARK:
        raise Damaged("The stored page is of an unknown form.")
    dictionaries, out, at, place = pieces(known), [], 1, 0
    while at < len(kept):
        (size,) = struct.unpack_from(">I", kept, at) if at + 4 <= len(kept) else (-1,)
        zipped = kept[at + 4 : at + 4 + size]
        if size < 0 or len(zipped) != size:
            raise Damaged("The stored page is cut short.")
        unpacker = zlib.decompressobj(-15, zdict=dictionaries[min(place, len(dictionaries) - 1)])
        try:
            out.append(unpacker.decompress(zipped) + unpacker.flush())
        except zlib.error as error:
            raise Damaged("The stored page cannot be unpacked.") from error
        if not unpacker.eof:
            raise Damaged("The stored page is cut short.")
        at, place = at + 4 + size, place + 1
    if not place:
        raise Damaged("The stored page is cut short.")
    return b"".join(out)


def is_new_key(packed: int, key: int) -> bool:
    """Whether a version is so unlike its key that it becomes the key of those that follow."""
    return packed * 2 > key
