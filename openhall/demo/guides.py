"""Writing an item's guide from its facts: the nine elements, whole and in both languages. A7.

The facts (name, law, limits, fee) come from ``data/items.csv``; the sentences around them are ours.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from openhall.catalogue.models import (
    Faq,
    FlowStep,
    Form,
    Item,
    ItemVersion,
    LawRef,
    Material,
    Tariff,
)
from openhall.catalogue.terms import (
    DayUnit,
    ItemKind,
    MaterialKind,
    MaterialSource,
    Medium,
    OnlineDepth,
    ProjectType,
    ResultKind,
    ServiceObject,
    VersionState,
)
from openhall.demo.forms import fields_of

HOURS: Final = "工作日 9:00–12:00,13:00–17:00"
HOURS_EN: Final = "Working days 9:00–12:00 and 13:00–17:00"
HOTLINE: Final = "028-12345"
COMPLAINTS: Final = "12388"  # the line of the supervision organs
WHO: Final = {
    "1": ("年满18周岁、具有完全民事行为能力的自然人", "adults with full legal capacity"),
    "2": ("在本市依法登记的企业", "enterprises registered in this city"),
    "3": ("依法设立的事业单位", "public institutions"),
    "4": ("依法设立的社会组织", "social organisations"),
    "7": ("公民、法人和其他组织", "citizens, companies and other bodies"),
}
RESULT: Final = {
    ItemKind.PERMIT: ("许可证件", "licence"),
    ItemKind.CONFIRMATION: ("登记证书", "certificate"),
    ItemKind.GRANT: ("给付决定", "decision of grant"),
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of ``data/items.csv``. Limits in working days, ``fee`` in fen."""

    organ: str
    name: str
    name_en: str
    plain: str
    kind: ItemKind
    serves: ServiceObject
    law: str
    article: str
    statutory: int
    promised: int
    fee: int
    fee_basis: str
    material: str

    @classmethod
    def read(cls, row: dict[str, str]) -> "Fact":
        return cls(
            row["organ"],
            row["name"],
            row["name_en"],
            row["plain"],
            ItemKind(row["kind"]),
            ServiceObject(row["object"]),
            row["law"],
            row["article"],
            int(row["statutory"]),
            int(row["promised"]),
            int(row["fee_fen"] or 0),
            row["fee_basis"],
            row["material"],
        )


def version_of(item: Item, fact: Fact, place: tuple[str, str], since: date) -> ItemVersion:
    """The item's words, in force from ``since``; unsaved."""
    who, who_en = WHO.get(fact.serves, WHO["7"])
    result, result_en = RESULT.get(fact.kind, ("办理结果通知书", "notice of the result"))
    instant = fact.promised <= 1
    return ItemVersion(
        item=item,
        number=1,
        state=VersionState.PUBLISHED.value,
        effective_from=since,
        name=fact.name,
        name_en=fact.name_en,
        summary=f"{who}可以申请，{fact.promised}个工作日内办结。",
        summary_en=f"For {who_en}; decided within {fact.promised} working days.",
        plain_names=fact.plain,
        service_objects=[fact.serves.value],
        conditions=(
            f"{who}，符合《{fact.law}》{fact.article}规定的条件，且申请材料真实、齐全、符合法定形式。"
        ),
        conditions_en=(
            f"Open to {who_en} who meet the conditions of the law named under legal basis and"
            " whose materials are true, complete and in due form."
        ),
        project_type=(ProjectType.INSTANT if instant else ProjectType.PROMISED).value,
        statutory_days=fact.statutory,
        statutory_unit=DayUnit.WORKING.value,
        statutory_basis=f"《{fact.law}》",
        promised_days=fact.promised,
        handling_forms=["window", "online", "post"],
        online_depth=OnlineDepth.ACCEPT.value,
        visits=1,
        visit_reason="领取结果时核验原件",
        has_fee=bool(fact.fee),
        fee_basis=fact.fee_basis,
        enquiry_phone=HOTLINE,
        complaint_phone=COMPLAINTS,
        address=place[0],
        address_en=place[1],
        hours=HOURS,
        hours_en=HOURS_EN,
        result_kind=ResultKind.LICENCE.value,
        result_name=f"{fact.name}{result}"[:200],
        result_name_en=f"{fact.name_en}: {result_en}"[:200],
        no_prerequisites=True,
        accepts_post=True,
    )


def materials_of(version: ItemVersion, fact: Fact) -> list[Material]:
    """What to bring: the form, who applies, and what the item itself demands."""
    basis = f"《{fact.law}》{fact.article}"
    person = fact.serves == ServiceObject.PERSON
    identity = (
        ("id", "申请人身份证件", "Identity document of the applicant", "公安机关核发")
        if person
        else ("licence", "营业执照或者法人登记证书", "Business licence", "登记机关核发")
    )
    special = MaterialSource.GOVERNMENT if "证" in fact.material else MaterialSource.APPLICANT
    rows: list[tuple[str, str, str, MaterialSource, str]] = [
        ("form", f"{fact.name}申请表", "Application form", MaterialSource.APPLICANT, "免费提供"),
        (*identity[:3], MaterialSource.GOVERNMENT, identity[3]),
        (
            "special",
            fact.material,
            f"{fact.material} (as the law demands)",
            special,
            "按法定要求准备",
        ),
    ]
    return [
        Material(
            version=version,
            key=key,
            position=place,
            name=name,
            name_en=name_en,
            source=source.value,
            source_explained=explained,
            medium=Medium.BOTH.value,
            kind=(MaterialKind.FORM if key == "form" else MaterialKind.ORIGINAL).value,
            originals=1,
            copies=0 if key == "form" else 1,
            accept_standard="清晰、完整，与原件一致",
            legal_basis=basis,
        )
        for place, (key, name, name_en, source, explained) in enumerate(rows)
    ]


def steps_of(version: ItemVersion, fact: Fact) -> list[FlowStep]:
    """Receipt, review, decision, delivery, whose days add up to the promise."""
    review = max(fact.promised - 2, 0)
    window, head = ("窗口", "Window"), ("机关负责人", "Head of the organ")
    rows = [
        ("受理", "Acceptance", window, 0, "材料齐全、符合法定形式的当场受理"),
        ("审核", "Review", ("承办处室", "Division"), review, "对申请材料和法定条件进行审查"),
        ("审批", "Decision", head, fact.promised - review, "作出书面决定"),
        ("办结", "Issue", window, 0, "制作证照或者文书"),
        ("送达", "Delivery", window, 10, "自决定之日起10个工作日内送达（行政许可法 44）"),
    ]
    return [
        FlowStep(
            version=version,
            position=place,
            name=name,
            name_en=name_en,
            officer=officer[0],
            officer_en=officer[1],
            days=days,
            standard=standard,
        )
        for place, (name, name_en, officer, days, standard) in enumerate(rows)
    ]


def laws_of(version: ItemVersion, fact: Fact) -> list[LawRef]:
    return [LawRef(version=version, law=fact.law, article=fact.article)]


def faqs_of(version: ItemVersion, fact: Fact) -> list[Faq]:
    """What people ask first: time and money."""
    cost = (
        f"收费{fact.fee / 100:.0f}元，依据{fact.fee_basis}。" if fact.fee else "不收费，表格免费。"
    )
    cost_en = f"¥{fact.fee / 100:.0f}, as approved." if fact.fee else "Nothing; forms are free."
    rows = [
        (
            "多久能办好？",
            f"法定期限{fact.statutory}个工作日，我们承诺{fact.promised}个工作日。受理当日不计算在内。",
            "How long does it take?",
            f"The law allows {fact.statutory} working days; we promise {fact.promised}."
            " The day of acceptance is not counted.",
        ),
        (
            "要交钱吗？",
            cost + "费用一律由代收银行收取，窗口不收现金。",
            "What does it cost?",
            cost_en + " Only the collecting bank takes money.",
        ),
        (
            "材料不齐怎么办？",
            "窗口在5个工作日内一次告知需要补正的全部内容，只告知一次。",
            "What if something is missing?",
            "Within five working days the window tells you everything that is missing, once.",
        ),
    ]
    return [
        Faq(
            version=version,
            position=place,
            question=question,
            answer=answer,
            question_en=question_en,
            answer_en=answer_en,
        )
        for place, (question, answer, question_en, answer_en) in enumerate(rows)
    ]


def form_of(version: ItemVersion, fact: Fact) -> Form:
    """The questions asked online."""
    fields = fields_of(fact.name, fact.serves == ServiceObject.PERSON)
    return Form(
        version=version,
        title=f"{fact.name}申请表",
        title_en=f"Application: {fact.name_en}"[:200],
        fields=fields,
    )


def tariff_of(item: Item, fact: Fact, since: date) -> Tariff:
    """The approved fee of an item that has one. A11."""
    return Tariff(
        item=item,
        code="standard",
        name=f"{fact.name}收费",
        name_en=f"Fee: {fact.name_en}"[:200],
        amount=fact.fee,
        unit="件",
        basis=fact.fee_basis,
        price_approval=fact.fee_basis,
        valid_from=since,
    )
