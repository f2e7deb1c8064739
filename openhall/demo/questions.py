"""Question guides and topics of the demonstration city. B7.

The guides in ``data/questions`` go through the same acts and the same checker as everybody's; one
is left as a draft with faults, so that an editor can see how they are shown.
"""

import json
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final

from django.utils import timezone

from openhall.catalogue.models import ItemVersion
from openhall.catalogue.terms import BusinessEvent as EE
from openhall.catalogue.terms import BusinessTopic as E
from openhall.catalogue.terms import PersonEvent as PE
from openhall.catalogue.terms import PersonTopic as P
from openhall.catalogue.terms import ServiceObject
from openhall.glossary import Term
from openhall.organs.models import Account, Organ
from openhall.questions.actions import begin_guide, publish_guide, save_content
from openhall.questions.rules.content import parse

DATA: Final = Path(__file__).parent / "data" / "questions"
PUBLISHED_BEFORE: Final = timedelta(days=60)
CITY_WRITER, CITY_PUBLISHER, UNIT_WRITER = "xuxin", "fengban", "gaotao"

# What an item's name says of its topics; the first table for persons, the second for enterprises.
PERSONS: Final[dict[str, tuple[Term, ...]]] = {
    "生育": (P.BIRTH, PE.CHILD),
    "户口": (P.HOUSEHOLD, PE.MOVING),
    "居民身份证": (P.DOCUMENTS, PE.MOVING),
    "护照": (P.BORDER, P.DOCUMENTS),
    "通行证": (P.BORDER,),
    "结婚": (P.MARRIAGE, PE.MARRYING),
    "入学": (P.EDUCATION, PE.SCHOOL),
    "教师": (P.PROFESSION, PE.JOB),
    "资格": (P.PROFESSION,),
    "执业": (P.PROFESSION,),
    "导游证": (P.PROFESSION, P.TOURISM),
    "驾驶": (P.TRAVEL, PE.DRIVING),
    "机动车登记": (P.TRAVEL, PE.DRIVING),
    "保险": (P.INSURANCE,),
    "养老保险": (PE.RETIRING,),
    "医疗保险": (P.HEALTH, PE.CHILD, PE.ILLNESS),
    "失业": (P.WORK, PE.JOB, PE.HARDSHIP),
    "工伤": (P.INSURANCE, PE.ILLNESS),
    "创业": (P.WORK, PE.JOB),
    "公积金": (P.HOUSING, PE.HOME),
    "公积金提取": (PE.RETIRING,),
    "住房": (P.HOUSING, PE.HOME),
    "不动产": (P.HOUSING, PE.HOME),
    "高龄": (P.CARE, PE.RETIRING),
    "最低生活": (P.ASSISTANCE, PE.HARDSHIP),
    "法律援助": (P.JUSTICE, PE.HARDSHIP),
    "就医": (P.HEALTH, PE.ILLNESS, PE.RETIRING),
    "退役": (P.ENLISTMENT, P.CARE),
    "个体工商户": (P.SETTING_UP, P.WORK, EE.OPENING),
    "乡村建设": (P.PLANNING,),
    "集会": (P.SAFETY,),
    "林木": (P.ENVIRONMENT,),
}
ENTERPRISES: Final[dict[str, tuple[Term, ...]]] = {
    "企业设立": (E.SETTING_UP, EE.OPENING),
    "注销": (E.CLOSING, EE.CLOSING),
    "设立": (E.SETTING_UP,),
    "登记": (E.SETTING_UP,),
    "经营许可": (E.ADMISSION,),
    "食品经营": (EE.OPENING,),
    "零售": (E.TRADE, EE.OPENING),
    "公共场所": (E.HEALTH, EE.OPENING),
    "消防": (E.POLICE,),
    "营业前": (EE.OPENING,),
    "资质": (E.QUALIFICATION,),
    "建设": (E.BUILDING, EE.BUILDING),
    "施工": (E.BUILDING, EE.BUILDING),
    "规划": (E.BUILDING, EE.BUILDING),
    "用地": (E.BUILDING, EE.BUILDING),
    "排污": (E.ENVIRONMENT,),
    "环境影响": (E.ENVIRONMENT, EE.BUILDING),
    "排水": (E.UTILITIES, EE.OPENING),
    "污水": (E.UTILITIES, EE.OPENING),
    "户外广告": (EE.OPENING,),
    "安全": (E.SAFETY,),
    "危险": (E.SAFETY,),
    "运输": (E.TRANSPORT,),
    "工时": (E.PERSONNEL, EE.HIRING),
    "劳务": (E.PERSONNEL, EE.HIRING),
    "人力资源": (E.PERSONNEL, EE.HIRING),
    "抵押": (E.MORTGAGE, EE.BORROWING),
    "贷款": (E.FINANCE, EE.BORROWING),
    "增值税": (E.TAX,),
    "记账": (E.TAX,),
    "项目": (E.INVESTMENT, EE.BUILDING),
    "技术合同": (E.SCIENCE,),
    "文物": (E.RELICS,),
    "档案": (E.RELICS,),
    "宗教": (E.FAITH,),
    "农": (E.FARMING,),
    "林": (E.FARMING,),
    "学校": (E.CULTURE,),
    "演出": (E.CULTURE,),
    "娱乐": (E.CULTURE,),
    "医疗": (E.HEALTH,),
    "特种": (E.QUALITY,),
    "计量": (E.QUALITY,),
}


def topics_for(name: str, serves_persons: bool) -> list[str]:
    """Topic and life-event codes after the words of an item's name."""
    table, other = (PERSONS, P.OTHER) if serves_persons else (ENTERPRISES, E.OTHER)
    found = [topic.value for word, topics in table.items() if word in name for topic in topics]
    return list(dict.fromkeys(found)) or [other.value]


def ask(today: date) -> None:
    """Give the items their topics, and publish the city's question guides."""
    versions = list(ItemVersion.objects.all())
    for version in versions:
        persons = ServiceObject.PERSON.value in version.service_objects
        version.topics = topics_for(version.name, persons)
    ItemVersion.objects.bulk_update(versions, ["topics"], batch_size=500)
    codes = dict(
        ItemVersion.objects.filter(item__inherits__isnull=True).values_list("name", "item__code")
    )
    day = today - PUBLISHED_BEFORE
    at = timezone.make_aware(datetime.combine(day, time(10)))
    for path in sorted(DATA.glob("*.json")):
        _guide(named(json.loads(path.read_text(encoding="utf-8")), codes), at, day)


def named(said: Any, codes: dict[str, str]) -> Any:
    """The same with each item's name replaced by its code."""
    if isinstance(said, dict):
        return {
            name: codes[value] if name == "item" else named(value, codes)
            for name, value in said.items()
        }
    return [named(one, codes) for one in said] if isinstance(said, list) else said


def _guide(said: dict[str, Any], at: datetime, day: date) -> None:
    item = said.get("item", "")
    writer = Account.objects.get(username=UNIT_WRITER if item else CITY_WRITER)
    publisher = writer if item else Account.objects.get(username=CITY_PUBLISHER)
    organ = Organ.objects.get(posts__account=writer)
    version = begin_guide(
        organ, said["slug"], said, writer, at, item=item, topic=said.get("topic", "")
    )
    save_content(version.pk, parse(said["content"]), writer, at, seen=0)
    if not said.get("draft"):
        publish_guide(version.pk, publisher, at, day)
