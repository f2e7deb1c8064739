"""A file of items as rows of cells, each with its line; nothing is judged here."""

import csv
import json
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from openhall.catalogue.exchange.tables import Unreadable
from openhall.catalogue.rules.implementation_list import TABLES, is_whole_list

Given = tuple[int, Mapping[str, Any]]
CODE = "实施编码"
csv.field_size_limit(16 * 1024 * 1024)  # a form of a hundred questions stands in one cell


def holds_whole_list(path: Path) -> bool:
    """Whether ``path`` is a whole implementation list rather than a list of names."""
    ending = path.suffix.lower()
    if ending in (".json", ".jsonl"):
        return True
    if ending in (".xlsx", ".xlsm"):
        book = _book(path)
        first = next(book.worksheets[0].iter_rows(values_only=True), ())
        book.close()
        return is_whole_list([str(cell or "").strip() for cell in first])
    with path.open(encoding=_encoding(path), newline="") as lines:
        return is_whole_list([name.strip() for name in next(csv.reader(lines), [])])


def read_items(path: Path) -> Iterator[Given]:
    """Each item of ``path`` with its line. Raises :class:`Unreadable`."""
    ending = path.suffix.lower()
    if ending == ".jsonl":
        return _json_lines(path)
    if ending == ".json":
        return _json(path)
    if ending in (".xlsx", ".xlsm"):
        return _xlsx(path)
    return _csv(path)


def _encoding(path: Path) -> str:
    """UTF-8 if the whole file is, else GB 18030; read in pieces."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            with path.open(encoding=encoding, newline="") as text:
                while text.read(1 << 20):
                    pass
        except UnicodeDecodeError:
            continue
        return encoding
    raise Unreadable(f"{path.name}不是UTF-8或GB 18030编码的文本。")


def _csv(path: Path) -> Iterator[Given]:
    with path.open(encoding=_encoding(path), newline="") as lines:
        reader = csv.reader(lines)
        heading = [name.strip() for name in next(reader, [])]
        by_heading = {called: name for name, (called, _columns) in TABLES.items()}
        names = [by_heading.get(name, name) for name in heading]
        for row, cells in enumerate(reader, start=2):  # as a spreadsheet counts them
            if any(cells):
                yield row, dict(zip(names, cells, strict=False))


def _json_lines(path: Path) -> Iterator[Given]:
    with path.open(encoding="utf-8-sig") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield number, _object(path, number, line)


def _object(path: Path, number: int, line: str) -> Mapping[str, Any]:
    try:
        found = json.loads(line)
    except ValueError as error:
        raise Unreadable(f"{path.name}第{number}行不是可读的JSON:{error}。") from error
    if not isinstance(found, dict):
        raise Unreadable(f"{path.name}第{number}行不是一个事项。")
    return found


def _json(path: Path) -> Iterator[Given]:
    try:
        found = json.loads(path.read_text(encoding="utf-8-sig"))
    except ValueError as error:
        raise Unreadable(f"{path.name}不是可读的JSON:{error}。") from error
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise Unreadable(f"{path.name}应是事项的列表。")
    yield from enumerate(found, start=1)


def _book(path: Path) -> Any:
    try:
        return load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError) as error:
        raise Unreadable(f"{path.name}不是可读的XLSX文件。") from error


def _rows(sheet: Any) -> Iterator[tuple[int, dict[str, Any]]]:
    rows = sheet.iter_rows(values_only=True)
    heading = [str(cell or "").strip() for cell in next(rows, ())]
    for line, cells in enumerate(rows, start=2):
        if any(cell not in (None, "") for cell in cells):
            told = ["" if cell is None else cell for cell in cells]
            yield line, dict(zip(heading, told, strict=False))


def _xlsx(path: Path) -> Iterator[Given]:
    book = _book(path)
    named = {called: name for name, (called, _columns) in TABLES.items()} | {
        "前置手续表": "prerequisites"
    }
    tables: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for sheet in book.worksheets[1:]:
        if sheet.title not in named:
            raise Unreadable(f"{path.name}有不认识的工作表“{sheet.title}”。")
        by_item: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for _line, row in _rows(sheet):
            by_item[str(row.pop(CODE, "")).strip()].append(row)
        tables[named[sheet.title]] = by_item
    for line, row in _rows(book.worksheets[0]):
        code = str(row.get(CODE, "")).strip()
        yield line, row | {name: rows.pop(code, []) for name, rows in tables.items()}
    for name, rows in tables.items():
        if rows:
            raise Unreadable(
                f"工作表“{TABLES[name][0]}”有不属于任何事项的行：实施编码“{next(iter(rows))}”。"
            )
    book.close()
