"""The publish gate: no guide goes out while one of the nine elements is missing or hollow. A7.

Nine elements after 成办发〔2003〕75号 二(一), the checks between fields after norms 1.3. Pure: the
guide and the list of hollow phrases are values.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from openhall.catalogue.terms import DayUnit, GuideElement, ItemKind, OnlineDepth, ProjectType

E = GuideElement
HOLLOW: Final = (
    "待定",
    "另行通知",
    "视情况",
    "详见附件",
    "详见",
    "附后",
    "按规定执行",
    "按有关规定",
    "符合条件",
    "其他相关材料",
    "根据法律法规需提交的其他材料",
    "法律、法规规定的其他材料",
    "无特殊要求",
    "暂无",
    "同上",
)
LEAST: Final = 2  # characters that say something
PERMIT_STEPS: Final = ("受理", "审核", "审批", "办结", "送达")


@dataclass(frozen=True, slots=True)
class MaterialFacts:
    """One material as the gate reads it."""

    name: str
    legal_basis: str
    source: str


@dataclass(frozen=True, slots=True)
class Guide:
    """One version of an item with all that its guide says. Days in their unit."""

    name: str = ""
    kind: str = ItemKind.PERMIT.value
    summary: str = ""
    conditions: str = ""
    service_objects: tuple[str, ...] = ()
    project_type: str = ProjectType.PROMISED.value
    statutory_days: int | None = None
    statutory_unit: str = DayUnit.WORKING.value
    promised_days: int | None = None
    promised_unit: str = DayUnit.WORKING.value
    visits: int | None = None
    visit_reason: str = ""
    online_depth: str = OnlineDepth.NONE.value
    accepts_post: bool = False
    has_fee: bool | None = None
    fee_basis: str = ""
    pays_online: bool = False
    tariffs: int = 0
    enquiry_phone: str = ""
    complaint_phone: str = ""
    address: str = ""
    hours: str = ""
    steps: tuple[str, ...] = ()
    materials: tuple[MaterialFacts, ...] = ()
    no_material_needed: bool = False
    laws: tuple[tuple[str, str], ...] = ()  # law, article
    faqs: int = 0
    prerequisites: int = 0
    no_prerequisites: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong: the element, the field it stands beside, a sentence with what to do."""

    element: GuideElement
    field: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.element.zh}:{self.sentence}"


def is_hollow(text: str, phrases: Iterable[str] = HOLLOW) -> bool:
    """Whether ``text`` says nothing: too short, signs only, or nothing but a stock phrase."""
    said = re.sub(r"[\W_]+", "", text)
    if len(said) < LEAST:
        return True
    return any(said == re.sub(r"[\W_]+", "", phrase) for phrase in phrases)


def _missing(guide: Guide, phrases: tuple[str, ...]) -> Iterator[Fault]:
    wanted = (
        (E.CONTENT, "name", guide.name, "请填写事项名称。"),
        (E.CONTENT, "summary", guide.summary, "请用一句话说明是什么、办给谁。"),
        (E.CONDITIONS, "conditions", guide.conditions, "请写明申请条件,不能只写“符合条件”。"),
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
        yield Fault(E.MATERIALS, "materials", "请列出全部申请材料;确实不需要的,请明确写明。")
    if not guide.prerequisites and not guide.no_prerequisites:
        yield Fault(E.PREREQUISITES, "prerequisites", "请列出前置手续;没有的,请明确写明。")


def _between(guide: Guide, phrases: tuple[str, ...]) -> Iterator[Fault]:
    at_once = guide.promised_unit == DayUnit.INSTANT or (guide.promised_days or 0) <= 1
    named_instant = guide.project_type == ProjectType.INSTANT
    if guide.promised_days is not None and at_once != named_instant:
        yield Fault(E.TIME_LIMIT, "project_type", "即办件与承诺时限不一致,请核对办件类型。")
    if (
        guide.statutory_days is not None
        and guide.promised_days is not None
        and guide.statutory_unit == guide.promised_unit
        and guide.promised_days > guide.statutory_days
    ):
        yield Fault(
            E.TIME_LIMIT,
            "promised_days",
            f"承诺{guide.promised_days}日超过法定{guide.statutory_days}日(行政许可法 42)。",
        )
    if guide.visits and not guide.visit_reason.strip():
        yield Fault(E.PROCEDURE, "visit_reason", "需要到现场的,请写明原因;不需要的,次数填0。")
    if guide.online_depth == OnlineDepth.WHOLE and guide.visits:
        yield Fault(E.PROCEDURE, "visits", "全程网办的,到现场次数应为0。")
    if guide.visits == 0 and guide.online_depth == OnlineDepth.NONE and not guide.accepts_post:
        yield Fault(E.PROCEDURE, "accepts_post", "不能网办又不必到场的,应当接受邮寄。")
    if guide.has_fee:
        if not guide.fee_basis.strip():
            yield Fault(E.FEE, "fee_basis", "收费的,请写明收费依据。")
        if not guide.tariffs:
            yield Fault(E.FEE, "tariffs", "收费的,应有物价部门核定、现行有效的收费标准。")
    elif guide.has_fee is False:
        if guide.tariffs:
            yield Fault(E.FEE, "has_fee", "登记为不收费,却有现行收费标准。请核对。")
        if guide.pays_online:
            yield Fault(E.FEE, "pays_online", "不收费的事项没有网上支付。")
    if guide.enquiry_phone.strip() and guide.enquiry_phone == guide.complaint_phone:
        yield Fault(E.COMPLAINT, "complaint_phone", "投诉电话应与咨询电话不同。")
    for number, material in enumerate(guide.materials, start=1):
        place = f"第{number}项“{material.name}”"
        if is_hollow(material.name, phrases):
            yield Fault(E.MATERIALS, "materials", f"{place}不是具体的材料。请写明名称。")
        if not material.legal_basis.strip():
            yield Fault(E.MATERIALS, "materials", f"{place}没有依据,不得要求(行政许可法 31)。")
        if not material.source:
            yield Fault(E.MATERIALS, "materials", f"{place}没有写明来源渠道。")
    for law, article in guide.laws:
        if not article.strip():
            yield Fault(E.BASIS, "laws", f"《{law}》没有写明条款。")
    if guide.kind == ItemKind.PERMIT:
        if lacking := [step for step in PERMIT_STEPS if not any(step in s for s in guide.steps)]:
            yield Fault(E.PROCEDURE, "steps", f"行政许可的程序缺少:{'、'.join(lacking)}。")
        if not guide.faqs:
            yield Fault(E.CONTENT, "faqs", "行政许可至少应有一条常见问题。")


def faults_of(guide: Guide, phrases: tuple[str, ...] = HOLLOW) -> list[Fault]:
    """Everything that keeps ``guide`` from being published; empty when it may go out."""
    return [*_missing(guide, phrases), *_between(guide, phrases)]


def completeness(faults: Iterable[Fault]) -> int:
    """How much of the nine elements is whole, 0–100: a touched element counts as missing."""
    touched = {fault.element for fault in faults}
    return round(100 * (len(GuideElement) - len(touched)) / len(GuideElement))
