"""Writing an item's guide from its facts: the nine elements, whole and in both languages. A7.

The facts (name, law, limits, fee) come from ``data/items.csv``, the sentences around them from
``data/guides.json``.
"""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

from openhall.catalogue.models import (
    Faq,
    FlowStep,
    Form,
    Item,
    ItemVersion,
    LawRef,
    Material,
)
from openhall.catalogue.terms import (
    ItemKind,
    ProjectType,
    ServiceObject,
)
from openhall.demo.data import filled, told
from openhall.demo.forms import fields_of

SAID: Final = told("guides")
CONTACT: Final[dict[str, str]] = SAID["contact"]
HOTLINE: Final = CONTACT["enquiry_phone"]
LONGEST: Final = 200  # signs of a name
TEXTS: Final = ("organ", "name", "name_en", "plain", "law", "article", "fee_basis", "material")


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of ``data/items.csv``. Limits in working days, ``fee`` in fen."""

    organ: str
    name: str
    name_en: str
    plain: str
    law: str
    article: str
    fee_basis: str
    material: str
    kind: ItemKind
    serves: ServiceObject
    statutory: int
    promised: int
    fee: int

    @classmethod
    def read(cls, row: dict[str, str]) -> "Fact":
        texts: dict[str, Any] = {name: row[name] for name in TEXTS}
        return cls(
            **texts,
            kind=ItemKind(row["kind"]),
            serves=ServiceObject(row["object"]),
            statutory=int(row["statutory"]),
            promised=int(row["promised"]),
            fee=int(row["fee_fen"] or 0),
        )

    def tells(self, what: str) -> Any:
        """The words of the guide's part ``what``, about this item."""
        known = asdict(self) | {"object": self.serves.value, "yuan": f"{self.fee / 100:.0f}"}
        for name, pair in (
            ("who", SAID["who"].get(self.serves, SAID["who"]["7"])),
            ("result", SAID["result"].get(self.kind.name, SAID["result"][""])),
            ("cost", filled(SAID["cost"]["fee" if self.fee else "free"], known)),
        ):
            known[name], known[f"{name}_en"] = pair
        return filled(SAID[what], known)


def version_of(item: Item, fact: Fact, place: tuple[str, str], since: date) -> ItemVersion:
    """The item's words, in force from ``since``; unsaved."""
    words = fact.tells("version")
    words |= {name: words[name][:LONGEST] for name in ("result_name", "result_name_en")}
    return ItemVersion(
        item=item,
        effective_from=since,
        project_type=(ProjectType.INSTANT if fact.promised <= 1 else ProjectType.PROMISED).value,
        statutory_days=fact.statutory,
        promised_days=fact.promised,
        has_fee=bool(fact.fee),
        address=place[0],
        address_en=place[1],
        **words,
        **CONTACT,
    )


def materials_of(version: ItemVersion, fact: Fact) -> list[Material]:
    """What to bring: the form, who applies, and what the item itself demands."""
    form, special = fact.tells("materials")
    identity = SAID["identity"]["person" if fact.serves == ServiceObject.PERSON else "body"]
    every = fact.tells("every_material")
    special["source"] = "government" if "证" in fact.material else "applicant"
    return [
        Material(version=version, position=place, **every | row)
        for place, row in enumerate((form, identity, special))
    ]


def steps_of(version: ItemVersion, fact: Fact) -> list[FlowStep]:
    """Receipt, review, decision, delivery, whose days add up to the promise."""
    review = max(fact.promised - 2, 0)
    days = (0, review, fact.promised - review, 0, 10)
    return [
        FlowStep(version=version, position=place, days=spent, **row)
        for place, (row, spent) in enumerate(zip(SAID["steps"], days, strict=True))
    ]


def laws_of(version: ItemVersion, fact: Fact) -> list[LawRef]:
    return [LawRef(version=version, law=fact.law, article=fact.article)]


def faqs_of(version: ItemVersion, fact: Fact) -> list[Faq]:
    """What people ask first: time and money."""
    return [
        Faq(version=version, position=place, **row) for place, row in enumerate(fact.tells("faqs"))
    ]


def form_of(version: ItemVersion, fact: Fact) -> Form:
    """The questions asked online."""
    fields = fields_of(fact.name, fact.serves == ServiceObject.PERSON)
    words = fact.tells("form")
    return Form(
        version=version,
        title=words["title"],
        title_en=words["title_en"][:LONGEST],
        fields=fields,
    )


def tariff_of(fact: Fact, since: date) -> dict[str, Any]:
    """The approved fee of an item that has one. A11."""
    words = fact.tells("tariff")
    words["name_en"] = words["name_en"][:LONGEST]
    days = {"effective_from": since, "effective_until": None}
    return {"code": "standard", "amount": fact.fee, "unit": "件", **days, **words}
