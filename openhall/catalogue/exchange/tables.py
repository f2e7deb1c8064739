"""Opening what people send: CSV in UTF-8 or GB 18030, or the first sheet of an XLSX."""

from pathlib import Path
from typing import Any

from openhall.paging.sheets import Book, Unreadable, csv_rows, headed, text_of_bytes

__all__ = ["Table", "Unreadable", "read_table"]

Table = tuple[list[str], list[tuple[int, dict[str, str]]]]


def read_table(path: Path) -> Table:
    """The heading, and each row with its line in the file. Raises :class:`Unreadable`."""
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        with Book(path) as book:
            return _told(headed(book.sheets[0].rows(), path.name))
    text = text_of_bytes(path.read_bytes(), path.name)
    return _told(headed(csv_rows(text, path.name), path.name))


def _told(rows: Any) -> Table:
    _line, heading = next(rows)
    return list(heading), [
        (line, {head: str(cell).strip() for head, cell in row.items()}) for line, row in rows
    ]
