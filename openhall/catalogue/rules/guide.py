"""A guide as the rules read it, and what it means to say nothing. Pure values."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from openhall.catalogue.terms import DayUnit, GuideElement, ItemKind, OnlineDepth, ProjectType
from openhall.glossary import Said
from openhall.paging.typed import narrow

LEAST: Final = 2  # characters that say something
# What people put where something must stand; the list of the Legal Affairs Office has sentences.
PLACEHOLDERS: Final = frozenset(
    {"na", "none", "null", "nil", "tbd", "todo", "undefined", "test"}
    | {"不详", "未知", "不适用", "没有", "暂缺", "同前", "见上", "见说明", "见备注", "待通知"}
    | {"依法", "按规定", "按要求", "其它", "有关材料", "相关证明"}
)
# They say nothing where a guide must answer, yet real lists have items of these names.
ANSWERS: Final = frozenset({"咨询窗口", "电话咨询"})
WITHIN: Final = 3  # a phrase this long is also taken out of the middle of a text


# What a guide leaves to its unit where it has none of its own, and what the unit calls it.
OF_UNIT: Final = {
    "enquiry_phone": "phone",
    "complaint_phone": "complaint_phone",
    "address": "address",
    "address_en": "address_en",
    "hours": "hours",
    "hours_en": "hours_en",
}
# Of these, what the hall says in which the unit receives people, where the matter is in a hall.
OF_HALL: Final = ("address", "address_en", "hours", "hours_en")


@dataclass(frozen=True, slots=True)
class MaterialFacts:
    """One material as the gate reads it."""

    name: str
    legal_basis: str
    source: str
    key: str = ""
    necessity: str = "required"
    condition: str = ""
    originals: int = 1
    copies: int = 0


@dataclass(frozen=True, slots=True)
class RowText:
    """What a row of a family says in free words: the family, its row from 0, its field."""

    family: str
    row: int
    column: str
    text: str


@dataclass(frozen=True, slots=True)
class Guide:
    """One version of an item with all that its guide says. Days in their unit."""

    name: str = ""
    kind: str = ItemKind.PERMIT.value
    summary: str = ""
    conditions: str = ""
    conditions_en: str = ""
    in_force: date | None = None  # its first day, where known
    service_objects: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    project_type: str = ProjectType.PROMISED.value
    statutory_days: int | None = None
    statutory_unit: str = DayUnit.WORKING.value
    promised_days: int | None = None
    promised_unit: str = DayUnit.WORKING.value
    quantity_limit: str = ""
    visits: int | None = None
    visit_reason: str = ""
    online_depth: str = OnlineDepth.NONE.value
    accepts_post: bool = False
    accepts_appointments: bool = False
    has_fee: bool | None = None
    fee_basis: str = ""
    pays_online: bool = False
    tariffs: int = 0
    prices: tuple[tuple[str, int], ...] = ()  # code and fen of each tariff, where compared
    enquiry_phone: str = ""
    complaint_phone: str = ""
    address: str = ""
    hours: str = ""
    result_kind: str = ""
    result_name: str = ""
    result_validity: str = ""
    result_sample: bool = False
    result_by_post: bool = False
    area_scope: str = ""
    intermediary: str = ""
    season_from: str = ""
    season_until: str = ""
    steps: tuple[str, ...] = ()
    materials: tuple[MaterialFacts, ...] = ()
    no_material_needed: bool = False
    laws: tuple[tuple[str, str], ...] = ()  # law, article
    law_numbers: tuple[str, ...] = ()  # 文号 of each, in the same order
    faqs: int = 0
    prerequisites: int = 0
    no_prerequisites: bool = False
    written: tuple[RowText, ...] = ()  # what the rows say in free words


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong: the element, the field it stands beside, what to do about it.

    For a row of ``field`` (materials, laws …) ``row`` counts from 0 and ``column`` is its field.
    """

    element: GuideElement
    field: str
    said: Said
    row: int | None = None
    column: str = ""

    def __str__(self) -> str:
        return f"{self.element.zh}:{self.said}"


def bare(text: str) -> str:
    """``text`` without signs and spaces."""
    return re.sub(r"[\W_]+", "", text)


@lru_cache(maxsize=16)
def _bared(phrases: frozenset[str]) -> tuple[str, ...]:
    """The phrases without signs, the longest first; a city has one list, read for every field."""
    return tuple(sorted({bare(one) for one in phrases}, key=len, reverse=True))


def is_hollow(text: str, phrases: Iterable[str] = (), *, name: bool = False) -> bool:
    """Whether ``text`` says nothing: too short, signs only, or nothing but stock phrases.

    ``name``: it names an item or an organ, so a phrase that may be a name is one.
    """
    said = bare(text)
    if len(said) < LEAST or len(set(said)) == 1:  # xx, 无无
        return True
    word = narrow(said).casefold()
    if word in PLACEHOLDERS or (word in ANSWERS and not name):
        return True
    for phrase in _bared(frozenset(phrases)):
        if said == phrase:
            return True
        if len(phrase) >= WITHIN:
            said = said.replace(phrase, "")
    return len(said) < LEAST


def is_stock(text: str, phrases: Iterable[str] = ()) -> bool:
    """Whether ``text`` is said, and said in stock phrases only; a short word is not one."""
    return len(bare(text)) >= LEAST and is_hollow(text, phrases)
