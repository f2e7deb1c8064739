"""实施清单 as a list to exchange: every element of an item, its guide, form and fees. norms 1.2.

One record is an item: its own columns, and rows of materials, steps, laws, questions,
prerequisites and fees. The headings are the fields' own words (``rules.fields``); a test holds the
columns against the tables, so that none is forgotten and no text is too long for its place.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from openhall.catalogue.rules.cells import Column, Kind, WrongCell, value_of
from openhall.catalogue.rules.fields import (
    CODED,
    FaqField,
    LawField,
    MaterialField,
    PrerequisiteField,
    StepField,
    VersionField,
)
from openhall.catalogue.terms import ItemKind, ItemState, UseLevel
from openhall.glossary import Said, Term
from openhall.versions.terms import VersionState

C, K = Column, Kind
SEVERAL: Final = frozenset({"service_objects", "handling_forms", "enquiry_ways", "complaint_ways"})
WHOLE: Final = frozenset({"statutory_days", "promised_days", "visits", "days"})
COUNTED: Final = frozenset({"originals", "copies"})
YES_NO: Final = frozenset(
    {
        "pays_online",
        "in_centre",
        "at_kiosk",
        "accepts_appointments",
        "accepts_post",
        "result_by_post",
        "no_prerequisites",
        "no_material_needed",
    }
)
LONGEST: Final[Mapping[str, Mapping[str, int]]] = MappingProxyType(
    {
        "": {
            **dict.fromkeys(("name", "summary", "plain_names", "statutory_basis"), 300),
            **dict.fromkeys(("name_en", "summary_en"), 400),
            **dict.fromkeys(("statutory_note", "promised_note", "special_procedure"), 300),
            **dict.fromkeys(("statutory_note_en", "promised_note_en"), 400),
            **dict.fromkeys(("quantity_limit", "entrusted_by", "area_scope", "hours"), 200),
            **dict.fromkeys(("hours_en", "result_name", "result_name_en"), 200),
            **dict.fromkeys(("online_url", "mobile_url", "visit_reason", "fee_basis"), 300),
            "visit_reason_en": 400,
            **dict.fromkeys(("joint_organs", "intermediary", "address", "address_en"), 300),
            **dict.fromkeys(("enquiry_phone", "complaint_phone"), 60),
            **dict.fromkeys(("result_sample", "season"), 100),
            **dict.fromkeys(("season_from", "season_until"), 5),
            "season_en": 160,
            "result_validity": 400,
            "result_validity_en": 600,
        },
        "materials": {
            **dict.fromkeys(("name", "condition", "source_explained", "legal_basis"), 300),
            **dict.fromkeys(("name_en", "condition_en", "source_explained_en"), 400),
            **dict.fromkeys(("blank_form", "sample"), 100),
            "remark": 300,
            "size": 60,
        },
        "steps": {
            "name": 60,
            "name_en": 80,
            "officer": 100,
            "officer_en": 100,
            "standard": 300,
            "standard_en": 400,
            "result": 200,
        },
        "laws": {"law": 200, "number": 100, "article": 60},
        "faqs": {"question": 300, "question_en": 400},
        "prerequisites": {"item": 80, "words": 300, "words_en": 400, "legal_basis": 300},
    }
)
NEEDED: Final = frozenset(
    {("", "name"), ("materials", "name"), ("steps", "name"), ("laws", "law")}
    | {("faqs", "question"), ("faqs", "answer")}
)


def _column(family: str, term: Term) -> Column:
    """The column of one field: its heading is the field's word, its kind what the field holds."""
    name, heading = term.value, term.zh
    if name in SEVERAL:
        return C(name, heading, K.WORDS, CODED[family, name][0])
    if name == "topics":
        return C(name, heading, K.LABELS)
    if (family, name) in CODED:
        return C(name, heading, K.WORD, CODED[family, name][0], needed=True)
    if name in WHOLE:
        return C(name, heading, K.WHOLE, may_be_unknown=True)
    if name in COUNTED:
        return C(name, heading, K.WHOLE)
    if name == "has_fee":
        return C(name, heading, K.YES_NO, may_be_unknown=True)
    if name in YES_NO:
        return C(name, heading, K.YES_NO)
    if name in ("season_from", "season_until"):
        return C(name, heading, longest=5, day_of_year=True)
    longest = LONGEST[family].get(name, 0)
    if (family, name) == ("prerequisites", "item"):
        return C(name, heading, longest=longest, identity=True)
    return C(name, heading, longest=longest, needed=(family, name) in NEEDED)


def _columns(family: str, terms: type[Term]) -> tuple[Column, ...]:
    return tuple(_column(family, term) for term in terms)


ENTRY: Final = (  # 基本目录: units take these over and do not change them
    C("entry_code", "基本编码", longest=40, needed=True, identity=True),
    C("entry_name", "目录事项名称", longest=300, needed=True),
    C("entry_name_en", "目录事项名称（英文）", longest=400),
    C("entry_kind", "事项类型", K.WORD, ItemKind, needed=True),
    C("entry_legal_basis", "目录设定依据"),
    C("entry_use_level", "行使层级", K.WORD, UseLevel, needed=True),
    C("entry_group", "主项名称", longest=300),
)
ITEM: Final = (
    C("code", "实施编码", longest=80, needed=True, identity=True),
    C("organ", "实施主体", longest=120, needed=True),
    C("inherits", "所继承事项编码", longest=80, identity=True),
    C("state", "事项状态", K.WORD, ItemState, told=True),
    C("state_reason", "状态说明", longest=300, told=True),
    C("state_since", "状态起始日期", K.DAY, told=True),
    C("state_until", "状态截止日期", K.DAY, told=True),
    C("version", "版本", K.WHOLE, told=True),
    C("version_state", "版本状态", K.WORD, VersionState, told=True),
    C("effective_from", "施行日期", K.DAY, told=True),
    C("effective_until", "失效日期", K.DAY, told=True),
)
WORDS: Final = _columns("", VersionField)
MATERIALS: Final = (
    C("key", "材料代码", longest=40, needed=True, identity=True),
    *_columns("materials", MaterialField),
)
STEPS: Final = _columns("steps", StepField)
LAWS: Final = (*_columns("laws", LawField), C("document", "政策库文件标识", longest=120))
FAQS: Final = _columns("faqs", FaqField)
PREREQUISITES: Final = _columns("prerequisites", PrerequisiteField)
FORM: Final = (
    C("title", "表格名称", longest=200, needed=True),
    C("title_en", "表格英文名称", longest=200),
    C("fields", "问题", K.ROWS),
)
TARIFFS: Final = (
    C("code", "收费项目代码", longest=40, needed=True, identity=True),
    C("name", "收费项目", longest=200, needed=True),
    C("name_en", "收费项目（英文）", longest=200),
    C("amount", "收费标准（分）", K.WHOLE, needed=True),
    C("unit", "计费单位", longest=30, needed=True),
    C("included", "收费标准所含数量", K.WHOLE),
    C("more_amount", "超出部分单价（分）", K.WHOLE),
    C("most_amount", "最高收费（分）", K.WHOLE),
    C("basis", "收费依据文号", longest=300, needed=True),
    C("price_approval", "物价部门核定", longest=200, needed=True),
    C("approval_page", "核定文件中的位置", longest=60),
    C("reducible", "允许减免", K.YES_NO),
    C("reduction_basis", "减免依据", longest=300),
    C("effective_from", "有效期起", K.DAY, needed=True),
    C("effective_until", "有效期止", K.DAY),
)
HEAD: Final = (*ENTRY, *ITEM, *WORDS)
TABLES: Final[Mapping[str, tuple[str, tuple[Column, ...]]]] = MappingProxyType(
    {
        "materials": ("申请材料", MATERIALS),
        "steps": ("办理流程", STEPS),
        "laws": ("设定依据", LAWS),
        "faqs": ("常见问题", FAQS),
        "prerequisites": ("前置手续", PREREQUISITES),
        "form": ("申请表", FORM),
        "tariffs": ("收费标准", TARIFFS),
    }
)
MARKS_THE_FORMAT: Final = ("entry_code", "code", "organ", "name", "project_type")

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, where: the line or place of the record, the heading, what to write."""

    line: int
    item: str
    heading: str
    said: Said

    def __str__(self) -> str:
        return f"第{self.line}行（事项“{self.item}”）“{self.heading}”{self.said}"


def is_whole_list(headings: list[str]) -> bool:
    """Whether a table with ``headings`` is a whole implementation list, not a list of names."""
    known = {column.heading: column.name for column in HEAD}
    named = {known.get(heading, heading) for heading in headings}
    return all(name in named for name in MARKS_THE_FORMAT)


def _read(
    columns: tuple[Column, ...], given: Mapping[str, Any], place: str
) -> tuple[Record, list[tuple[str, Said]]]:
    """The values of ``given`` (by name or heading), and what is wrong with each cell."""
    if not isinstance(given, Mapping):
        return {}, [
            (
                place,
                Said(
                    "不是一行内容。请核对文件格式。", "It is no row. Check the format of the file."
                ),
            )
        ]
    found: Record = {}
    wrong: list[tuple[str, Said]] = []
    known = {name for column in columns for name in (column.name, column.heading)}
    for column in columns:
        cell = given.get(column.name, given.get(column.heading))
        try:
            found[column.name] = value_of(column, cell)
        except WrongCell as error:
            wrong.append((place + column.heading, error.said))
    wrong += [
        (
            place + str(name),
            Said(
                "不是清单的要素。请删去该列，或改用清单的列名。",
                "It is no element of the list. Take the column out, or use a heading of the list.",
            ),
        )
        for name, cell in given.items()
        if name and name not in known and name not in TABLES and cell not in (None, "")
    ]
    return found, wrong


def read_record(line: int, given: Mapping[str, Any]) -> tuple[Record, list[Fault]]:
    """One item of a file as values, and everything that is wrong with it.

    ``given`` holds cells by name or heading; rows stand under the names of :data:`TABLES`.
    """
    head = {name: cell for name, cell in given.items() if name not in TABLES}
    record, wrong = _read(HEAD, head, "")
    for name, (called, columns) in TABLES.items():
        try:
            rows = value_of(Column(name, called, Kind.ROWS), given.get(name))
        except WrongCell as error:
            wrong.append((called, error.said))
            continue
        rows = [rows] if isinstance(rows, Mapping) else rows
        if not isinstance(rows, list):
            wrong.append((called, Said("应是若干行内容。", "It should be some rows.")))
            continue
        read = [_read(columns, row, f"{called}{n}·") for n, row in enumerate(rows, start=1)]
        record[name] = [row for row, _wrong in read]
        wrong += [one for _row, faults in read for one in faults]
    wrong += _between(record)
    item = str(record.get("code") or given.get("code") or given.get("实施编码") or "")
    return record, [Fault(line, item, heading, said) for heading, said in wrong]


def _between(record: Record) -> list[tuple[str, Said]]:
    """What is wrong between the cells of one record, beyond what the publish gate asks."""
    wrong: list[tuple[str, Said]] = []
    keys = [row.get("key") for row in record.get("materials", [])]
    wrong += [
        (
            "材料代码",
            Said(
                f"“{key}”重复。同一事项内材料代码不能相同。",
                f"“{key}” stands twice. Each material of an item has a code of its own.",
            ),
        )
        for key in sorted({key for key in keys if key and keys.count(key) > 1})
    ]
    for row in record.get("prerequisites", []):
        if not row.get("item") and not row.get("words"):
            wrong.append(
                (
                    "前置手续",
                    Said(
                        "应写明前置事项编码或者文字。",
                        "Give the code of what comes before, or words for it.",
                    ),
                )
            )
        if row.get("item") and row.get("item") == record.get("code"):
            wrong.append(
                ("前置事项编码", Said("不能以自身为前置。", "Nothing is its own prerequisite."))
            )
    if record.get("inherits") and record.get("inherits") == record.get("code"):
        wrong.append(("所继承事项编码", Said("不能继承自身。", "Nothing inherits from itself.")))
    for row in record.get("tariffs", []):
        first, last = row.get("effective_from"), row.get("effective_until")
        if first and last and last < first:
            wrong.append(("有效期止", Said("不能早于有效期起。", "It lies before the first day.")))
    lawful, promised = record.get("statutory_days"), record.get("promised_days")
    same_unit = record.get("statutory_unit") == record.get("promised_unit")
    if same_unit and lawful is not None and promised is not None and promised > lawful:
        wrong.append(
            (
                "承诺办结时限",
                Said(
                    f"{promised}超过法定办结时限{lawful}。请改为不超过法定时限。",
                    f"{promised} is more than the statutory limit {lawful}. Give no more than "
                    "that.",
                ),
            )
        )
    if len(record.get("form", [])) > 1:
        wrong.append(("申请表", Said("一个事项只有一张申请表。", "An item has one form.")))
    return wrong
