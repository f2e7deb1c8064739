"""实施清单 as a list to exchange: every element of an item, its guide, form and fees. norms 1.2.

One record is an item: its own columns, and rows of materials, steps, laws, questions,
prerequisites and fees. A test holds these columns against the tables, so that none is forgotten.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from openhall.catalogue.rules.cells import Column, Kind, WrongCell, value_of
from openhall.catalogue.terms import (
    ContactWay,
    DayUnit,
    HandlingForm,
    ItemKind,
    ItemState,
    MaterialKind,
    MaterialSource,
    Medium,
    Necessity,
    OnlineDepth,
    OrganNature,
    PowerSource,
    ProjectType,
    ResultKind,
    ServiceObject,
    TrustLevel,
    UseLevel,
    VersionState,
)

C, K = Column, Kind
ENTRY: Final = (  # 基本目录: units take these over and do not change them
    C("entry_code", "基本编码", longest=40, needed=True),
    C("entry_name", "目录事项名称", longest=300, needed=True),
    C("entry_name_en", "目录事项英文名称", longest=400),
    C("entry_kind", "事项类型", K.WORD, ItemKind, needed=True),
    C("entry_legal_basis", "目录设定依据"),
    C("entry_use_level", "行使层级", K.WORD, UseLevel, needed=True),
    C("entry_group", "主项名称", longest=300),
)
ITEM: Final = (
    C("code", "实施编码", longest=80, needed=True),
    C("organ", "实施主体", longest=120, needed=True),
    C("inherits", "所继承事项编码", longest=80),
    C("state", "事项状态", K.WORD, ItemState, told=True),
    C("state_reason", "状态说明", longest=300, told=True),
    C("state_until", "状态截止日期", K.DAY, told=True),
    C("version", "版本", K.WHOLE, told=True),
    C("version_state", "版本状态", K.WORD, VersionState, told=True),
    C("effective_from", "施行日期", K.DAY, told=True),
    C("effective_until", "失效日期", K.DAY, told=True),
)
WORDS: Final = (
    C("name", "事项名称", longest=300, needed=True),
    C("name_en", "事项英文名称", longest=400),
    C("summary", "一句话说明", longest=300),
    C("summary_en", "一句话说明(英文)", longest=400),
    C("plain_names", "通俗名称", longest=300),
    C("service_objects", "服务对象", K.WORDS, ServiceObject),
    C("topics", "主题分类", K.LABELS),
    C("conditions", "受理条件"),
    C("conditions_en", "受理条件(英文)"),
    C("project_type", "办件类型", K.WORD, ProjectType, needed=True),
    C("statutory_days", "法定办结时限", K.WHOLE, may_be_unknown=True),
    C("statutory_unit", "法定时限单位", K.WORD, DayUnit, needed=True),
    C("statutory_basis", "法定时限依据", longest=300),
    C("statutory_note", "法定时限说明", longest=300),
    C("promised_days", "承诺办结时限", K.WHOLE, may_be_unknown=True),
    C("promised_unit", "承诺时限单位", K.WORD, DayUnit, needed=True),
    C("promised_note", "承诺时限说明", longest=300),
    C("special_procedure", "特别程序", longest=300),
    C("quantity_limit", "数量限制", longest=200),
    C("handling_forms", "办理形式", K.WORDS, HandlingForm),
    C("online_depth", "网上办理深度", K.WORD, OnlineDepth, needed=True),
    C("online_url", "在线办理地址", longest=300),
    C("mobile_url", "移动端办理地址", longest=300),
    C("visits", "到办事现场次数", K.WHOLE, may_be_unknown=True),
    C("visit_reason", "必须现场办理原因", longest=300),
    C("has_fee", "是否收费", K.YES_NO, may_be_unknown=True),
    C("fee_basis", "收费依据", longest=300),
    C("pays_online", "是否支持网上支付", K.YES_NO),
    C("power_source", "权力来源", K.WORD, PowerSource, needed=True),
    C("organ_nature", "实施主体性质", K.WORD, OrganNature, needed=True),
    C("entrusted_by", "委托部门", longest=200),
    C("joint_organs", "联办机构", longest=300),
    C("intermediary", "中介服务", longest=300),
    C("area_scope", "通办范围", longest=200),
    C("enquiry_phone", "咨询电话", longest=60),
    C("enquiry_ways", "咨询方式", K.WORDS, ContactWay),
    C("complaint_phone", "监督投诉电话", longest=60),
    C("complaint_ways", "监督投诉方式", K.WORDS, ContactWay),
    C("address", "办理地点", longest=300),
    C("address_en", "办理地点(英文)", longest=300),
    C("hours", "办理时间", longest=200),
    C("hours_en", "办理时间(英文)", longest=200),
    C("in_centre", "是否进驻政务大厅", K.YES_NO),
    C("at_kiosk", "是否支持自助终端", K.YES_NO),
    C("accepts_appointments", "是否支持预约", K.YES_NO),
    C("accepts_post", "是否接受邮寄申请", K.YES_NO),
    C("result_by_post", "是否支持物流快递", K.YES_NO),
    C("result_kind", "结果类型", K.WORD, ResultKind, needed=True),
    C("result_name", "结果名称", longest=200),
    C("result_name_en", "结果名称(英文)", longest=200),
    C("result_validity", "结果有效期", longest=100),
    C("result_sample", "结果样本文件", longest=100),
    C("no_prerequisites", "确认没有前置手续", K.YES_NO),
    C("no_material_needed", "确认不需要材料", K.YES_NO),
    C("season", "受理季节", longest=100),
    C("season_en", "受理季节(英文)", longest=160),
    C("season_from", "受理季节起(月-日)", longest=5),
    C("season_until", "受理季节止(月-日)", longest=5),
    C("change_note", "变更说明"),
)
MATERIALS: Final = (
    C("key", "材料代码", longest=40, needed=True),
    C("name", "材料名称", longest=300, needed=True),
    C("name_en", "材料英文名称", longest=400),
    C("kind", "材料类型", K.WORD, MaterialKind, needed=True),
    C("necessity", "必要性", K.WORD, Necessity, needed=True),
    C("condition", "需要的情形", longest=300),
    C("condition_en", "需要的情形(英文)", longest=400),
    C("source", "来源渠道", K.WORD, MaterialSource, needed=True),
    C("source_explained", "来源渠道说明", longest=300),
    C("source_explained_en", "来源渠道说明(英文)", longest=400),
    C("medium", "材料形式", K.WORD, Medium, needed=True),
    C("trust", "可信等级", K.WORD, TrustLevel, needed=True),
    C("originals", "原件份数", K.WHOLE),
    C("copies", "复印件份数", K.WHOLE),
    C("size", "规格", longest=60),
    C("accept_standard", "受理标准"),
    C("accept_standard_en", "受理标准(英文)"),
    C("fill_note", "填报须知"),
    C("fill_note_en", "填报须知(英文)"),
    C("legal_basis", "要求提供的依据", longest=300),
    C("remark", "备注", longest=300),
    C("blank_form", "空白表格文件", longest=100),
    C("sample", "示例样表文件", longest=100),
)
STEPS: Final = (
    C("name", "环节", longest=60, needed=True),
    C("name_en", "环节(英文)", longest=80),
    C("officer", "办理人员", longest=100),
    C("officer_en", "办理人员(英文)", longest=100),
    C("days", "办理时限(工作日)", K.WHOLE, may_be_unknown=True),
    C("standard", "审查标准", longest=300),
    C("standard_en", "审查标准(英文)", longest=400),
    C("result", "办理结果", longest=200),
)
LAWS: Final = (
    C("law", "法律名称", longest=200, needed=True),
    C("number", "文号", longest=100),
    C("article", "条款", longest=60),
    C("words", "内容"),
    C("document", "政策库文件标识", longest=120),
)
FAQS: Final = (
    C("question", "问题", longest=300, needed=True),
    C("question_en", "问题(英文)", longest=400),
    C("answer", "答复", needed=True),
    C("answer_en", "答复(英文)"),
)
PREREQUISITES: Final = (
    C("item", "前置事项编码", longest=80),
    C("words", "前置手续", longest=300),
    C("words_en", "前置手续(英文)", longest=400),
    C("legal_basis", "依据", longest=300),
)
FORM: Final = (
    C("title", "表格名称", longest=200, needed=True),
    C("title_en", "表格英文名称", longest=200),
    C("fields", "问题", K.ROWS),
)
TARIFFS: Final = (
    C("code", "收费项目代码", longest=40, needed=True),
    C("name", "收费项目", longest=200, needed=True),
    C("name_en", "收费项目(英文)", longest=200),
    C("amount", "收费标准(分)", K.WHOLE, needed=True),
    C("unit", "计费单位", longest=30, needed=True),
    C("basis", "收费依据文号", longest=300, needed=True),
    C("price_approval", "物价部门核定", longest=200, needed=True),
    C("reducible", "允许减免", K.YES_NO),
    C("reduction_basis", "减免依据", longest=300),
    C("valid_from", "有效期起", K.DAY, needed=True),
    C("valid_until", "有效期止", K.DAY),
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
    sentence: str

    def __str__(self) -> str:
        return f"第{self.line}行(事项“{self.item}”)“{self.heading}”{self.sentence}"


def is_whole_list(headings: list[str]) -> bool:
    """Whether a table with ``headings`` is a whole implementation list, not a list of names."""
    known = {column.heading: column.name for column in HEAD}
    named = {known.get(heading, heading) for heading in headings}
    return all(name in named for name in MARKS_THE_FORMAT)


def _read(
    columns: tuple[Column, ...], given: Mapping[str, Any], place: str
) -> tuple[Record, list[tuple[str, str]]]:
    """The values of ``given`` (by name or heading), and what is wrong with each cell."""
    if not isinstance(given, Mapping):
        return {}, [(place, "不是一行内容。请核对文件格式。")]
    found: Record = {}
    wrong: list[tuple[str, str]] = []
    known = {name for column in columns for name in (column.name, column.heading)}
    for column in columns:
        cell = given.get(column.name, given.get(column.heading))
        try:
            found[column.name] = value_of(column, cell)
        except WrongCell as error:
            wrong.append((place + column.heading, str(error)))
    wrong += [
        (place + str(name), "不是清单的要素。请删去该列,或改用清单的列名。")
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
            wrong.append((called, str(error)))
            continue
        rows = [rows] if isinstance(rows, Mapping) else rows
        if not isinstance(rows, list):
            wrong.append((called, "应是若干行内容。"))
            continue
        read = [_read(columns, row, f"{called}{n}·") for n, row in enumerate(rows, start=1)]
        record[name] = [row for row, _wrong in read]
        wrong += [one for _row, faults in read for one in faults]
    wrong += _between(record)
    item = str(record.get("code") or given.get("code") or given.get("实施编码") or "")
    return record, [Fault(line, item, heading, sentence) for heading, sentence in wrong]


def _between(record: Record) -> list[tuple[str, str]]:
    """What is wrong between the cells of one record, beyond what the publish gate asks."""
    wrong: list[tuple[str, str]] = []
    keys = [row.get("key") for row in record.get("materials", [])]
    wrong += [
        ("材料代码", f"“{key}”重复。同一事项内材料代码不能相同。")
        for key in sorted({key for key in keys if key and keys.count(key) > 1})
    ]
    for row in record.get("prerequisites", []):
        if not row.get("item") and not row.get("words"):
            wrong.append(("前置手续", "应写明前置事项编码或者文字。"))
        if row.get("item") and row.get("item") == record.get("code"):
            wrong.append(("前置事项编码", "不能以自身为前置。"))
    if record.get("inherits") and record.get("inherits") == record.get("code"):
        wrong.append(("所继承事项编码", "不能继承自身。"))
    for row in record.get("tariffs", []):
        first, last = row.get("valid_from"), row.get("valid_until")
        if first and last and last < first:
            wrong.append(("有效期止", "不能早于有效期起。"))
    if len(record.get("form", [])) > 1:
        wrong.append(("申请表", "一个事项只有一张申请表。"))
    return wrong
