"""A picture that everybody may take away, without what its camera wrote beside it. Pure.

Place, device, owner and time of a photograph stand in its metadata (个人信息保护法 6, 28). What is
published loses them before it is digested; the pixels stay bit by bit. Of a photograph only the
side that is up is kept, or it would lie on its side. Read once from front to back; what follows the
end of the picture (a second picture, a video) is left out.
"""

import struct
from collections.abc import Iterator
from typing import Final

ORIENTATION: Final = 0x0112
UPRIGHT: Final = 1
ICC, EXIF = b"ICC_PROFILE\0", b"Exif\0\0"
KEPT_APPS: Final = (0xE0, 0xEE)  # JFIF; Adobe says how colours are meant
PNG: Final = b"\x89PNG\r\n\x1a\n"
PNG_WORDS: Final = frozenset({b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"})
WEBP_WORDS: Final = frozenset({b"EXIF", b"XMP "})
WEBP_FLAGS: Final = 0x08 | 0x04  # that there is EXIF, that there is XMP


def bare(content: bytes) -> bytes | None:
    """``content`` without metadata; None where it is none of these pictures, or ends too soon."""
    try:
        if content.startswith(b"\xff\xd8\xff"):
            return b"".join(_jpeg(content))
        if content.startswith(PNG):
            return b"".join(_png(content))
        if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
            body = b"".join(_webp(content))
            return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body
    except (struct.error, IndexError, ValueError):
        return None
    return None


def _jpeg(content: bytes) -> Iterator[bytes]:
    yield content[:2]
    at, turned = 2, UPRIGHT
    kept: list[bytes] = []
    while True:
        if content[at] != 0xFF:
            raise ValueError("no marker")
        while content[at + 1] == 0xFF:  # fill bytes
            at += 1
        mark = content[at + 1]
        if mark == 0xD9:
            if turned != UPRIGHT:
                kept.insert(0, _turned(turned))
            yield from kept
            yield content[at : at + 2]
            return
        (size,) = struct.unpack_from(">H", content, at + 2)
        segment = content[at : at + 2 + size]
        if len(segment) < 2 + size or size < 2:
            raise ValueError("cut")
        body, at = segment[4:], at + 2 + size
        if mark == 0xE1 and body.startswith(EXIF):
            turned = _orientation(body[len(EXIF) :]) or turned
        if _is_picture(mark, body):
            kept.append(segment)
        if mark == 0xDA:
            end = _end_of_scan(content, at)
            kept.append(content[at:end])
            at = end


def _is_picture(mark: int, body: bytes) -> bool:
    if mark == 0xE2:
        return body.startswith(ICC)
    return mark in KEPT_APPS or not (0xE0 <= mark <= 0xEF or mark == 0xFE)


def _end_of_scan(content: bytes, at: int) -> int:
    """Where the next marker stands: in a scan 0xFF is followed by 0 or a restart."""
    while (at := content.index(b"\xff", at)) + 1 < len(content):
        if content[at + 1] not in (0x00, 0xFF, *range(0xD0, 0xD8)):
            return at
        at += 1 if content[at + 1] == 0xFF else 2
    raise ValueError("cut")


def _orientation(tiff: bytes) -> int:
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return 0
    try:
        (place,) = struct.unpack_from(f"{order}I", tiff, 4)
        (many,) = struct.unpack_from(f"{order}H", tiff, place)
        for n in range(many):
            tag, _kind, _count, value = struct.unpack_from(f"{order}HHIH", tiff, place + 2 + 12 * n)
            if tag == ORIENTATION:
                return value if 1 <= value <= 8 else 0
    except struct.error:
        return 0
    return 0


def _turned(value: int) -> bytes:
    """An EXIF that says which side is up, and nothing else."""
    entry = struct.pack(">HHIHH", ORIENTATION, 3, 1, value, 0)
    body = EXIF + b"MM\0*" + struct.pack(">IH", 8, 1) + entry + struct.pack(">I", 0)
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def _png(content: bytes) -> Iterator[bytes]:
    yield PNG
    at = len(PNG)
    while True:
        size, name = struct.unpack_from(">I4s", content, at)
        end = at + 12 + size
        if end > len(content):
            raise ValueError("cut")
        if name not in PNG_WORDS:
            yield content[at:end]
        if name == b"IEND":
            return
        at = end


def _webp(content: bytes) -> Iterator[bytes]:
    (told,) = struct.unpack_from("<I", content, 4)
    at, last = 12, min(8 + told, len(content))
    while at + 8 <= last:
        name, size = struct.unpack_from("<4sI", content, at)
        end = at + 8 + size + size % 2
        if at + 8 + size > last:
            raise ValueError("cut")
        chunk = content[at:end]
        if name == b"VP8X":
            chunk = chunk[:8] + bytes([chunk[8] & ~WEBP_FLAGS]) + chunk[9:]
        if name not in WEBP_WORDS:
            yield chunk
        at = end
