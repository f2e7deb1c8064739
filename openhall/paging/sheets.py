"""Tables that people send and take away: text, CSV and XLSX, read whole or refused with the place.

A workbook is read as Excel and WPS show it: by the rows that are there, whatever its ``dimension``
says, and without its styles but for what is a day. Nothing is read in part: cut XML, a formula
without its value, a value outside the headed columns and a second heading of one name are refused.
What unfolds to more than a list can be is refused before it is unfolded.
"""

import csv
import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import IO, Any, Final
from xml.etree import ElementTree

from openhall.glossary import Said
from openhall.paging.typed import Unreadable

MOST_UNPACKED: Final = 192 * 1024 * 1024  # bytes of a workbook's parts together
MOST_RATIO: Final = 200  # unpacked to packed
SMALL: Final = 4 * 1024 * 1024  # below this a high ratio does no harm
MOST_TITLES: Final = 5  # rows above a heading
MOST_COLUMNS: Final = 16_384
LONGEST_CELL: Final = 16 * 1024 * 1024  # a form of a hundred questions stands in one cell
FIRST_DAY: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's days have no zone
FIRST_DAY_1904: Final = datetime(1904, 1, 1)  # noqa: DTZ001
BUILT_IN_DAYS: Final = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
LIVE: Final = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")  # a spreadsheet takes such text for a formula
ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
OLD_WORKBOOK: Final = b"\xd0\xcf\x11\xe0"
csv.field_size_limit(LONGEST_CELL)

Row = tuple[int, list[Any]]


# ------------------------------------------------------------------------------ text
def text_of_bytes(raw: bytes, name: str) -> str:
    """The text of a file in UTF-8, UTF-16 or GB 18030. Raises :class:`Unreadable`."""
    if raw.startswith(OLD_WORKBOOK):
        raise Unreadable(
            Said(
                f"{name}是旧版Excel或WPS文件（.xls、.et）。请另存为.xlsx或CSV（UTF-8）后重试。",
                f"{name} is an old workbook (.xls, .et). Save it as .xlsx or CSV (UTF-8).",
            )
        )
    if raw.startswith(b"PK\x03\x04"):
        raise Unreadable(
            Said(
                f"{name}是工作簿（XLSX）或压缩包，不是文本。请另存为CSV（UTF-8）后重试。",
                f"{name} is a workbook (XLSX) or an archive, no text. Save it as CSV (UTF-8).",
            )
        )
    encodings: tuple[str, ...] = ("utf-8-sig", "gb18030")
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings = ("utf-16",)
    else:  # UTF-16 without its mark: each plain sign has its NUL on one side
        high, low = raw[:256:2].count(0), raw[1:256:2].count(0)
        if max(high, low) >= 3 and min(high, low) == 0:
            encodings = ("utf-16-be",) if high else ("utf-16-le",)
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            line = text.count("\n", 0, text.index("\0")) + 1
            raise Unreadable(
                Said(
                    f"{name}第{line}行含有空字符（NUL），不是文本文件。请另存为CSV（UTF-8）后重试。",
                    f"{name}, line {line}: a NUL; this is no text. Save it as CSV (UTF-8).",
                )
            )
        return text
    raise Unreadable(
        Said(
            f"{name}不是UTF-8或GB 18030编码的文本，也不是XLSX。请另存为CSV（UTF-8）后重试。",
            f"{name} is no text in UTF-8 or GB 18030 and no XLSX. Save it as CSV (UTF-8).",
        )
    )


def written_safely(text: str) -> str:
    """Text for a cell of a CSV, so that no spreadsheet runs it; :func:`as_written` undoes it."""
    return f"'{text}" if LIVE.match(text) else text


def as_written(text: str) -> str:
    """The text that :func:`written_safely` made."""
    return text[1:] if text.startswith("'") and LIVE.match(text) else text


def csv_rows(text: str, name: str) -> Iterator[Row]:
    """Each row with its number as a spreadsheet counts them. Comma, semicolon or tab, as headed.

    Raises :class:`Unreadable` with the row.
    """
    return csv_rows_from(io.StringIO(text, newline=""), mark_of(text), name)


def mark_of(text: str) -> str:
    """The sign between cells, as the first lines of ``text`` have it."""
    begins = text.split("\n", MOST_TITLES + 1)[: MOST_TITLES + 1]  # a title may stand above
    return max(",;\t", key=lambda sign: max(line.count(sign) for line in begins))


def csv_rows_from(lines: Iterable[str], mark: str, name: str) -> Iterator[Row]:
    """The same of lines read one by one, for files that are not held in memory."""
    reader = csv.reader(lines, delimiter=mark, strict=True)
    line = 0
    while True:
        line += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as problem:
            raise Unreadable(
                Said(
                    f"{name}第{line}行的引号或分隔不完整，无法读出。请在表格软件中重新保存为CSV。",
                    f"{name}, row {line}: a quotation mark or separator is missing. Save it as "
                    "CSV again.",
                )
            ) from problem
        yield line, [as_written(cell) for cell in cells]


# ------------------------------------------------------------------------------ tables
def below_titles(rows: Iterator[Row]) -> Iterator[Row]:
    """The rows without what offices write above a heading: a merged title, a day, a unit.

    Such a row fills at most two cells, and not half as many as the fullest row near it.
    """
    begins = list(islice(rows, MOST_TITLES + 1))
    filled = [sum(cell not in (None, "") for cell in cells) for _line, cells in begins]
    above = 0
    while above < len(begins) - 1 and filled[above] <= 2 and 2 * filled[above] < max(filled):
        above += 1
    yield from begins[above:]
    yield from rows


def headed(rows: Iterator[Row], name: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """First ``(line, heading)``, then each row by its headings; rows of nothing are left out.

    Raises :class:`Unreadable` for two columns of one heading and a value outside all columns.
    """
    rows = below_titles(rows)
    line, first = next(rows, (1, []))
    heading = [str(cell if cell is not None else "").strip() for cell in first]
    while heading and not heading[-1]:
        heading.pop()
    twice = {one for one in heading if one and heading.count(one) > 1}
    if twice:
        column = min(twice)
        raise Unreadable(
            Said(
                f"{name}有两列都叫“{column}”。请删去或改名一列。",
                f"{name} has two columns “{column}”. Remove or rename one.",
            )
        )
    yield line, dict.fromkeys(heading, "")
    for at, cells in rows:
        if not any(cell not in (None, "") for cell in cells):
            continue
        for place, cell in enumerate(cells):
            lost = place >= len(heading) or not heading[place]
            if lost and str(cell if cell is not None else "").strip():
                raise Unreadable(
                    Said(
                        f"{name}第{at}行第{place + 1}列有内容“{str(cell)[:20]}”，但这一列没有列名。"
                        "请补上列名，或删去这一格。",
                        f"{name}, row {at}: column {place + 1} holds “{str(cell)[:20]}” but has no "
                        "heading. Give it one, or empty the cell.",
                    )
                )
        told = ["" if cell is None else cell for cell in cells]
        yield at, {head: cell for head, cell in zip(heading, told, strict=False) if head}


# ------------------------------------------------------------------------------ XLSX
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

    def __init__(self, path: Path, name: str = "") -> None:
        self.name = name or path.name
        self._file = path.open("rb")
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
            raise self._refuse(
                "展开后过大，不能读取。请删去空白的行列和图片，或分成几份。",
                "is too large once unpacked. Remove empty rows, columns and pictures, or split it.",
            )
        return packed

    def _open(self, part: str) -> IO[bytes]:
        return self._zip.open(part.lstrip("/"))

    def _xml(self, part: str, *, needed: bool = True) -> ElementTree.Element | None:
        try:
            with self._open(part) as file:
                return ElementTree.parse(_Plain(file)).getroot()  # noqa: S314 - no DTD passes
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
        self._days = self._styles_of_days()

    def _words(self) -> list[str]:
        root = self._xml("xl/sharedStrings.xml")
        assert root is not None
        return [_text(one) for one in root if _is(one, "si")]

    def _styles_of_days(self) -> set[int]:
        """Which styles show a number as a day; odd styles say nothing and are let be."""
        root = self._xml("xl/styles.xml", needed=False)
        if root is None:
            return set()
        formats = {
            one.get("numFmtId", ""): one.get("formatCode", "")
            for one in root.iter()
            if _is(one, "numFmt")
        }
        found = set()
        for group in root:
            if not _is(group, "cellXfs"):
                continue
            for place, one in enumerate(xf for xf in group if _is(xf, "xf")):
                number = one.get("numFmtId", "0")
                shown = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.', "", formats.get(number, ""))
                if (number.isdecimal() and int(number) in BUILT_IN_DAYS) or re.search(
                    r"[ymd]", shown, re.I
                ):
                    found.add(place)
        return found

    def rows_of(self, part: str, title: str) -> Iterator[Row]:
        """The rows of one sheet, by what stands in it."""
        line = 0
        try:
            with self._open(part) as file:
                for _event, row in ElementTree.iterparse(_Plain(file)):  # noqa: S314
                    if not _is(row, "row"):
                        continue
                    told = row.get("r", "")
                    line = int(told) if told.isdecimal() else line + 1
                    cells = self._cells(row, title, line)
                    row.clear()
                    if cells:
                        yield line, cells
        except Unreadable:
            raise
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
                continue
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
            return datetime.fromisoformat(value.strip().removesuffix("Z"))
        if kind != "n":
            return _plain(value)
        style = cell.get("s", "")
        number_told = float(value)
        if style.isdecimal() and int(style) in self._days and 0 <= number_told < 2_958_466:
            moment = self._first + timedelta(days=number_told)
            return moment.date() if number_told == int(number_told) else moment
        whole = number_told == int(number_told) and abs(number_told) < 1e15
        return int(number_told) if whole else number_told


CUT: Final = (
    *(EOFError, ValueError, OverflowError, NotImplementedError, OSError, RuntimeError),
    *(zlib.error, lzma.LZMAError),
)


class _Plain(io.RawIOBase):
    """A part as it is read, refusing document types: no workbook has one; entities never end."""

    def __init__(self, part: IO[bytes]) -> None:
        self._part = part
        self._before = b""

    def read(self, size: int = -1, /) -> bytes:
        told = self._part.read(size)
        seen = self._before + told
        if b"<!DOCTYPE" in seen or b"<!ENTITY" in seen or seen[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise ElementTree.ParseError("document type")
        self._before = seen[-16:]
        return told


def _is(one: ElementTree.Element, name: str) -> bool:
    return isinstance(one.tag, str) and one.tag.rpartition("}")[2] == name


def _plain(text: str) -> str:
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


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


def day_of_serial(number: object) -> date | None:
    """The day a spreadsheet's number stands for (46027 is 2026-01-05), of 1950 to 2199."""
    try:
        told = float(str(number))
    except ValueError:
        return None
    if not 18_264 <= told <= 109_574 or told != int(told):  # first: NaN and inf have no int
        return None
    return (FIRST_DAY + timedelta(days=told)).date()
