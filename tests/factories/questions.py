"""A question guide published through its acts, and the people who write one."""

from datetime import date, datetime

from openhall.catalogue.models import Form, Material
from openhall.organs.actions import appoint
from openhall.organs.models import Account, Organ
from openhall.organs.terms import Desk
from openhall.questions.actions import begin_guide, publish_guide, save_content
from openhall.questions.models import QuestionGuideVersion
from openhall.questions.rules.content import Content, parse
from tests.factories.catalogue import charged

AT = datetime.fromisoformat("2026-11-20T09:00:00+08:00")
DAY = date(2026, 11, 20)
WORDS = {
    "title": "成立社会团体要办什么",
    "title_en": "Founding an association",
    "summary": "看看够不够条件、带什么材料。",
    "summary_en": "Whether it applies, and what to bring.",
}
ASSOCIATION = {
    "questions": [
        {
            "key": "members",
            "kind": "number",
            "text": "有多少会员？",
            "text_en": "How many members are there?",
            "unit": "人",
            "unit_en": "people",
            "least": 1,
            "most": 9999,
            "why": "社会团体要有50个以上的会员。",
            "why_en": "An association needs 50 members.",
            "rules": [{"when": [{"question": "members", "most": 49}], "to": "few"}],
            "otherwise": "premises",
        },
        {
            "key": "premises",
            "kind": "one",
            "text": "办公场所是谁的？",
            "text_en": "Whose are the premises?",
            "options": [
                {"key": "own", "label": "自己的", "label_en": "Our own", "value": "自有"},
                {"key": "lent", "label": "借用的", "label_en": "Lent to us", "value": "借用"},
            ],
            "fills": [{"item": "MZ-XK-0001", "field": "premises"}],
            "otherwise": "found",
        },
    ],
    "results": [
        {
            "key": "few",
            "title": "会员还不够",
            "title_en": "Too few members",
            "note": "满50人再来。",
        },
        {
            "key": "found",
            "title": "可以申请成立",
            "title_en": "You may apply",
            "items": [
                {
                    "item": "MZ-XK-0001",
                    "materials": [
                        {
                            "key": "deed",
                            "needed": False,
                            "reason": "借用的不用产权证明",
                            "reason_en": "Not for premises that are lent",
                            "when": [{"question": "premises", "any": ["lent"]}],
                        },
                        {
                            "key": "consent",
                            "needed": True,
                            "reason": "借用的要出借人同意",
                            "reason_en": "Lent premises need the owner's consent",
                            "when": [{"question": "premises", "any": ["lent"]}],
                        },
                    ],
                }
            ],
        },
    ],
}


def furnish(cast) -> None:
    """Give the item of the cast materials, a form and a fee."""
    version = cast.version
    for place, (key, name, name_en, necessity) in enumerate(
        (
            ("charter", "章程草案", "Draft charter", "required"),
            ("deed", "产权证明", "Title to the premises", "required"),
            ("consent", "出借人同意书", "Consent of the owner", "conditional"),
        )
    ):
        Material.objects.create(
            version=version,
            key=key,
            name=name,
            name_en=name_en,
            necessity=necessity,
            position=place,
        )
    Form.objects.create(
        version=version,
        title="申请书",
        fields=[
            {"key": "name", "kind": "text", "label": "社团名称", "required": True},
            {"key": "premises", "kind": "text", "label": "办公场所", "required": True},
        ],
    )
    charged(
        item=cast.item,
        code="standard",
        name="登记费",
        name_en="Registration fee",
        amount=5000,
        unit="件",
        basis="川价发〔2003〕1号",
        price_approval="川价发〔2003〕1号",
        effective_from=date(2003, 5, 26),
    )


def official(username: str, organ: Organ, *desks: Desk) -> Account:
    account = Account.objects.create_user(username=username)
    for desk in desks:
        appoint(account, organ, desk, date(2003, 1, 1))
    return account


def drafted(cast, writer: Account, slug: str = "association") -> QuestionGuideVersion:
    version = begin_guide(cast.organ, slug, WORDS, writer, AT, item=cast.item.code)
    return save_content(version.pk, content(), writer, AT, seen=0)


def published(cast, clerk: Account, slug: str = "association") -> QuestionGuideVersion:
    version = drafted(cast, clerk, slug)
    publish_guide(version.pk, clerk, AT, DAY)
    version.refresh_from_db()
    return version


def content() -> Content:
    return parse(ASSOCIATION)
