"""Tables that are taken away: in a workbook, and in a CSV, no text is ever computed.

Text in a workbook is a cell of text, whatever it begins with; in a CSV it stands behind an
apostrophe, which our own import takes off again (``sheets.as_written``).
"""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from openhall.paging.sheets import written_safely

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def text_cell(sheet: Any, text: str) -> WriteOnlyCell:
    """A cell that is text: an ``=`` must not become a formula, an unseen sign stops no book."""
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", text))
    cell.data_type = "s"
    return cell


def book_of(name: str, rows: Iterable[Sequence[Any]]) -> bytes:
    """A workbook of one sheet; figures stay figures."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(name)
    for row in rows:
        sheet.append([text_cell(sheet, one) if isinstance(one, str) else one for one in row])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def csv_of(rows: Iterable[Sequence[Any]]) -> str:
    """The same as a CSV that spreadsheets open, with their mark of UTF-8 before it."""
    text = io.StringIO()
    write = csv.writer(text)
    for row in rows:
        write.writerow([written_safely("" if cell is None else str(cell)) for cell in row])
    return "\ufeff" + text.getvalue()
