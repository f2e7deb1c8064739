"""Opening what people send: CSV in UTF-8 or GB 18030, or the first sheet of an XLSX."""

import csv
import io
import zipfile
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

Table = tuple[list[str], list[tuple[int, dict[str, str]]]]


class Unreadable(ValueError):
    """The file is neither; the sentence says what was tried."""


def read_table(path: Path) -> Table:
    """The heading, and each row with its line in the file; empty rows are left out."""
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        return _xlsx(path)
    raw = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return _csv(raw.decode(encoding))
        except UnicodeDecodeError:
            continue
    raise Unreadable(f"{path.name}不是UTF-8或GB 18030编码的文本，也不是XLSX。")


def _csv(text: str) -> Table:
    reader = csv.reader(io.StringIO(text, newline=""))
    heading = [name.strip() for name in next(reader, [])]
    rows = [
        (reader.line_num, dict(zip(heading, cells, strict=False))) for cells in reader if any(cells)
    ]
    return heading, rows


def _xlsx(path: Path) -> Table:
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError) as error:
        raise Unreadable(f"{path.name}不是可读的XLSX文件。") from error
    with_lines = enumerate(book.worksheets[0].iter_rows(values_only=True), start=1)
    told = [(line, ["" if c is None else str(c).strip() for c in row]) for line, row in with_lines]
    book.close()
    heading = told[0][1] if told else []
    return heading, [
        (line, dict(zip(heading, cells, strict=False))) for line, cells in told[1:] if any(cells)
    ]
