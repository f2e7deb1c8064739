"""Opening what people send: CSV in UTF-8 or GB 18030, or the first sheet of an XLSX."""

from pathlib import Path
from typing import Any, Final

from openhall.glossary import Said
from openhall.paging.sheets import Unreadable, csv_rows, headed, text_of_bytes
from openhall.paging.workbooks import Book

__all__ = ["Table", "Unreadable", "read_table", "refuse_if_huge"]

MOST_BYTES: Final = 128 << 20  # some 700,000 rows; the whole of it is held in memory
Table = tuple[list[str], list[tuple[int, dict[str, str]]]]


def refuse_if_huge(path: Path) -> None:
    """Raise :class:`Unreadable` for a table that should not be held in memory."""
    if path.stat().st_size > MOST_BYTES:
        raise Unreadable(
            Said(
                f"{path.name}超过{MOST_BYTES >> 20} MB。请按单位拆分后分次导入。",
                f"{path.name} is larger than {MOST_BYTES >> 20} MB. Split it by unit.",
            )
        )


def read_table(path: Path) -> Table:
    """The heading, and each row with its line in the file. Raises :class:`Unreadable`."""
    refuse_if_huge(path)
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
