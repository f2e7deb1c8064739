"""A file of items as rows of cells, each with its line; nothing is judged here."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from openhall.catalogue.exchange.tables import refuse_if_huge
from openhall.catalogue.rules.cells import json_of
from openhall.catalogue.rules.implementation_list import TABLES, is_whole_list
from openhall.glossary import Said
from openhall.paging.sheets import (
    Row,
    Unreadable,
    below_titles,
    csv_rows,
    headed,
    text_of_bytes,
)
from openhall.paging.workbooks import Book

Given = tuple[int, Mapping[str, Any]]
CODE: Final = "实施编码"
BOOKS: Final = (".xlsx", ".xlsm")


def holds_whole_list(path: Path) -> bool:
    """Whether ``path`` is a whole implementation list rather than a list of names."""
    ending = path.suffix.lower()
    if ending in (".json", ".jsonl"):
        return True
    if ending in BOOKS:
        with Book(path) as book:
            return _is_heading(next(below_titles(book.sheets[0].rows()), (1, [])))
    refuse_if_huge(path)
    rows = csv_rows(text_of_bytes(path.read_bytes(), path.name), path.name)
    return _is_heading(next(below_titles(rows), (1, [])))


def _is_heading(row: Row) -> bool:
    return is_whole_list([str(cell or "").strip() for cell in row[1]])


def read_items(path: Path) -> Iterator[Given]:
    """Each item of ``path`` with its line. Raises :class:`Unreadable` with the place."""
    ending = path.suffix.lower()
    if ending in BOOKS:
        return _xlsx(path)
    text = text_of_bytes(path.read_bytes(), path.name)
    if ending == ".jsonl":
        return _json_lines(path.name, text)
    return _json(path.name, text) if ending == ".json" else _csv(path.name, text)


def _csv(name: str, text: str) -> Iterator[Given]:
    by_heading = {called: table for table, (called, _columns) in TABLES.items()}
    rows = headed(csv_rows(text, name), name)
    next(rows)
    for line, row in rows:
        yield line, {by_heading.get(heading, heading): cell for heading, cell in row.items()}


def _unreadable(where: str, problem: ValueError) -> Unreadable:
    return Unreadable(
        Said(
            f"{where}不是可读的JSON（{problem}）。请用导出的文件修改后重新保存。",
            f"{where} is no readable JSON ({problem}). Change a file exported here and save it.",
        )
    )


def _json_lines(name: str, text: str) -> Iterator[Given]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            found = json_of(line)
        except ValueError as problem:
            raise _unreadable(f"{name}第{number}行", problem) from problem
        if not isinstance(found, dict):
            raise Unreadable(
                Said(
                    f"{name}第{number}行不是一个事项。每行应是一个事项的JSON。",
                    f"{name}, line {number} is no item. Each line is the JSON of one item.",
                )
            )
        yield number, found


def _json(name: str, text: str) -> Iterator[Given]:
    try:
        found = json_of(text)
    except ValueError as problem:
        raise _unreadable(name, problem) from problem
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise Unreadable(
            Said(f"{name}应是事项的列表。", f"{name} should be a list of items."),
        )
    yield from enumerate(found, start=1)


def _xlsx(path: Path) -> Iterator[Given]:
    named = {called: name for name, (called, _columns) in TABLES.items()} | {
        "前置手续表": "prerequisites"
    }
    tables: dict[str, dict[str, list[dict[str, Any]]]] = {}
    with Book(path) as book:
        for sheet in book.sheets[1:]:
            given = headed(sheet.rows(), f"{path.name}的工作表“{sheet.title}”")
            _line, heading = next(given)
            if sheet.title not in named:
                if not heading:
                    continue  # an empty sheet that a spreadsheet program adds by itself
                raise Unreadable(
                    Said(
                        f"{path.name}有不认识的工作表“{sheet.title}”。请删去，或改回导出时的名称。",
                        f"{path.name} has an unknown sheet “{sheet.title}”. Remove it, or give it "
                        "back the name it was exported under.",
                    )
                )
            by_item: dict[str, list[dict[str, Any]]] = defaultdict(list)
            for _at, row in given:
                by_item[str(row.pop(CODE, "")).strip()].append(row)
            tables[named[sheet.title]] = by_item
        items = headed(book.sheets[0].rows(), f"{path.name}的工作表“{book.sheets[0].title}”")
        next(items)
        for line, row in items:
            code = str(row.get(CODE, "")).strip()
            yield line, row | {name: rows.pop(code, []) for name, rows in tables.items()}
    for name, rows in tables.items():
        if rows:
            called, lost = TABLES[name][0], next(iter(rows))
            raise Unreadable(
                Said(
                    f"工作表“{called}”有不属于任何事项的行：实施编码“{lost}”。",
                    f"Sheet “{called}” has rows of no item: code “{lost}”.",
                )
            )
