"""The sheets of an XLSForm, from a workbook or from csv, as rows by their heads."""

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from openhall.forms.importing.taken import NotReadable
from openhall.forms.importing.xlsform_words import ALIASES
from openhall.glossary import Said
from openhall.paging.sheets import Unreadable, csv_rows, text_of_bytes
from openhall.paging.workbooks import Book

SHEETS: Final = ("survey", "choices", "settings", "external_choices", "entities", "osm")
ZH, EN = "zh", "en"
OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0"
LONGEST_HEAD: Final = 200
MOST_ROWS, MOST_COLUMNS = 5000, 200
Row = dict[str, Any]


def sheets_of(data: bytes, name: str) -> dict[str, list[Row]]:
    """The rows of each sheet. Raises :class:`NotReadable`."""
    if data[:4] == OLD_EXCEL:
        raise NotReadable(
            Said(
                "这是旧版 Excel 文件（xls）。请另存为 xlsx 后再导入。",
                "This is a file of an old Excel (xls). Save it as xlsx and try again.",
            )
        )
    try:
        return _workbook(data, name) if data[:2] == b"PK" else _csv(data, name)
    except Unreadable as fault:
        raise NotReadable(fault.said) from fault


def _workbook(data: bytes, name: str) -> dict[str, list[Row]]:
    found = {}
    with Book(io.BytesIO(data), name) as book:
        for sheet in book.sheets:
            title = sheet.title.strip().lower()
            if title in SHEETS:
                found[title] = _rows(_bounded(sheet.rows()))
        if "survey" not in found:  # a workbook of one sheet with another name
            told = _rows(_bounded(book.sheets[0].rows()))
            if any({"type", "name"} <= set(row) for row in told):
                found["survey"] = told
    return found


def _bounded(rows: Iterable[tuple[int, Sequence[Any]]]) -> list[list[str]]:
    """Rows as texts, each at its number. Raises :class:`NotReadable`: nothing is read in part."""
    found: list[list[str]] = []
    for line, row in rows:
        if line > MOST_ROWS or len(row) > MOST_COLUMNS:
            raise NotReadable(
                Said(
                    f"表格定义超过{MOST_ROWS}行或{MOST_COLUMNS}列，没有读取。请删去空行空列，或分成几张表。",
                    f"A definition of more than {MOST_ROWS} rows or {MOST_COLUMNS} columns is not "
                    "read. Remove what is empty, or make several forms of it.",
                )
            )
        found += [[] for _ in range(line - 1 - len(found))]
        found.append([_cell(one) for one in row])
    return found


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("\xa0", " ").strip()


def _csv(data: bytes, name: str) -> dict[str, list[Row]]:
    """A csv with the sheets below each other, each named in its first column; or survey alone."""
    rows = _bounded(csv_rows(text_of_bytes(data, name), name))
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
    first, *rest = re.split(r"\s*::?\s*", told.strip()[:LONGEST_HEAD])
    first = first.lower().replace("relevance", "relevant")
    if first == "media" and rest:
        first, rest = rest[0].lower(), rest[1:]
    whole = "::".join([first, *(one.lower() for one in rest)])
    if whole in ALIASES:
        return ALIASES[whole]
    return "::".join([ALIASES.get(first, first), *rest])


def unrolled(survey: Sequence[Row], lists: Mapping[str, Sequence[Row]]) -> list[Row]:
    """The survey with each loop over a list as that many groups, one for each choice."""
    made: list[Row] = []
    loop: list[Row] = []
    over = ""
    for row in survey:
        kind = " ".join(str(row.get("type", "")).lower().replace("_", " ").split())
        if kind.startswith("begin loop"):
            over, loop = str(row["type"]).split()[-1], [row]
        elif kind == "end loop" and loop:
            for choice in lists.get(over, ()):
                made += _once(loop, choice)
            loop = []
        elif loop:
            loop.append(row)
        else:
            made.append(row)
    return made + loop


def _once(loop: Sequence[Row], choice: Row) -> list[Row]:
    """One round of a loop: a group named as the choice, its questions named apart."""
    begun, *inner = loop
    name = str(choice.get("name", ""))
    labels = {head: said for head, said in choice.items() if head.split("::")[0] == "label"}
    made: list[Row] = [{"#": begun["#"], "type": "begin group", "name": name, **labels}]
    for row in inner:
        told = {
            head: said.replace("%(name)s", name).replace(
                "%(label)s", str(choice.get("label", name))
            )
            if isinstance(said, str)
            else said
            for head, said in row.items()
        }
        made.append(told | ({"name": f"{name}_{row['name']}"} if row.get("name") else {}))
    return [*made, {"#": begun["#"], "type": "end group"}]


def languages_of(survey: Sequence[Row], default: str) -> tuple[dict[str, str], list[str]]:
    """Which column's language is our Chinese, which our English, and those that are left out.

    Where none is Chinese, the form's own first language stands in its place.
    """
    heads = {head for row in survey for head in row}
    named = [head.split("::", 1)[1] for head in sorted(heads) if head.startswith("label::")]
    made: dict[str, str] = {}
    for one in named:
        low = one.lower()
        if re.search(r"\(zh|chinese|中文|汉语|简体", low):
            made.setdefault(ZH, one)
        elif re.search(r"\(en\b|english|英文", low) or low == "en":
            made.setdefault(EN, one)
    rest = [one for one in named if one not in made.values()]
    if default in rest:
        rest.insert(0, rest.pop(rest.index(default)))
    if named and ZH not in made and rest:
        made[ZH] = rest.pop(0)
    return made, rest
