"""The publish gate: no guide goes out while one of the nine elements is missing or hollow. A7.

Nine elements after 成办发〔2003〕75号 二(一), the checks between fields after norms 1.3. Pure: the
guide and the list of hollow phrases are values.
"""

from collections.abc import Collection, Iterator
from typing import Final

from openhall.catalogue.rules.guide import Fault, Guide, MaterialFacts, is_hollow, is_stock
from openhall.catalogue.rules.sense import (
    cites_only,
    lacking_stages,
    lacks_article,
    said_of_another,
    year_of,
)
from openhall.catalogue.rules.validity import choices_of
from openhall.catalogue.terms import (
    DayUnit,
    GuideElement,
    ItemKind,
    OnlineDepth,
    ProjectType,
    ResultKind,
    ServiceObject,
)

__all__ = ["Fault", "Guide", "MaterialFacts", "faults_of", "is_hollow", "warnings_of"]

E = GuideElement
LEAST_STEPS: Final = 3  # of a permit: who receives, who examines and who decides are not one
ENDINGS: Final = (  # how a result named so is given: 出证办结, 出文办结, 审批办结
    ("证", ResultKind.LICENCE),  # but a 凭证 proves that something was filed
    ("文", ResultKind.APPROVAL),
    ("批复", ResultKind.APPROVAL),
)
ROWS_OF: Final = {
    "materials": E.MATERIALS,
    "steps": E.PROCEDURE,
    "laws": E.BASIS,
    "faqs": E.CONTENT,
    "prerequisites": E.PREREQUISITES,
}
STANDARD: Final = ("steps", "standard")
PERSONS: Final = frozenset({ServiceObject.PERSON.value})
FOR_PERSONS, FOR_BODIES = "p-", "b-"  # how the topics of each audience begin


def _missing(guide: Guide, phrases: Collection[str]) -> Iterator[Fault]:
    wanted = (
        (E.CONTENT, "name", guide.name, "请填写事项名称。"),
        (E.CONTENT, "summary", guide.summary, "请用一句话说明是什么、办给谁。"),
        (E.CONDITIONS, "conditions", guide.conditions, "请写明申请条件，不能只写“符合条件”。"),
        (E.COMPLAINT, "complaint_phone", guide.complaint_phone, "请填写监督投诉电话。"),
        (E.COMPLAINT, "enquiry_phone", guide.enquiry_phone, "请填写咨询电话。"),
        (E.PROCEDURE, "address", guide.address, "请填写办理地点。"),
        (E.PROCEDURE, "hours", guide.hours, "请填写办理时间。"),
    )
    for element, name, text, sentence in wanted:
        if not text.strip():
            yield Fault(element, name, sentence)
        elif is_hollow(text, phrases):
            yield Fault(element, name, f"“{text}”没有说明内容。{sentence}")
    if not guide.service_objects:
        yield Fault(E.CONDITIONS, "service_objects", "请选择服务对象。")
    if not guide.steps:
        yield Fault(E.PROCEDURE, "steps", "请写明办理程序的每一步、由谁办、多长时间。")
    if guide.promised_days is None:
        yield Fault(E.TIME_LIMIT, "promised_days", "请填写承诺办结时限。")
    if guide.statutory_days is None:
        yield Fault(E.TIME_LIMIT, "statutory_days", "请填写法定办结时限。")
    if guide.has_fee is None:
        yield Fault(E.FEE, "has_fee", "请说明是否收费。")
    if not guide.laws:
        yield Fault(E.BASIS, "laws", "请填写设定依据的法律名称和条款。")
    if not guide.materials and not guide.no_material_needed:
        yield Fault(E.MATERIALS, "materials", "请列出全部申请材料；确实不需要的，请明确写明。")
    if not guide.prerequisites and not guide.no_prerequisites:
        yield Fault(E.PREREQUISITES, "prerequisites", "请列出前置手续；没有的，请明确写明。")


def _limits(guide: Guide) -> Iterator[Fault]:
    at_once = guide.promised_unit == DayUnit.INSTANT or (guide.promised_days or 0) <= 1
    named_instant = guide.project_type == ProjectType.INSTANT
    if guide.promised_days is not None and at_once != named_instant:
        yield Fault(E.TIME_LIMIT, "project_type", "即办件与承诺时限不一致，请核对办件类型。")
    if (
        guide.statutory_days is not None
        and guide.promised_days is not None
        and guide.statutory_unit == guide.promised_unit
        and guide.promised_days > guide.statutory_days
    ):
        yield Fault(
            E.TIME_LIMIT,
            "promised_days",
            f"承诺{guide.promised_days}日超过法定{guide.statutory_days}日（行政许可法 42）。",
        )
    if bool(guide.season_from) != bool(guide.season_until):
        blank = "season_until" if guide.season_from else "season_from"
        yield Fault(E.TIME_LIMIT, blank, "办理期应当写明起止两个日期；全年可办的，两项都留空。")


def _ways(guide: Guide, phrases: Collection[str]) -> Iterator[Fault]:
    if guide.visits and is_hollow(guide.visit_reason, phrases):
        yield Fault(E.PROCEDURE, "visit_reason", "需要到现场的，请写明原因；不需要的，次数填0。")
    if guide.online_depth == OnlineDepth.WHOLE and guide.visits:
        yield Fault(E.PROCEDURE, "visits", "全程网办的，到现场次数应为0。")
    if guide.visits == 0 and guide.online_depth == OnlineDepth.NONE and not guide.accepts_post:
        yield Fault(E.PROCEDURE, "accepts_post", "不能网办又不必到场的，应当接受邮寄。")
    if guide.enquiry_phone.strip() and guide.enquiry_phone == guide.complaint_phone:
        yield Fault(E.COMPLAINT, "complaint_phone", "投诉电话应与咨询电话不同。")


def _money(guide: Guide, phrases: Collection[str]) -> Iterator[Fault]:
    if guide.has_fee:
        if is_hollow(guide.fee_basis, phrases):
            yield Fault(E.FEE, "fee_basis", "收费的，请写明收费依据。")
        if not guide.tariffs:
            yield Fault(E.FEE, "tariffs", "收费的，应有物价部门核定、现行有效的收费标准。")
    elif guide.has_fee is False:
        if guide.tariffs:
            yield Fault(E.FEE, "has_fee", "登记为不收费，却有现行收费标准。请核对。")
        if guide.pays_online:
            yield Fault(E.FEE, "pays_online", "不收费的事项没有网上支付。")


def _rows(guide: Guide, phrases: Collection[str]) -> Iterator[Fault]:
    for row, material in enumerate(guide.materials):
        place = f"第{row + 1}项“{material.name}”"
        if is_hollow(material.name, phrases):
            said = f"{place}不是具体的材料。请写明名称。"
            yield Fault(E.MATERIALS, "materials", said, row, "name")
        if is_hollow(material.legal_basis, phrases):
            said = f"{place}没有依据，不得要求（行政许可法 31）。"
            yield Fault(E.MATERIALS, "materials", said, row, "legal_basis")
        if not material.source:
            yield Fault(E.MATERIALS, "materials", f"{place}没有写明来源渠道。", row, "source")
        if material.necessity == "conditional" and is_hollow(material.condition, phrases):
            said = f"{place}只在特定情形需要，请写明是什么情形。"
            yield Fault(E.MATERIALS, "materials", said, row, "condition")
    if guide.materials and guide.no_material_needed:
        said = "已列出申请材料，不能同时写明“不需要材料”。"
        yield Fault(E.MATERIALS, "no_material_needed", said)
    if guide.prerequisites and guide.no_prerequisites:
        said = "已列出前置手续，不能同时写明“没有前置手续”。"
        yield Fault(E.PREREQUISITES, "no_prerequisites", said)
    if guide.kind == ItemKind.PERMIT:
        if lacking := lacking_stages(_steps_told(guide)):
            yield Fault(E.PROCEDURE, "steps", f"行政许可的程序缺少：{'、'.join(lacking)}。")
        elif len(guide.steps) < LEAST_STEPS:
            said = "行政许可的程序应当分步写明：受理、审核、审批、办结、送达不能写成一步。"
            yield Fault(E.PROCEDURE, "steps", said)
        if not guide.faqs:
            yield Fault(E.CONTENT, "faqs", "行政许可至少应有一条常见问题。")


def _steps_told(guide: Guide) -> list[str]:
    """Each step by its name and what is done in it."""
    done = {one.row: one.text for one in guide.written if (one.family, one.column) == STANDARD}
    return [f"{name}：{done.get(row, '')}" for row, name in enumerate(guide.steps)]


def _basis(guide: Guide) -> Iterator[Fault]:
    """What the guide rests on is named by its article, and was there when the guide began."""
    articles = [article for _law, article in guide.laws]
    for row, (law, article) in enumerate(guide.laws):
        if lacks_article(law, article, articles):
            yield Fault(E.BASIS, "laws", f"《{law}》没有写明条款。", row, "article")
        number = guide.law_numbers[row] if row < len(guide.law_numbers) else ""
        year = year_of(law, number)
        if guide.in_force and year and year > guide.in_force.year:
            said = (
                f"依据《{law}》是{year}年的文件，本指南自{guide.in_force:%Y-%m-%d}起施行，"
                "不能以后来的文件为依据。请核对文号，或者改施行日期。"
            )
            yield Fault(E.BASIS, "laws", said, row, "number")


def _sense(guide: Guide, phrases: Collection[str]) -> Iterator[Fault]:
    """Sentences that fill a field and tell the applicant nothing of this matter."""
    for field, text in (("conditions", guide.conditions), ("conditions_en", guide.conditions_en)):
        lines = [] if is_hollow(text, phrases) else text.splitlines()  # said of the whole already
        for line in filter(cites_only, lines):
            said = f"“{line.strip()}”只引条文，没有说出申请人能自己核对的条件。请写明条件本身。"
            yield Fault(E.CONDITIONS, field, said)
    for one, before in said_of_another(guide.written):
        said = (
            f"第{one.row + 1}项“{one.text}”与第{before + 1}项的说法完全相同。"
            "请写明这份材料自己的用处和要求，或者留空。"
        )
        yield Fault(E.MATERIALS, "materials", said, one.row, one.column)


def _written(guide: Guide, phrases: Collection[str]) -> Iterator[Fault]:
    """Stock phrases in the words of a row say as little there as anywhere else."""
    for one in guide.written:
        if is_stock(one.text, phrases):
            said = f"第{one.row + 1}项的“{one.text}”没有说明内容。请写明具体内容，或者留空。"
            yield Fault(ROWS_OF[one.family], one.family, said, one.row, one.column)


def _audience(guide: Guide) -> Iterator[Fault]:
    """服务对象 agrees with 主题分类."""
    served = set(guide.service_objects)
    if not served:
        return
    if any(topic.startswith(FOR_PERSONS) for topic in guide.topics) and not served & PERSONS:
        said = "服务对象不含自然人，不能归入个人办事主题。请核对主题分类。"
        yield Fault(E.CONDITIONS, "topics", said)
    if any(topic.startswith(FOR_BODIES) for topic in guide.topics) and not served - PERSONS:
        said = "服务对象只有自然人，不能归入法人办事主题。请核对主题分类。"
        yield Fault(E.CONDITIONS, "topics", said)


def _result(guide: Guide) -> Iterator[Fault]:
    name, term = guide.result_name.strip(), guide.result_validity.strip()
    if term and choices_of(term) is None:
        said = (
            f"“{term}”不能确定结果的最后一日。请写“3年”“6个月”“90日”“长期”或者“至2028-12-31”；"
            "因情形而异的写“情形：期限；情形：期限”，由决定确定的写“以决定写明的为准（说明）”。"
        )
        yield Fault(E.CONTENT, "result_validity", said)
    if name and guide.result_kind == ResultKind.NONE:
        yield Fault(E.CONTENT, "result_kind", f"写明了结果“{name}”，结果类型不能是“无”。")
        return
    for ending, kind in ENDINGS:
        if name.endswith("凭证") or not name.endswith(ending):
            continue
        if guide.result_kind not in ("", kind.value):
            said = f"结果名称以“{ending}”结尾，结果类型应为“{kind.zh}”。"
            yield Fault(E.CONTENT, "result_kind", said)


def faults_of(guide: Guide, phrases: Collection[str] = ()) -> list[Fault]:
    """Everything that keeps ``guide`` from being published; empty when it may go out."""
    return [
        *_missing(guide, phrases),
        *_limits(guide),
        *_ways(guide, phrases),
        *_money(guide, phrases),
        *_rows(guide, phrases),
        *_basis(guide),
        *_sense(guide, phrases),
        *_written(guide, phrases),
        *_audience(guide),
        *_result(guide),
    ]


def warnings_of(guide: Guide) -> list[Fault]:
    """What a good guide also says; it may go out without. The six extended fields of norms 1.3."""
    wanted = (
        (E.CONTENT, "result_sample", guide.result_sample or not guide.result_name.strip(), "样本"),
        (E.CONTENT, "area_scope", guide.area_scope, "通办范围"),
        (E.PROCEDURE, "accepts_appointments", guide.accepts_appointments, "预约办理"),
        (E.FEE, "pays_online", guide.pays_online or not guide.has_fee, "网上支付"),
        (E.PROCEDURE, "result_by_post", guide.result_by_post, "物流快递"),
        (E.CONTENT, "intermediary", guide.intermediary, "中介服务"),
    )
    found = [
        Fault(element, field, f"建议补充：{word}。没有的，可以不填。")
        for element, field, said, word in wanted
        if not said
    ]
    if not guide.topics:
        found.append(Fault(E.CONTENT, "topics", "建议选择主题分类，群众按主题才能找到。"))
    return found
