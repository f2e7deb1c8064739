"""Writing an item's guide: a matter of the library, with what only the city knows. A7.

``data/items.csv`` holds what the city knows of each line (its promise, a fee the matter leaves to
it); telephones are the unit's, address and hours its hall's. A line without a matter has a draft
with its facts and nothing else: no sentence is made up for it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

from django.utils.timezone import get_default_timezone

from openhall.catalogue.exchange.library import library
from openhall.catalogue.models import (
    Faq,
    FlowStep,
    Form,
    Item,
    ItemVersion,
    LawRef,
    Material,
    Prerequisite,
)
from openhall.catalogue.rules.adopting import rows_of, words_of
from openhall.catalogue.terms import DayUnit, ItemKind, ProjectType
from openhall.demo.data import told
from openhall.demo.forms import FULL
from openhall.versions.terms import VersionState

FAMILIES: Final = {
    "materials": Material,
    "steps": FlowStep,
    "laws": LawRef,
    "faqs": Faq,
    "prerequisites": Prerequisite,
}
OF_CITY: Final = frozenset(
    {"promised_note", "promised_note_en", "online_url"}
)  # the matter's words do not stand here
TEXTS: Final = ("organ", "name", "name_en", "plain", "law", "article", "fee_per", "fee_basis")


def _days(text: str) -> int | None:
    return int(text) if text else None


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of ``data/items.csv``. Limits in working days, ``fee`` in fen a ``fee_per``."""

    organ: str
    name: str
    name_en: str
    plain: str
    law: str
    article: str
    fee_per: str
    fee_basis: str
    kind: ItemKind
    serves: str
    statutory: int | None
    promised: int
    fee: int
    key: str
    matter: Mapping[str, Any] | None

    @classmethod
    def read(cls, row: dict[str, str]) -> "Fact":
        texts: dict[str, Any] = {name: row[name] for name in TEXTS}
        return cls(
            **texts,
            kind=ItemKind(row["kind"]),
            serves=row["object"],
            statutory=_days(row["statutory"]),
            promised=int(row["promised"]),
            fee=_days(row["fee_fen"]) or 0,
            key=row["matter"],
            matter=library()[row["matter"]] if row["matter"] else None,
        )

    @property
    def waits_for_tariff(self) -> bool:
        """Charged, and no approved amount is known: its guide stays a draft until one is. A11."""
        fee = (self.matter or {}).get("fee") or {}
        return bool(fee.get("charged") and not fee.get("lines") and not self.fee)

    @property
    def legal_basis(self) -> str:
        """As the list names it."""
        laws = self.matter["laws"] if self.matter else [{"law": self.law, "article": self.article}]
        return "、".join(f"《{one['law']}》{one.get('article', '')}" for one in laws)


def words_for(fact: Fact) -> dict[str, Any]:
    """What the version says: the matter's words, the city's name, promise and fee."""
    assert fact.matter is not None
    told_ = words_of(fact.matter)
    plain = dict.fromkeys([*fact.plain.split(), *told_["plain_names"].split()])
    at_once = told_["statutory_unit"] == DayUnit.INSTANT.value
    instant = fact.promised <= 1
    if told_["statutory_days"] is None:
        told_["statutory_days"] = fact.statutory
    own = {
        "name": fact.name,
        "name_en": fact.name_en,
        "plain_names": " ".join(plain),
        "promised_days": fact.promised,
        "promised_unit": (DayUnit.INSTANT if at_once else DayUnit.WORKING).value,
        "project_type": (ProjectType.INSTANT if instant else ProjectType.PROMISED).value,
        "has_fee": bool(tariffs_of(fact, date.min)),
        "fee_basis": told_["fee_basis"] or fact.fee_basis,
    }
    return {name: said for name, said in told_.items() if name not in OF_CITY} | own


def _nearer(item: Item, fact: Fact) -> Mapping[str, Any]:
    """In what the districts' guides were tighter from the start; nothing for the city's own."""
    found: Mapping[str, Any] = told("city")["nearer"].get(fact.name, {})
    return found if item.inherits is not None else {}


def version_of(item: Item, fact: Fact, since: date) -> ItemVersion:
    """The item's words, unsaved: in force from ``since``, or a draft where no matter tells them."""
    if fact.waits_for_tariff:
        return ItemVersion(item=item, number=1, **words_for(fact) | {"has_fee": True})
    if fact.matter is not None:
        return ItemVersion(
            item=item,
            number=1,
            state=VersionState.PUBLISHED.value,
            effective_from=since,
            published_at=datetime.combine(since, time(9), get_default_timezone()),
            **words_for(fact) | _nearer(item, fact).get("words", {}),
        )
    return ItemVersion(
        item=item,
        number=1,
        name=fact.name,
        name_en=fact.name_en,
        plain_names=fact.plain,
        service_objects=[fact.serves],
        project_type=(ProjectType.INSTANT if fact.promised <= 1 else ProjectType.PROMISED).value,
        statutory_days=fact.statutory,
        promised_days=fact.promised,
        statutory_basis=fact.legal_basis,
        has_fee=bool(fact.fee),
        fee_basis=fact.fee_basis,
    )


def told_of(fact: Fact, codes: Mapping[str, str]) -> dict[str, Any]:
    """The rows of the guide by family; ``codes``: the city's item of each matter."""
    if fact.matter is None:
        return {"laws": [{"law": fact.law, "article": fact.article}]}
    told_ = rows_of(fact.matter, codes)
    if said := _prices(fact.matter.get("fee") or {}):
        told_["faqs"].insert(0, said)
    return told_


def rows_for(
    version: ItemVersion, fact: Fact, items: Mapping[str, Item]
) -> dict[str, list[Material | FlowStep | LawRef | Faq | Prerequisite]]:
    """The same as records, unsaved; ``items``: the city's item of each matter."""
    without = _nearer(version.item, fact).get("without", ())
    codes = {key: item.code for key, item in items.items()}
    by_code = {item.code: item for item in items.values()}
    made: dict[str, list[Any]] = {}
    for family, rows in told_of(fact, codes).items():
        if family not in FAMILIES:
            continue
        for place, row in enumerate(one for one in rows if one.get("key") not in without):
            told_ = dict(row)
            if family == "prerequisites":
                told_["item"] = by_code.get(told_["item"])
            one = FAMILIES[family](version=version, position=place, **told_)
            made.setdefault(family, []).append(one)
    return made


def form_of(version: ItemVersion, fact: Fact) -> Form | None:
    """The questions asked online."""
    form = fact.matter.get("form") if fact.matter else None
    if form is None:
        return None
    title = form["title"]
    fields = FULL.get(fact.name, form["fields"])
    return Form(version=version, title=title["zh"], title_en=title["en"], fields=fields)


def _prices(fee: Mapping[str, Any]) -> dict[str, str] | None:
    """What each case costs, where the matter has several; the bill charges the first of them."""
    lines = fee.get("lines", ())
    if len(lines) < 2:
        return None
    zh = [f"{one['name']['zh']}：{one['fen'] / 100:.0f}元{_per(one, 'zh')}。" for one in lines]
    en = [
        f"{one['name']['en']}: ¥{one['fen'] / 100:.0f} {_per(one, 'en')}".rstrip() for one in lines
    ]
    if note := fee.get("note"):
        zh.append(note["zh"])
        en.append(note["en"])
    return {
        "question": "各种情形分别收多少钱？",
        "question_en": "What does each case cost?",
        "answer": "\n".join(zh),
        "answer_en": "\n".join(en),
    }


def _per(line: Mapping[str, Any], language: str) -> str:
    return str(line.get("per", {}).get(language, ""))


def tariffs_of(fact: Fact, since: date) -> list[dict[str, Any]]:
    """The approved fees of an item: each line of its matter, or the one of the list. A11."""
    fee = (fact.matter or {}).get("fee") or {"charged": bool(fact.fee)}
    if not fee["charged"] or fact.matter is None or fact.waits_for_tariff:
        return []
    basis = fee.get("basis") or fact.fee_basis
    days = {"effective_from": since, "effective_until": None}
    lines = fee.get("lines", ())
    if not lines:
        return [
            {
                "code": "standard",
                "name": f"{fact.name}收费",
                "name_en": f"Fee: {fact.name_en}",
                "amount": fact.fee,
                "unit": fact.fee_per or "件",
                "basis": fact.fee_basis or basis,
                "price_approval": fact.fee_basis or basis,
                **days,
            }
        ]
    return [
        {
            "code": f"fee-{n}",
            "name": line["name"]["zh"],
            "name_en": line["name"]["en"],
            "amount": line["fen"],
            "unit": _per(line, "zh").removeprefix("每") or "件",
            "basis": fact.fee_basis or basis,
            "price_approval": fact.fee_basis or basis,
            **days,
        }
        for n, line in enumerate(lines, 1)
    ]
