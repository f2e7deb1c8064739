"""Three units with an item each, and a joint matter of them made through its acts."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import count

from openhall.catalogue.models import CatalogueEntry, Form, Item, ItemVersion, Material
from openhall.deeds.doing import Doing
from openhall.joint.actions.matters import Part, draft_matter
from openhall.joint.kinds import MATTER
from openhall.joint.models import JointMatterVersion
from openhall.joint.terms import JointKind
from openhall.organs.actions import found as found_organ
from openhall.organs.models import Account, Organ
from openhall.organs.terms import Desk
from openhall.versions import actions as versions
from tests.factories.catalogue import BROUGHT, charged
from tests.factories.questions import official

AT = datetime.fromisoformat("2026-11-20T09:00:00+08:00")
DAY = date(2026, 11, 20)
KEYS = count(1)
SINCE = date(2003, 5, 26)
CODE = "open-a-restaurant"
WORDS = {
    "title": "开办餐饮店“一件事”",
    "title_en": "Opening a restaurant",
    "summary": "从执照到招牌，一次申请，几个单位一起办。",
    "summary_en": "From the licence to the sign: one application, several units.",
    "limit_days": 15,
}
NAME = {"key": "name", "kind": "text", "label": "店名", "label_en": "Name", "required": True}
SIGN = {"key": "sign", "kind": "choice", "label": "要招牌", "label_en": "Sign", "required": True}
OPTIONS = [
    {"value": "y", "label": "要", "label_en": "Yes"},
    {"value": "n", "label": "不要", "label_en": "No"},
]


@dataclass
class Matter:
    """The units, their items' versions, and who works where."""

    market: Organ
    health: Organ
    city: Organ
    centre: Organ
    licence: ItemVersion
    hygiene: ItemVersion
    board: ItemVersion
    office: Account
    colleague: Account  # at the same desk of the Government Office
    informatization: Account
    clerk: Account
    other_clerk: Account


def unit(code: str, name: str, name_en: str, kind: str = "department") -> Organ:
    return found_organ(
        code=code, kind=kind, name=name, name_en=name_en, short_name=name, phone="028-12345"
    )


def item(organ: Organ, code: str, name: str, name_en: str) -> ItemVersion:
    """A published item with a form, its printed sheet, the shared identity paper and one more."""
    entry = CatalogueEntry.objects.create(code=f"E-{code}", name=name, kind="1", listed_from=SINCE)
    made = ItemVersion.objects.create(
        item=Item.objects.create(code=code, entry=entry, organ=organ),
        number=1,
        state="published",
        published_at=BROUGHT,
        name=name,
        name_en=name_en,
        effective_from=SINCE,
        statutory_days=20,
        promised_days=10,
        enquiry_phone="028-12345",
    )
    papers = (("id", "经营者身份证件", "Identity document"), ("own", f"{name}的图纸", "Drawing"))
    for place, (key, zh, en) in enumerate(papers):
        Material.objects.create(
            version=made, key=key, name=zh, name_en=en, position=place, copies=1
        )
    Material.objects.create(version=made, key="form", name=f"{name}申请表", kind="form")
    own = {"key": "size", "kind": "number", "label": f"{name}面积", "label_en": "Size"}
    Form.objects.create(version=made, title=f"{name}申请表", title_en=name_en, fields=[NAME, own])
    return made


def furnished() -> Matter:
    """Three units with one item each; the third is for who puts up a sign."""
    market = unit("cd-market", "市市场监管局", "Market Regulation")
    health = unit("cd-health", "市卫生健康委", "Health Commission")
    city = unit("cd-cityman", "市城管委", "Urban Management")
    centre = unit("cd-centre", "市政务服务中心", "Service Centre", "centre")
    office = unit("cd-office", "市政府办公厅", "Government Office")
    licence = item(market, "SP-1", "食品经营许可", "Food licence")
    hygiene = item(health, "WS-1", "公共场所卫生许可", "Hygiene licence")
    board = item(city, "GG-1", "户外招牌设置审批", "Sign permit")
    charged(
        item=board.item,
        code="standard",
        name="招牌费",
        name_en="Sign fee",
        amount=5000,
        unit="件",
        basis="川价发〔2003〕1号",
        price_approval="川价发〔2003〕1号",
        effective_from=SINCE,
    )
    return Matter(
        market=market,
        health=health,
        city=city,
        centre=centre,
        licence=licence,
        hygiene=hygiene,
        board=board,
        office=official("zheng_fu", office, Desk.GOVERNMENT_OFFICE),
        colleague=official("zheng_xin", office, Desk.GOVERNMENT_OFFICE),
        informatization=official("xin_xi", office, Desk.INFORMATIZATION),
        clerk=official("shi_chang", market, Desk.CATALOGUE_CLERK),
        other_clerk=official("cheng_guan", city, Desk.CATALOGUE_CLERK),
    )


def parts() -> list[Part]:
    return [
        Part("SP-1", 10),
        Part("WS-1", 12),
        Part("GG-1", 5, "if_chosen", "要设置户外招牌吗？", "Will you put up a sign?"),
    ]


def doing(who: Account | None, key: str = "", seen: int | None = None) -> Doing:
    return Doing(who, AT, key or f"matter-{next(KEYS)}", seen=seen)


def drafted(there: Matter, writer: Account | None = None, **more) -> JointMatterVersion:
    told = {"topic": "bl-opening", "parts": parts()} | more
    words = WORDS | told.pop("words", {})
    return draft_matter(
        told.pop("code", CODE),
        told.pop("kind", JointKind.LIFE_EVENT),
        told.pop("lead", there.market),
        words,
        told.pop("by", None) or doing(writer or there.clerk),
        **told,
    )


def published(there: Matter, **more) -> JointMatterVersion:
    version = drafted(there, **more)
    versions.publish(MATTER, version.pk, DAY, doing(there.office))
    version.refresh_from_db()
    return version
