"""The sheets of an XLSForm, from a workbook or from csv, as rows by their heads."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

import openpyxl

from openhall.forms.importing.taken import NotReadable
from openhall.forms.importing.xlsform_words import ALIASES
from openhall.glossary import Said

SHEETS: Final = ("survey", "choices", "settings", "external_choices", "entities", "osm")
ZH, EN = "zh", "en"
OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0"
MOST_ROWS: Final = 5000
Row = dict[str, Any]


def sheets_of(data: bytes) -> dict[str, list[Row]]:
    """The rows of each sheet. Raises :class:`NotReadable`."""
    if data[:4] == OLD_EXCEL:
        raise NotReadable(
            Said(
                "这是旧版 Excel 文件（xls）。请另存为 xlsx 后再导入。",
                "This is a file of an old Excel (xls). Save it as xlsx and try again.",
            )
        )
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
        if "survey" not in found:  # a workbook of one sheet with another name
            first = book.worksheets[0]
            rows = first.iter_rows(values_only=True, max_row=MOST_ROWS, max_col=200)
            told = _rows([[_cell(one) for one in row] for row in rows])
            if any({"type", "name"} <= set(row) for row in told):
                found["survey"] = told
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
    try:
        rows = [[one.strip() for one in row] for row in csv.reader(io.StringIO(told))][:MOST_ROWS]
    except csv.Error as fault:  # no table at all, such as the lock that a spreadsheet leaves
        raise NotReadable(
            Said("文件不是表格，无法读取。", "The file is no table and cannot be read.")
        ) from fault
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
