"""The publish gate: no guide goes out while one of the nine elements is missing or hollow. A7.

Nine elements after 成办发〔2003〕75号 二(一), the checks between fields after norms 1.3. Pure: the
guide and the list of hollow phrases are values.
"""

from collections.abc import Collection, Iterator
from typing import Final

from openhall.catalogue.rules.agreement import faults_between
from openhall.catalogue.rules.guide import Fault, Guide, MaterialFacts, is_hollow
from openhall.catalogue.rules.sense import lacking_stages
from openhall.catalogue.terms import DayUnit, GuideElement, ItemKind, OnlineDepth, ProjectType
from openhall.glossary import Said

__all__ = ["Fault", "Guide", "MaterialFacts", "faults_of", "is_hollow", "warnings_of"]

E = GuideElement
STAGES_EN: Final = {
    "受理": "acceptance",
    "审核": "examination",
    "审批": "decision",
    "办结": "closing",
    "送达": "delivery",
}
LEAST_STEPS: Final = 3  # of a permit: who receives, who examines and who decides are not one
STANDARD: Final = ("steps", "standard")


def _missing(guide: Guide, phrases: Collection[str]) -> Iterator[Fault]:
    wanted = (
        (E.CONTENT, "name", guide.name, Said("请填写事项名称。", "Give the name of the matter.")),
        (
            E.CONTENT,
            "summary",
            guide.summary,
            Said("请用一句话说明是什么、办给谁。", "Say in one sentence what it is and for whom."),
        ),
        (
            E.CONDITIONS,
            "conditions",
            guide.conditions,
            Said(
                "请写明申请条件，不能只写“符合条件”。",
                "Say on what conditions; “if the conditions are met” is none.",
            ),
        ),
        (
            E.COMPLAINT,
            "complaint_phone",
            guide.complaint_phone,
            Said("请填写监督投诉电话。", "Give the telephone for complaints."),
        ),
        (
            E.COMPLAINT,
            "enquiry_phone",
            guide.enquiry_phone,
            Said("请填写咨询电话。", "Give the telephone for questions."),
        ),
        (
            E.PROCEDURE,
            "address",
            guide.address,
            Said("请填写办理地点。", "Say where it is handled."),
        ),
        (E.PROCEDURE, "hours", guide.hours, Said("请填写办理时间。", "Give the opening hours.")),
    )
    for element, name, text, sentence in wanted:
        if not text.strip():
            yield Fault(element, name, sentence)
        elif is_hollow(text, phrases):
            nothing = Said(f"“{text}”没有说明内容。", f"“{text}” says nothing.")
            yield Fault(element, name, nothing + sentence)
    if not guide.service_objects:
        yield Fault(
            E.CONDITIONS, "service_objects", Said("请选择服务对象。", "Choose whom it serves.")
        )
    if not guide.steps:
        yield Fault(
            E.PROCEDURE,
            "steps",
            Said(
                "请写明办理程序的每一步、由谁办、多长时间。",
                "Give each step, who does it and how long it takes.",
            ),
        )
    if guide.promised_days is None:
        yield Fault(
            E.TIME_LIMIT,
            "promised_days",
            Said("请填写承诺办结时限。", "Give the promised time limit."),
        )
    if guide.statutory_days is None:
        yield Fault(
            E.TIME_LIMIT,
            "statutory_days",
            Said("请填写法定办结时限。", "Give the statutory time limit."),
        )
    if guide.has_fee is None:
        yield Fault(E.FEE, "has_fee", Said("请说明是否收费。", "Say whether there is a fee."))
    if not guide.laws:
        yield Fault(
            E.BASIS,
            "laws",
            Said("请填写设定依据的法律名称和条款。", "Name the law and the article it rests on."),
        )
    if not guide.materials and not guide.no_material_needed:
        yield Fault(
            E.MATERIALS,
            "materials",
            Said(
                "请列出全部申请材料；确实不需要的，请明确写明。",
                "List every material; where none is needed, say so.",
            ),
        )
    if not guide.prerequisites and not guide.no_prerequisites:
        yield Fault(
            E.PREREQUISITES,
            "prerequisites",
            Said(
                "请列出前置手续；没有的，请明确写明。",
                "List what must be had before; where there is nothing, say so.",
            ),
        )


def _limits(guide: Guide) -> Iterator[Fault]:
    at_once = guide.promised_unit == DayUnit.INSTANT or (guide.promised_days or 0) <= 1
    named_instant = guide.project_type == ProjectType.INSTANT
    if guide.promised_days is not None and at_once != named_instant:
        yield Fault(
            E.TIME_LIMIT,
            "project_type",
            Said(
                "即办件与承诺时限不一致，请核对办件类型。",
                "Handled at once and the promised limit do not agree. Check the type of handling.",
            ),
        )
    if (
        guide.statutory_days is not None
        and guide.promised_days is not None
        and guide.statutory_unit == guide.promised_unit
        and guide.promised_days > guide.statutory_days
    ):
        yield Fault(
            E.TIME_LIMIT,
            "promised_days",
            Said(
                f"承诺{guide.promised_days}日超过法定{guide.statutory_days}日（行政许可法 42）。",
                f"The promise of {guide.promised_days} days is longer than the statutory "
                f"{guide.statutory_days} (Administrative Licensing Law, art. 42).",
            ),
        )
    if bool(guide.season_from) != bool(guide.season_until):
        blank = "season_until" if guide.season_from else "season_from"
        yield Fault(
            E.TIME_LIMIT,
            blank,
            Said(
                "办理期应当写明起止两个日期；全年可办的，两项都留空。",
                "Give the first and the last day of the season, or neither where it is open all "
                "the year.",
            ),
        )


def _ways(guide: Guide, phrases: Collection[str]) -> Iterator[Fault]:
    if guide.visits and is_hollow(guide.visit_reason, phrases):
        yield Fault(
            E.PROCEDURE,
            "visit_reason",
            Said(
                "需要到现场的，请写明原因；不需要的，次数填0。",
                "Say why a visit is needed; where none is, give 0 visits.",
            ),
        )
    if guide.online_depth == OnlineDepth.WHOLE and guide.visits:
        yield Fault(
            E.PROCEDURE,
            "visits",
            Said(
                "全程网办的，到现场次数应为0。",
                "What is handled online from end to end needs 0 visits.",
            ),
        )
    if guide.visits == 0 and guide.online_depth == OnlineDepth.NONE and not guide.accepts_post:
        yield Fault(
            E.PROCEDURE,
            "accepts_post",
            Said(
                "不能网办又不必到场的，应当接受邮寄。",
                "What is neither online nor needs a visit must be taken by post.",
            ),
        )
    if guide.enquiry_phone.strip() and guide.enquiry_phone == guide.complaint_phone:
        yield Fault(
            E.COMPLAINT,
            "complaint_phone",
            Said(
                "投诉电话应与咨询电话不同。",
                "The telephone for complaints must not be the one for questions.",
            ),
        )


def _money(guide: Guide, phrases: Collection[str]) -> Iterator[Fault]:
    if guide.has_fee:
        if is_hollow(guide.fee_basis, phrases):
            yield Fault(
                E.FEE, "fee_basis", Said("收费的，请写明收费依据。", "Give the basis of the fee.")
            )
        if not guide.tariffs:
            yield Fault(
                E.FEE,
                "tariffs",
                Said(
                    "收费的，应有物价部门核定、现行有效的收费标准。",
                    "A fee needs a tariff that the price authority approved and that is in force.",
                ),
            )
    elif guide.has_fee is False:
        if guide.tariffs:
            yield Fault(
                E.FEE,
                "has_fee",
                Said(
                    "登记为不收费，却有现行收费标准。请核对。",
                    "It is said to be free, and a tariff is in force. Check which is right.",
                ),
            )
        if guide.pays_online:
            yield Fault(
                E.FEE,
                "pays_online",
                Said(
                    "不收费的事项没有网上支付。",
                    "A matter without a fee has nothing to pay online.",
                ),
            )


def _rows(guide: Guide, phrases: Collection[str]) -> Iterator[Fault]:
    for row, material in enumerate(guide.materials):
        place, place_en = f"第{row + 1}项“{material.name}”", f"Item {row + 1} “{material.name}”"
        if is_hollow(material.name, phrases):
            said = Said(
                f"{place}不是具体的材料。请写明名称。",
                f"{place_en} is no material by name. Name it.",
            )
            yield Fault(E.MATERIALS, "materials", said, row, "name")
        if is_hollow(material.legal_basis, phrases):
            said = Said(
                f"{place}没有依据，不得要求（行政许可法 31）。",
                f"{place_en} has no basis and may not be asked for (Administrative Licensing "
                "Law, art. 31).",
            )
            yield Fault(E.MATERIALS, "materials", said, row, "legal_basis")
        if not material.source:
            yield Fault(
                E.MATERIALS,
                "materials",
                Said(f"{place}没有写明来源渠道。", f"{place_en} does not say where it comes from."),
                row,
                "source",
            )
        if material.necessity == "conditional" and is_hollow(material.condition, phrases):
            said = Said(
                f"{place}只在特定情形需要，请写明是什么情形。",
                f"{place_en} is needed in some cases only: say in which.",
            )
            yield Fault(E.MATERIALS, "materials", said, row, "condition")
    if guide.materials and guide.no_material_needed:
        said = Said(
            "已列出申请材料，不能同时写明“不需要材料”。",
            "Materials are listed, so it cannot also say that none is needed.",
        )
        yield Fault(E.MATERIALS, "no_material_needed", said)
    if guide.prerequisites and guide.no_prerequisites:
        said = Said(
            "已列出前置手续，不能同时写明“没有前置手续”。",
            "Prerequisites are listed, so it cannot also say that there is none.",
        )
        yield Fault(E.PREREQUISITES, "no_prerequisites", said)
    if guide.kind == ItemKind.PERMIT:
        if lacking := lacking_stages(_steps_told(guide)):
            named = ", ".join(STAGES_EN[one] for one in lacking)
            yield Fault(
                E.PROCEDURE,
                "steps",
                Said(
                    f"行政许可的程序缺少：{'、'.join(lacking)}。",
                    f"The procedure of a permit lacks stages: {named}.",
                ),
            )
        elif len(guide.steps) < LEAST_STEPS:
            said = Said(
                "行政许可的程序应当分步写明：受理、审核、审批、办结、送达不能写成一步。",
                "The procedure of a permit is given step by step: acceptance, examination, "
                "decision, closing and delivery are not one.",
            )
            yield Fault(E.PROCEDURE, "steps", said)
        if not guide.faqs:
            yield Fault(
                E.CONTENT,
                "faqs",
                Said(
                    "行政许可至少应有一条常见问题。",
                    "A permit has at least one question that people ask.",
                ),
            )


def _steps_told(guide: Guide) -> list[str]:
    """Each step by its name and what is done in it."""
    done = {one.row: one.text for one in guide.written if (one.family, one.column) == STANDARD}
    return [f"{name}：{done.get(row, '')}" for row, name in enumerate(guide.steps)]


def faults_of(guide: Guide, phrases: Collection[str] = ()) -> list[Fault]:
    """Everything that keeps ``guide`` from being published; empty when it may go out."""
    return [
        *_missing(guide, phrases),
        *_limits(guide),
        *_ways(guide, phrases),
        *_money(guide, phrases),
        *_rows(guide, phrases),
        *faults_between(guide, phrases),
    ]


def warnings_of(guide: Guide) -> list[Fault]:
    """What a good guide also says; it may go out without. The six extended fields of norms 1.3."""
    wanted = (
        (
            E.CONTENT,
            "result_sample",
            guide.result_sample or not guide.result_name.strip(),
            Said("样本", "a sample of the result"),
        ),
        (E.CONTENT, "area_scope", guide.area_scope, Said("通办范围", "where else it is handled")),
        (
            E.PROCEDURE,
            "accepts_appointments",
            guide.accepts_appointments,
            Said("预约办理", "appointments"),
        ),
        (
            E.FEE,
            "pays_online",
            guide.pays_online or not guide.has_fee,
            Said("网上支付", "payment online"),
        ),
        (
            E.PROCEDURE,
            "result_by_post",
            guide.result_by_post,
            Said("物流快递", "delivery by courier"),
        ),
        (E.CONTENT, "intermediary", guide.intermediary, Said("中介服务", "what intermediaries do")),
    )
    found = [
        Fault(
            element,
            field,
            Said(
                f"建议补充：{word.zh}。没有的，可以不填。",
                f"It would help to give {word.en}; leave it out where there is none.",
            ),
        )
        for element, field, said, word in wanted
        if not said
    ]
    if not guide.topics:
        found.append(
            Fault(
                E.CONTENT,
                "topics",
                Said(
                    "建议选择主题分类，群众按主题才能找到。",
                    "Choose a topic, so that people who look by topic find it.",
                ),
            )
        )
    return found
