"""A workbook as Excel and WPS show it: by the rows that are there, whatever its ``dimension`` says.

Nothing is read in part: cut XML, a formula without its value, an error and a number that has lost
its last digits are refused with their place. What unfolds to more than a list can be is refused
before it is unfolded.
"""

import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from typing import IO, Any, Final
from xml.etree import ElementTree

from openhall.glossary import Said
from openhall.paging.sheets import OLD_WORKBOOK, Row, Unreadable
from openhall.paging.shown import FIRST_DAY, FIRST_DAY_1904, TooLong, format_of, shown
from openhall.paging.typed import BROKEN

MOST_UNPACKED: Final = 192 * 1024 * 1024  # bytes of a workbook's parts together
MOST_RATIO: Final = 200  # unpacked to packed
SMALL: Final = 4 * 1024 * 1024  # below this a high ratio does no harm
MOST_COLUMNS: Final = 16_384
ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
MERGED: Final = re.compile(
    rb"<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*[\"']([A-Z]{1,3})([0-9]{1,7}):[A-Z]{1,3}([0-9]{1,7})[\"']"
)
MOST_MERGED: Final = 20_000  # rows of one merged cell
MOST_COVERED: Final = 400_000  # cells below the first of all merged ones
# Of one part: some 750,000 cells. What is unfolded from a small file must not fill the memory.
MOST_TAGS: Final = 3_000_000
MOST_QUOTES: Final = 8_000_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its title and the rows as they stand, each with its number."""

    title: str
    _book: "Book"
    _part: str

    def rows(self) -> Iterator[Row]:
        """Every row that holds something; raises :class:`Unreadable` with the place."""
        return self._book.rows_of(self._part, self.title)


class Book:
    """A workbook opened for reading; a context manager."""

    def __init__(self, file: Path | IO[bytes], name: str = "") -> None:
        self.name = name or getattr(file, "name", "")
        self._file = file.open("rb") if isinstance(file, Path) else file
        try:
            self._zip = self._unfolded()
            self._begin()
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> "Book":
        return self

    def __exit__(self, *_problem: object) -> None:
        self._file.close()

    def _refuse(self, zh: str, en: str) -> Unreadable:
        return Unreadable(Said(f"{self.name}{zh}", f"{self.name} {en}"))

    def _unfolded(self) -> zipfile.ZipFile:
        old = self._file.read(4) == OLD_WORKBOOK
        if old:
            raise self._refuse(
                "是旧版XLS或设有密码的工作簿。请取消密码，另存为XLSX或CSV后重试。",
                "is an old XLS or has a password. Remove it, save as XLSX or CSV, then try again.",
            )
        try:
            packed = zipfile.ZipFile(self._file)
            parts = packed.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as problem:
            raise self._refuse(
                "不是可读的XLSX文件，可能没有保存完。请重新保存后再试。",
                "is no readable XLSX; it may be cut off. Save it again.",
            ) from problem
        whole = sum(one.file_size for one in parts)
        small = max(1, sum(one.compress_size for one in parts))
        if whole > MOST_UNPACKED or (whole > SMALL and whole / small > MOST_RATIO):
            raise self._too_much()
        return packed

    def _too_much(self) -> Unreadable:
        return self._refuse(
            "展开后过大，不能读取。请删去空白的行列和图片，或分成几份。",
            "is too large once unpacked. Remove empty rows, columns and pictures, or split it.",
        )

    def _open(self, part: str) -> IO[bytes]:
        return self._zip.open(part.lstrip("/"))

    def _xml(self, part: str, *, needed: bool = True) -> ElementTree.Element | None:
        try:
            with self._open(part) as file:
                return ElementTree.parse(_Plain(file)).getroot()  # noqa: S314 - no DTD passes
        except TooMuch as problem:
            raise self._too_much() from problem
        except (KeyError, ElementTree.ParseError, zipfile.BadZipFile, *CUT) as problem:
            if not needed:
                return None
            raise self._refuse(
                f"的内部文件{part}缺失或者已经损坏。请在表格软件中重新保存后再试。",
                f"lacks {part} or it is damaged. Save it again in a spreadsheet program.",
            ) from problem

    def _begin(self) -> None:
        book = self._xml("xl/workbook.xml")
        links = self._xml("xl/_rels/workbook.xml.rels")
        assert book is not None
        assert links is not None
        parts: dict[str, str] = {}
        for link in links:
            target = link.get("Target", "")
            parts[link.get("Id", "")] = target if target.startswith("/") else f"xl/{target}"
        properties = next((one for one in book.iter() if _is(one, "workbookPr")), None)
        late = properties is not None and properties.get("date1904") in ("1", "true")
        self._first = FIRST_DAY_1904 if late else FIRST_DAY
        self.sheets: list[Sheet] = []
        for one in book.iter():
            if _is(one, "sheet"):
                link_id = next((v for k, v in one.attrib.items() if k.endswith("}id")), "")
                if link_id in parts and "worksheet" in parts[link_id]:
                    self.sheets.append(Sheet(one.get("name", ""), self, parts[link_id]))
        if not self.sheets:
            raise self._refuse("没有工作表。", "has no sheet.")
        named = {part.filename for part in self._zip.infolist()}
        self._shared = self._words() if "xl/sharedStrings.xml" in named else []
        self._styles = self._formats_of_styles()

    def _words(self) -> list[str]:
        root = self._xml("xl/sharedStrings.xml")
        assert root is not None
        return [_text(one) for one in root if _is(one, "si")]

    def _formats_of_styles(self) -> list[str]:
        """What each style shows a number as; odd styles say nothing and are let be."""
        root = self._xml("xl/styles.xml", needed=False)
        if root is None:
            return []
        formats = {
            one.get("numFmtId", ""): one.get("formatCode", "")
            for one in root.iter()
            if _is(one, "numFmt")
        }
        return [
            format_of(one.get("numFmtId", "0"), formats)
            for group in root
            if _is(group, "cellXfs")
            for one in group
            if _is(one, "xf")
        ]

    def _merged(self, part: str) -> dict[int, dict[int, tuple[int, int]]]:
        """By row, the columns that a merged cell of a row above covers, and where its value stands.

        Across a row nothing is repeated: what spans columns is a title.
        """
        found: dict[int, dict[int, tuple[int, int]]] = {}
        left = MOST_COVERED
        with self._open(part) as file:
            before = b""
            while told := file.read(1 << 20):
                for one in MERGED.finditer(before + told):
                    column, first, last = _column(one[1].decode(), 0), int(one[2]), int(one[3])
                    last = min(last, first + MOST_MERGED)
                    left -= max(0, last - first)
                    if left < 0:
                        raise self._too_much()
                    for row in range(first + 1, last + 1):
                        found.setdefault(row, {})[column] = (first, column)
                before = told[-200:]
        return found

    def rows_of(self, part: str, title: str) -> Iterator[Row]:
        """The rows of one sheet, by what stands in it."""
        line = 0
        try:
            covered = self._merged(part)
            above = {place: None for row in covered.values() for place in row.values()}
            with self._open(part) as file:
                for _event, row in ElementTree.iterparse(_Plain(file)):  # noqa: S314
                    if not _is(row, "row"):
                        continue
                    told = row.get("r", "")
                    line = int(told) if told.isdecimal() else line + 1
                    cells = self._cells(row, title, line)
                    row.clear()
                    if above:
                        _repeat(line, cells, covered.get(line, {}), above)
                    if cells:
                        yield line, cells
        except Unreadable:
            raise
        except TooMuch as problem:
            raise self._too_much() from problem
        except (KeyError, ElementTree.ParseError, zipfile.BadZipFile, *CUT) as problem:
            raise self._refuse(
                f"的工作表“{title}”在第{line}行之后缺失或者已经损坏，不能只读一部分。请重新保存后再试。",
                f": sheet “{title}” is cut off or damaged after row {line}; it is not read in "
                "part. Save it again.",
            ) from problem

    def _cells(self, row: ElementTree.Element, title: str, line: int) -> list[Any]:
        cells: list[Any] = []
        for one in row:
            if not _is(one, "c"):
                if not isinstance(one.tag, str) or _is(one, "extLst"):
                    continue
                raise ElementTree.ParseError(one.tag)  # cells within it would be lost
            place = _column(one.get("r", ""), len(cells))
            if place >= MOST_COLUMNS or place < len(cells):
                raise ElementTree.ParseError(f"column {place}")
            cells += [None] * (place - len(cells))
            cells.append(self._value(one, title, line, place))
        while cells and cells[-1] in (None, ""):
            cells.pop()
        return cells

    def _value(self, cell: ElementTree.Element, title: str, line: int, place: int) -> Any:
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return "".join(_text(one) for one in cell if _is(one, "is"))
        value = next((one.text for one in cell if _is(one, "v")), None)
        if value is None:
            if any(_is(one, "f") for one in cell):
                raise self._refuse(
                    f"的工作表“{title}”第{line}行第{place + 1}列是公式，但没有保存计算结果。"
                    "请在表格软件中打开、保存后再试，或改填数值。",
                    f": sheet “{title}”, row {line}, column {place + 1} is a formula without a "
                    "saved result. Open and save it in a spreadsheet program, or type the value.",
                )
            return None
        if kind == "s":
            number = int(value)
            if not 0 <= number < len(self._shared):
                raise ElementTree.ParseError(f"text {value}")
            return self._shared[number]
        if kind == "b":
            return value.strip() in ("1", "true")
        if kind == "d":
            return _moment(value.strip())
        if kind == "e":
            raise self._refuse(
                f"的工作表“{title}”第{line}行第{place + 1}列是错误值“{value}”。请改正公式后再试。",
                f": sheet “{title}”, row {line}, column {place + 1} holds the error “{value}”. Put "
                "the formula right.",
            )
        if kind != "n":
            return _plain(value)
        style = cell.get("s", "")
        known = style.isdecimal() and int(style) < len(self._styles)
        try:
            return shown(float(value), self._styles[int(style)] if known else "", self._first)
        except TooLong as problem:
            raise self._refuse(
                f"的工作表“{title}”第{line}行第{place + 1}列是超过15位的数字，"
                "表格软件已经丢失了末尾几位。请把这一列设为“文本”后重新填写。",
                f": sheet “{title}”, row {line}, column {place + 1} is a number of more than 15 "
                "digits; the spreadsheet has lost the last ones. Make the column text and type "
                "it again.",
            ) from problem


CUT: Final = (
    *(EOFError, ValueError, OverflowError, NotImplementedError, OSError, RuntimeError),
    *(LookupError, zlib.error, lzma.LZMAError),  # an encoding that nobody knows is a LookupError
)


class TooMuch(Exception):
    """A part holds more than a list can."""


class _Plain(io.RawIOBase):
    """A part as it is read, refusing document types: no workbook has one; entities never end."""

    def __init__(self, part: IO[bytes]) -> None:
        self._part = part
        self._before = b""
        self._tags = self._quotes = 0

    def read(self, size: int = -1, /) -> bytes:
        told = self._part.read(size)
        seen = self._before + told
        wide = seen[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in seen[:4]
        if b"<!DOCTYPE" in seen or b"<!ENTITY" in seen or wide:
            raise ElementTree.ParseError("document type")
        self._tags += told.count(b"<")
        self._quotes += told.count(b'"') + told.count(b"'")
        if self._tags > MOST_TAGS or self._quotes > MOST_QUOTES:
            raise TooMuch
        self._before = seen[-16:]
        return told


def _repeat(
    line: int, cells: list[Any], covered: dict[int, tuple[int, int]], above: dict[Any, Any]
) -> None:
    """What a merged cell above says, said in this row too, where the row says anything."""
    above |= {(line, place): cell for place, cell in enumerate(cells) if (line, place) in above}
    for place in sorted(covered) if cells else ():
        cells += [None] * (place + 1 - len(cells))
        cells[place] = cells[place] if cells[place] is not None else above[covered[place]]


def _is(one: ElementTree.Element, name: str) -> bool:
    return isinstance(one.tag, str) and one.tag.rpartition("}")[2] == name


def _plain(text: str) -> str:
    """``_x000D_`` as the sign it stands for; one that cannot be kept stays as it is written."""
    return ESCAPED.sub(lambda found: _sign(found[0], chr(int(found[1], 16))), text)


def _sign(written: str, sign: str) -> str:
    return written if BROKEN.match(sign) else sign


def _moment(said: str) -> Any:
    """A day, a moment, or a time alone, which stays as it is written."""
    try:
        moment = datetime.fromisoformat(said.removesuffix("Z"))
    except ValueError:
        if re.fullmatch(r"[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?Z?", said):
            return said
        raise
    return moment if moment.time() != time() else moment.date()


def _text(one: ElementTree.Element) -> str:
    """The words of a shared or inline text, without readings of its characters."""
    said = [part for part in one if not _is(part, "rPh")]
    words = [
        t.text or "" for part in said for t in ([part] if _is(part, "t") else part) if _is(t, "t")
    ]
    return _plain("".join(words))


def _column(reference: str, otherwise: int) -> int:
    letters = re.match(r"[A-Za-z]{1,3}", reference)
    if letters is None:
        return otherwise
    number = 0
    for sign in letters[0].upper():
        number = number * 26 + ord(sign) - 64
    return number - 1
