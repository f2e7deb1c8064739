"""Fonts for every name: which signs they can draw is read from the files, never assumed.

Beside Noto Serif and Sans SC (a package): the Han of CJK extensions B to F cut from HanaMin, and
Noto for the scripts of minorities; see README.md. An operator adds a folder of his own.
"""

import re
import struct
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import pylopdf_fonts_zh_cn

FOLDERS: Final = (Path(pylopdf_fonts_zh_cn.__file__).parent, Path(__file__).parent)
FILES: Final = (".ttf", ".otf", ".ttc", ".otc")
# Typst lets these pass without a glyph of their own: joiners, marks of direction, variants.
SILENT: Final = (
    *((0x9, 0xA), (0xAD, 0xAD), (0x180B, 0x180F), (0x200B, 0x200F), (0x2028, 0x202E)),
    *((0x2060, 0x2064), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xE0100, 0xE01EF)),
)
PRIVATE: Final = ((0xE000, 0xF8FF), (0xF0000, 0x10FFFF))  # other fonts draw other things there

Range = tuple[int, int]


def _tables(font: bytes) -> Iterator[bytes]:
    """The ``cmap`` of each face of a file."""
    begins = [0]
    if font[:4] == b"ttcf":
        count = struct.unpack_from(">I", font, 8)[0]
        begins = list(struct.unpack_from(f">{count}I", font, 12))
    for begin in begins:
        for place in range(struct.unpack_from(">H", font, begin + 4)[0]):
            tag, _sum, at, size = struct.unpack_from(">4sIII", font, begin + 12 + 16 * place)
            if tag == b"cmap":
                yield font[at : at + size]


def _ranges(cmap: bytes) -> Iterator[Range]:
    for place in range(struct.unpack_from(">H", cmap, 2)[0]):
        _platform, _kind, at = struct.unpack_from(">HHI", cmap, 4 + 8 * place)
        form = struct.unpack_from(">H", cmap, at)[0]
        if form == 12:
            for group in range(struct.unpack_from(">I", cmap, at + 12)[0]):
                first, last, _glyph = struct.unpack_from(">III", cmap, at + 16 + 12 * group)
                yield first, last
        elif form == 4:
            yield from _segments(cmap, at)


def _segments(cmap: bytes, at: int) -> Iterator[Range]:
    count = struct.unpack_from(">H", cmap, at + 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", cmap, at + 14)
    begins = struct.unpack_from(f">{count}H", cmap, at + 16 + 2 * count)
    deltas = struct.unpack_from(f">{count}H", cmap, at + 16 + 4 * count)
    offsets_at = at + 16 + 6 * count
    offsets = struct.unpack_from(f">{count}H", cmap, offsets_at)
    for place, (first, last, delta, offset) in enumerate(
        zip(begins, ends, deltas, offsets, strict=True)
    ):
        for point in range(first, min(last, 0xFFFE) + 1):
            glyph = point
            if offset:
                where = offsets_at + 2 * place + offset + 2 * (point - first)
                glyph = struct.unpack_from(">H", cmap, where)[0]
                if not glyph:
                    continue
            if (glyph + delta) & 0xFFFF:
                yield point, point


def _merged(ranges: Iterable[Range]) -> list[Range]:
    made: list[Range] = []
    for first, last in sorted(ranges):
        if made and first <= made[-1][1] + 1:
            made[-1] = (made[-1][0], max(last, made[-1][1]))
        else:
            made.append((first, last))
    return made


def _without(ranges: list[Range], cut: Iterable[Range]) -> list[Range]:
    for low, high in cut:
        ranges = [
            part
            for first, last in ranges
            for part in ((first, min(last, low - 1)), (max(first, high + 1), last))
            if part[0] <= part[1]
        ]
    return ranges


def font_files(folders: Iterable[Path]) -> list[Path]:
    """The font files of ``folders``, also of folders in them, in order."""
    return [
        file
        for folder in folders
        for file in sorted(folder.rglob("*"))
        if file.suffix.lower() in FILES
    ]


def drawable(folders: Iterable[Path]) -> list[Range]:
    """The code points that the fonts of ``folders`` draw. A file that is no font draws none."""
    found: list[Range] = list(SILENT)
    for file in font_files(folders):
        try:
            for cmap in _tables(file.read_bytes()):
                found += _ranges(cmap)
        except struct.error:
            continue
    return _without(_merged(found), PRIVATE)


def undrawable(folders: Iterable[Path]) -> re.Pattern[str]:
    """A pattern that finds each sign that no font of ``folders`` draws."""
    spans = "".join(
        f"\\U{first:08x}-\\U{last:08x}" if first < last else f"\\U{first:08x}"
        for first, last in drawable(folders)
    )
    return re.compile(f"[^{spans}]")
