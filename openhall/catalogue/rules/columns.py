"""Reading a list of items: which column is what, and what is wrong with a row. Pure.

Item codes are kept as they are and never parsed for logic.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from openhall.catalogue.rules.guide import is_hollow
from openhall.catalogue.terms import ItemKind
from openhall.glossary import Said
from openhall.organs.rules.identity import fault_of_credit_code
from openhall.paging.typed import code_of, fault_of_text, narrow

NO_GROUP: Final = "未分类"  # what the field writes where an item has no parent item
FIELDS: Final = ("name", "code", "kind", "organ", "credit_code", "group", "area")
NEEDED: Final = ("name", "code", "kind", "organ")
KNOWN: Final[Mapping[str, str]] = MappingProxyType(
    {
        "name": "name",
        "task_name": "name",
        "事项名称": "name",
        "item_code": "code",
        "task_code": "code",
        "实施编码": "code",
        "事项编码": "code",
        "事项代码": "code",
        "task_type": "kind",
        "事项类型": "kind",
        "department": "organ",
        "dept_name": "organ",
        "实施主体": "organ",
        "实施部门": "organ",
        "责任单位": "organ",
        "部门": "organ",
        "department_credit_code": "credit_code",
        "统一社会信用代码": "credit_code",
        "group": "group",
        "主项名称": "group",
        "area_code": "area",
        "行政区划": "area",
    }
)
LENGTHS: Final[Mapping[str, int]] = MappingProxyType({"name": 300, "code": 80, "organ": 120})


@dataclass(frozen=True, slots=True)
class Row:
    """One item of the list; ``line`` is its line in the file, ``source`` the row as it was."""

    line: int
    name: str
    code: str
    kind: ItemKind
    organ: str
    credit_code: str
    group: str
    area: str
    source: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row cannot be taken: its line, the column as headed in the file, the sentence."""

    line: int
    column: str
    said: Said

    def __str__(self) -> str:
        return f"第{self.line}行 {self.column}:{self.said}"


class WrongColumns(ValueError):
    """The heading lacks a column, or the map names one that is not there."""


def column_map(heading: Sequence[str], given: Mapping[str, str]) -> dict[str, str]:
    """Field → heading, from what is known of headings and what the operator gave.

    ``given`` maps a field of ``FIELDS`` to a heading. Raises :class:`WrongColumns`.
    """
    for field, column in given.items():
        if field not in FIELDS:
            raise WrongColumns(f"没有名为“{field}”的字段。可用：{'、'.join(FIELDS)}。")
        if column not in heading:
            raise WrongColumns(f"文件没有“{column}”列。现有：{'、'.join(heading)}。")
    found = {KNOWN[column]: column for column in reversed(heading) if column in KNOWN} | dict(given)
    if missing := [field for field in NEEDED if field not in found]:
        raise WrongColumns(
            f"找不到{'、'.join(missing)}对应的列。请用 --map {missing[0]}=列名 指明。"
        )
    return found


def _kind(said: str) -> ItemKind | None:
    for kind in ItemKind:
        if said in (kind.value, kind.zh):
            return kind
    return None


def check_rows(
    rows: Iterable[tuple[int, Mapping[str, str]]],
    columns: Mapping[str, str],
    phrases: Sequence[str] = (),
) -> tuple[list[Row], list[Fault]]:
    """The good rows and every fault of the others; a row may have several faults.

    ``phrases`` are words that say nothing and are no name.
    """
    good: list[Row] = []
    faults: list[Fault] = []
    seen: dict[str, int] = {}
    for line, raw in rows:
        said = {field: (raw.get(columns.get(field, "")) or "").strip() for field in FIELDS}
        said["code"] = narrow(said["code"]).replace(" ", "")  # full width is no other code
        said["kind"] = narrow(said["kind"])
        said["credit_code"] = code_of(said["credit_code"])
        wrong = [
            Fault(line, columns[field], Said("为空。请补填。", "It is empty. Fill it in."))
            for field in NEEDED
            if not said[field]
        ]
        for field, most in LENGTHS.items():
            if len(said[field]) > most:
                wrong.append(
                    Fault(
                        line,
                        columns[field],
                        Said(f"超过{most}个字。", f"It is longer than {most} characters."),
                    )
                )
        for field in ("name", "organ", "group"):
            if strange := fault_of_text(said[field]):
                wrong.append(Fault(line, columns[field], strange))
        for field in ("name", "organ"):
            if said[field] and is_hollow(said[field], phrases, name=True):
                sentence = Said(
                    f"“{said[field]}”不是名称。请写出具体名称。",
                    f"“{said[field]}” is no name. Give the name itself.",
                )
                wrong.append(Fault(line, columns[field], sentence))
        kind = _kind(said["kind"])
        if said["kind"] and kind is None:
            known = "、".join(f"{one.value}={one.zh}" for one in ItemKind)
            wrong.append(
                Fault(
                    line,
                    columns["kind"],
                    Said(
                        f"不认识的事项类型“{said['kind']}”。可用：{known}。",
                        f"“{said['kind']}” is no type of matter. One of: “{known}”.",
                    ),
                )
            )
        if said["credit_code"] and (fault := fault_of_credit_code(said["credit_code"])):
            wrong.append(Fault(line, columns["credit_code"], fault))
        if said["code"] in seen:
            sentence = Said(
                f"编码与第{seen[said['code']]}行重复。",
                f"The code stands in line {seen[said['code']]} already.",
            )
            wrong.append(Fault(line, columns["code"], sentence))
        elif said["code"]:
            seen[said["code"]] = line
        if wrong or kind is None:
            faults += wrong
            continue
        group = "" if said["group"] == NO_GROUP else said["group"]
        source = tuple(sorted((key, value or "") for key, value in raw.items()))
        good.append(
            Row(
                line,
                said["name"],
                said["code"],
                kind,
                said["organ"],
                said["credit_code"],
                group,
                said["area"],
                source,
            )
        )
    return good, faults
