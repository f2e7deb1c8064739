"""The demo city's catalogue at work: items in every state, told by the same acts as everybody's.

A draft with faults, one in each review, a suspension with its end, an item with two versions, a
district that tightens the city's guide, prerequisites between real items, a list that has changed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.utils import timezone

from openhall.catalogue import actions
from openhall.catalogue.actions import Line
from openhall.catalogue.history import snapshot
from openhall.catalogue.models import (
    CatalogueEntry,
    Item,
    ItemVersion,
    Prerequisite,
)
from openhall.catalogue.terms import ItemKind
from openhall.demo import guides
from openhall.demo.cast import CIVIL, JINJIANG
from openhall.organs.models import Account, Organ

NEEDS: Final = (  # what must be had before what, with the rule that says so
    ("慈善组织公开募捐资格审批", "社会团体成立登记", "慈善法 22"),
    ("养老机构备案", "民办非企业单位成立登记", "老年人权益保障法 43"),
    ("劳务派遣经营许可", "企业设立登记", "劳动合同法 57"),
    ("食品经营许可", "企业设立登记", "食品安全法 35"),
    ("律师事务所设立许可", "律师执业许可", "律师法 14"),
)
ALLOWANCE: Final = "高龄津贴发放"
HALL_TOPICS: Final = {"topics": ["p-age", "p-support", "pl-retiring"]}


@dataclass(frozen=True, slots=True)
class Clerks:
    """Who writes, passes and publishes."""

    clerk: Account
    head: Account
    legal: Account


def _at(day: date, hour: int = 10) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


def tell(today: date) -> None:
    """Every state of an item and of the list, dated in the year before ``today``."""
    people = {one.username: one for one in Account.objects.filter(is_official=True)}
    civil = Clerks(people["gaotao"], people["hejie"], people["zhengfa"])
    near = Clerks(people["dengqu"], people["kongqu"], people["zhengfa"])
    _prerequisites()
    _two_versions(civil, today)
    _a_district_tightens(near, today)
    _the_list_changes(civil.legal, today)
    _waiting(civil, today)
    _suspended(civil.head, today)


def _prerequisites() -> None:
    """In the guides in force, and in their district variants."""
    for name, needed, basis in NEEDS:
        before = Item.objects.filter(entry__name=needed, inherits=None).first()
        versions = ItemVersion.objects.filter(item__entry__name=name)
        if before is None:
            continue
        for version in versions:
            Prerequisite.objects.create(version=version, item=before, legal_basis=basis)
        versions.update(no_prerequisites=False)


def _rows(version: ItemVersion) -> dict[str, list[dict[str, Any]]]:
    return {family: [dict(row) for row in rows] for family, rows in snapshot(version).rows.items()}


def _published(
    item: Item,
    who: Clerks,
    day: date,
    words: Mapping[str, Any],
    rows: Mapping[str, Any] | None = None,
) -> ItemVersion:
    """A new version through both reviews, in force ten days after it was drafted."""
    version = actions.new_version(item.pk, who.clerk, _at(day))
    actions.save_version(version.pk, who.clerk, _at(day, 11), words, rows)
    actions.send_to_unit(version.pk, who.clerk, _at(day, 14))
    actions.pass_unit(version.pk, who.head, _at(day + timedelta(days=2)))
    actions.publish(version.pk, who.legal, _at(day + timedelta(days=5)), day + timedelta(days=10))
    return version


def _two_versions(civil: Clerks, today: date) -> None:
    """A shorter promise and one paper fewer, half a year ago; the history page shows it."""
    item = Item.objects.get(entry__name=ALLOWANCE, inherits=None)
    first = item.versions.get()
    rows = _rows(first)
    rows["materials"] = [row for row in rows["materials"] if row["key"] != "form"]
    rows["faqs"].append(
        {
            "question": "行动不便，能让家里人代办吗？",
            "question_en": "Can my family apply for me?",
            "answer": "可以。代办人带本人身份证和委托书，或者预约上门办理。",
            "answer_en": "Yes, with their identity card and your authorisation, or at your home.",
        }
    )
    words = {
        "promised_days": 10,
        "conditions": "具有本市户籍、年满80周岁的老年人；本人或者受托的家人均可申请。",
        "conditions_en": "Residents of this city who are 80 or over; a relative may apply.",
        "summary": "年满80周岁的本市户籍老人可以申请，10个工作日内办结。",
        "summary_en": "For residents of 80 and over; decided within 10 working days.",
        "accepts_appointments": True,
        "change_note": "取消申请表，承诺时限由15个工作日缩短为10个工作日。",
    }
    _published(item, civil, today - timedelta(days=190), words | HALL_TOPICS, rows)


def _a_district_tightens(near: Clerks, today: date) -> None:
    """锦江区 promises the same in five days without a visit; a newer draft of it is looser."""
    item = Item.objects.get(entry__name=ALLOWANCE, organ__code=JINJIANG)
    words = {
        "promised_days": 5,
        "visits": 0,
        "visit_reason": "",
        "summary": "年满80周岁的锦江区户籍老人可以申请，5个工作日内办结，不用到现场。",
        "summary_en": "For Jinjiang residents of 80 and over; within 5 working days, no visit.",
        "change_note": "在市级指南基础上承诺时限缩短为5个工作日，不用到现场。",
    }
    version = item.versions.get()
    rows = _rows(version)
    rows["materials"] = [row for row in rows["materials"] if row["key"] != "form"]
    for row in rows["materials"]:
        row["copies"] = 0
    _published(item, near, today - timedelta(days=120), words | HALL_TOPICS, rows)
    draft = actions.new_version(item.pk, near.clerk, _at(today - timedelta(days=3)))
    looser = {"promised_days": 12, "change_note": "拟延长承诺时限（不得宽于市级）。"}
    actions.save_version(draft.pk, near.clerk, _at(today - timedelta(days=3), 15), looser)


def _the_list_changes(legal: Account, today: date) -> None:
    """Added, split, and a change of words whose day is to come."""
    when = today - timedelta(days=300)
    line = Line(
        "社会团体变更和注销登记",
        ItemKind.CONFIRMATION.value,
        "《社会团体登记管理条例》第十八条、第十九条",
        "Changes and closing of social associations",
    )
    both = actions.add_entry(line, legal, _at(when), "依据条例列入目录。", when)
    actions.split_entry(
        both.pk,
        [
            Line("社会团体变更登记", line.kind, "《社会团体登记管理条例》第十八条", "Changes"),
            Line("社会团体注销登记", line.kind, "《社会团体登记管理条例》第十九条", "Closing"),
        ],
        legal,
        _at(today - timedelta(days=100)),
        "两类登记的条件、材料不同，分列便于群众办理。",
        today - timedelta(days=90),
    )
    cared = CatalogueEntry.objects.get(name="最低生活保障金给付")
    actions.change_entry(
        cared.pk,
        {"legal_basis": "《社会救助暂行办法》第九条、第十一条"},
        legal,
        _at(today - timedelta(days=1)),
        "补列设定依据条款。",
        today + timedelta(days=30),
    )


def _waiting(civil: Clerks, today: date) -> None:
    """A draft with faults, one in unit review, one in legal review, one line free to claim."""
    organ = Organ.objects.get(code=CIVIL)
    when = today - timedelta(days=40)
    lines = (
        ("慈善信托备案", "Filing of charitable trusts", ItemKind.OTHER, "《慈善法》第四十五条"),
        (
            "收养登记",
            "Registration of adoption",
            ItemKind.CONFIRMATION,
            "《民法典》第一千一百零五条",
        ),
        ("地名命名、更名审批", "Naming of places", ItemKind.OTHER, "《地名管理条例》第十二条"),
        (
            "特困人员认定",
            "Recognition of hardship",
            ItemKind.CONFIRMATION,
            "《社会救助暂行办法》第十四条",
        ),
    )
    made = [
        actions.add_entry(
            Line(name, kind.value, basis, name_en),
            civil.legal,
            _at(when),
            "依据法律法规列入目录。",
            when,
        )
        for name, name_en, kind, basis in lines
    ]
    drafts = [
        actions.claim(entry.pk, organ, civil.clerk, _at(when + timedelta(days=3)))
        for entry in made[:3]
    ]
    day = when + timedelta(days=5)
    hollow = {
        "conditions": "符合条件",
        "enquiry_phone": guides.HOTLINE,
        "complaint_phone": guides.HOTLINE,
        "statutory_days": 20,
        "promised_days": 5,
        "hours": "工作日",
        "has_fee": False,
    }
    papers = [
        {"name": "备案申请书", "legal_basis": "《慈善法》第四十五条", "source": "applicant"},
        {"name": "其他相关材料", "source": "applicant"},
    ]
    actions.save_version(drafts[0].pk, civil.clerk, _at(day), hollow, {"materials": papers})
    for draft, entry in zip(drafts[1:], made[1:], strict=False):
        words, rows = _whole(entry)
        actions.save_version(draft.pk, civil.clerk, _at(day, 14), words, rows)
        actions.send_to_unit(draft.pk, civil.clerk, _at(day, 15))
    actions.pass_unit(drafts[2].pk, civil.head, _at(day + timedelta(days=1)))


def _whole(entry: CatalogueEntry) -> tuple[dict[str, Any], dict[str, list[dict[str, Any]]]]:
    """A guide without a fault."""
    law, _sign, article = entry.legal_basis.lstrip("《").partition("》")
    words: dict[str, Any] = {
        "summary": f"需要办理{entry.name}的，向市民政局申请，10个工作日内办结。",
        "summary_en": f"{entry.name_en}: apply to Civil Affairs; within 10 working days.",
        "conditions": f"申请事项属于{entry.legal_basis}规定的范围，当事人意思表示真实。",
        "conditions_en": "The matter is one the law names, and those concerned agree.",
        "service_objects": ["1", "4"],
        "topics": ["p-household"],
        "statutory_days": 20,
        "promised_days": 10,
        "statutory_basis": entry.legal_basis,
        "handling_forms": ["window"],
        "visits": 1,
        "visit_reason": "当面核对本人身份和意愿",
        "has_fee": False,
        "address": "市政务服务中心（草市街2号）",
        "address_en": "City Service Centre, 2 Caoshi Street",
        "hours": guides.HOURS,
        "hours_en": guides.HOURS_EN,
        "enquiry_phone": guides.HOTLINE,
        "complaint_phone": guides.COMPLAINTS,
        "enquiry_ways": ["1", "3"],
        "complaint_ways": ["3", "4"],
        "no_prerequisites": True,
    }
    steps = ("受理", "审核", "审批", "办结", "送达")
    rows: dict[str, list[dict[str, Any]]] = {
        "materials": [
            {
                "key": "form",
                "name": f"{entry.name}申请书",
                "name_en": "Application",
                "legal_basis": entry.legal_basis,
            },
            {
                "key": "id",
                "name": "当事人身份证件",
                "name_en": "Identity document",
                "source": "government",
                "legal_basis": entry.legal_basis,
            },
        ],
        "steps": [{"name": name, "officer": "市民政局", "days": 2} for name in steps],
        "laws": [{"law": law, "article": article}],
        "faqs": [{"question": "多久能办好？", "answer": "自受理之日起10个工作日内。"}],
        "prerequisites": [],
    }
    return words, rows


def _suspended(head: Account, today: date) -> None:
    item = Item.objects.get(entry__name="建设殡葬设施审批", inherits=None)
    actions.suspend_item(
        item.pk,
        head,
        _at(today - timedelta(days=5)),
        "殡葬设施专项规划修编，修编完成前暂停受理新的申请。",
        today - timedelta(days=4),
        today + timedelta(days=40),
    )
