"""The sheets of an XLSForm, from a workbook or from csv, as rows by their heads."""

import csv
import io
import re
from collections.abc import Sequence
from typing import Any, Final

import openpyxl

from openhall.forms.importing.taken import NotReadable
from openhall.glossary import Said

SHEETS: Final = ("survey", "choices", "settings", "external_choices", "entities", "osm")
MOST_ROWS: Final = 5000
Row = dict[str, Any]


def sheets_of(data: bytes) -> dict[str, list[Row]]:
    """The rows of each sheet. Raises :class:`NotReadable`."""
    return _workbook(data) if data[:2] == b"PK" else _csv(data)


def _workbook(data: bytes) -> dict[str, list[Row]]:
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        found = {}
        for sheet in book.worksheets:
            title = sheet.title.strip().lower()
            if title in SHEETS:
                rows = sheet.iter_rows(values_only=True, max_row=MOST_ROWS, max_col=200)
                found[title] = _rows([[_cell(one) for one in row] for row in rows])
    except Exception as fault:  # openpyxl raises whatever its zip and XML readers raise
        raise NotReadable(
            Said("无法打开这个工作簿。", "This workbook cannot be opened.")
        ) from fault
    return found


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("\xa0", " ").strip()


def _csv(data: bytes) -> dict[str, list[Row]]:
    """A csv with the sheets below each other, each named in its first column; or survey alone."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            told = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise NotReadable(Said("文件的编码无法识别。", "The file's encoding is not known."))
    rows = [[one.strip() for one in row] for row in csv.reader(io.StringIO(told))][:MOST_ROWS]
    found: dict[str, list[list[str]]] = {}
    sheet = ""
    for row in rows:
        if row and row[0].lower() in SHEETS and not any(row[1:2]):
            sheet = row[0].lower()
            found[sheet] = []
        elif sheet and any(row):
            found[sheet].append(row[1:])
    if not found and rows and "type" in [one.lower() for one in rows[0]]:
        found = {"survey": rows}
    return {name: _rows(told) for name, told in found.items()}


def _rows(table: Sequence[Sequence[str]]) -> list[Row]:
    """The rows below the first that is not empty, by their heads; ``#`` is the row's number."""
    rows: list[Row] = []
    heads: list[str] = []
    for number, row in enumerate(table, start=1):
        if not any(row):
            continue
        if not heads:
            heads = [_head(one) for one in row]
            continue
        told: Row = {head: cell for head, cell in zip(heads, row, strict=False) if head and cell}
        rows.append(told | {"#": number})
    return rows


def _head(told: str) -> str:
    """A column's head: its first part in small letters, the language as it stands."""
    first, *rest = re.split(r"\s*::?\s*", told.strip())
    first = first.lower().replace("relevance", "relevant")
    if first == "media" and rest:
        first, rest = rest[0].lower(), rest[1:]
    return "::".join([first, *rest])
