"""Fonts for every name: which signs they can draw is read from the files, never assumed.

Beside Noto Serif and Sans SC (a package): the Han of CJK extensions B to F cut from HanaMin, and
Noto for the scripts of minorities; see README.md. An operator adds a folder of his own.
"""

import re
import struct
import unicodedata
from bisect import bisect_right
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

SELECTORS: Final = "\u180b\u180c\u180d\u180f\u200c\u200d" + "".join(
    chr(point) for point in (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))
)
MARKS: Final = SELECTORS + "".join(
    chr(point)
    for point in range(0x300, 0x1F000)
    if unicodedata.category(chr(point))[0] == "M" and chr(point) not in SELECTORS
)
DRESSED: Final = re.compile(f"[^{MARKS}][{MARKS}]+")  # a sign and the marks that stand on it

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


def _drawn_by(file: Path) -> list[Range]:
    """The code points that ``file`` draws; none where it is no font."""
    try:
        return _merged(one for cmap in _tables(file.read_bytes()) for one in _ranges(cmap))
    except struct.error:
        return []


def drawable(folders: Iterable[Path]) -> list[Range]:
    """The code points that the fonts of ``folders`` draw. A file that is no font draws none."""
    found: list[Range] = list(SILENT)
    for file in font_files(folders):
        found += _drawn_by(file)
    return _without(_merged(found), PRIVATE)


class Faces:
    """What each font of ``folders`` draws by itself: a mark is drawn by the font of its sign.

    The compiler tries the sheet's own fonts, which are those of the first folder, then the one that
    it finds for the sign: only what each of these draws whole is sure to be drawn.
    """

    def __init__(self, folders: Iterable[Path]) -> None:
        own, *others = folders
        self._groups = [
            [([first for first, _last in one], one) for file in font_files(group)
             if (one := _drawn_by(file))]
            for group in ([own], others)
        ]  # fmt: skip

    def apart(self, text: str) -> Iterator[str]:
        """The marks in ``text`` that cannot be set on the sign they stand on."""
        for dressed in DRESSED.findall(text):
            for group, passed in zip(self._groups, (SELECTORS, ""), strict=True):
                fonts = [one for one in group if _has(one, dressed[0])]
                if fonts:
                    yield from (
                        mark
                        for mark in dressed[1:]
                        if mark not in passed and not all(_has(one, mark) for one in fonts)
                    )
                    break

    def beyond(self, text: str) -> Iterator[str]:
        """The signs in ``text`` that the sheet's own fonts do not draw."""
        own = self._groups[0]
        yield from (
            sign for sign in text if not (sign.isspace() or any(_has(one, sign) for one in own))
        )


def _has(font: tuple[list[int], list[Range]], sign: str) -> bool:
    begins, ranges = font
    place = bisect_right(begins, ord(sign)) - 1
    return place >= 0 and ord(sign) <= ranges[place][1]


def undrawable(folders: Iterable[Path]) -> re.Pattern[str]:
    """A pattern that finds each sign that no font of ``folders`` draws."""
    spans = "".join(
        f"\\U{first:08x}-\\U{last:08x}" if first < last else f"\\U{first:08x}"
        for first, last in drawable(folders)
    )
    return re.compile(f"[^{spans}]")
