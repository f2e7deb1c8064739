"""Tables that people send and take away: text, CSV and XLSX, read whole or refused with the place.

A value outside the headed columns and a second heading of one name are refused. Workbooks are read
in :mod:`openhall.paging.workbooks`.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Final

from openhall.glossary import Said
from openhall.paging.typed import Unreadable

MOST_TITLES: Final = 5  # rows above a heading
LONGEST_CELL: Final = 16 * 1024 * 1024  # a form of a hundred questions stands in one cell
LIVE: Final = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")  # a spreadsheet takes such text for a formula
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
