"""How codes of entries and items are made. Pure; a strategy is chosen by a setting.

A code is a name and nothing more: no rule ever reads it back. Three strategies, after what is
found in the field (norms 1.2); a city adds its own to ``STRATEGIES``.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from openhall.catalogue.terms import ItemKind
from openhall.glossary import Said
from openhall.paging.typed import Unreadable

LETTERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        ItemKind.PERMIT.value: "XK",
        ItemKind.GRANT.value: "JF",
        ItemKind.INSPECTION.value: "JC",
        ItemKind.CONFIRMATION.value: "QR",
        ItemKind.REWARD.value: "JL",
        ItemKind.ADJUDICATION.value: "CJ",
        ItemKind.OTHER.value: "QT",
        ItemKind.PUBLIC_SERVICE.value: "FW",
    }
)
CREDIT_CODE_LENGTH: Final = 18
NO_CREDIT_CODE: Final = Said(
    "本单位没有登记统一社会信用代码，不能生成国家样式的实施编码。请先补登。",
    "The unit has no unified social credit code, which a code of the national style is made of. "
    "Enter it first.",
)


class CannotCode(Unreadable):
    """The unit lacks what the strategy needs; ``said`` says what."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What a unit claims: the entry's code and kind, and who the unit is."""

    entry: str
    kind: str
    organ: str
    division: str = ""
    credit_code: str = ""


@dataclass(frozen=True, slots=True)
class Strategy:
    """``*_scope`` says within what a serial counts; ``*_code`` writes the code of that serial."""

    zh: str
    en: str
    entry_scope: Callable[[str], str]
    entry_code: Callable[[str, int], str]
    item_scope: Callable[[Claim], str]
    item_code: Callable[[Claim, int], str]


def _department(claim: Claim) -> str:
    """Two letters for the unit, from its own code in this system."""
    letters = re.sub(r"[^A-Za-z]", "", claim.organ.rsplit("-", 1)[-1]).upper()
    return (letters + "ZZ")[:2]


def _region(claim: Claim) -> str:
    division = (re.sub(r"\D", "", claim.division) + "0" * 8)[:8]
    return f"{division}{_department(claim)}-{LETTERS.get(claim.kind, 'QT')}-"


def _base(kind: str) -> str:
    return f"{int(kind):02d}"


def _national(claim: Claim) -> str:
    if len(claim.credit_code) != CREDIT_CODE_LENGTH:
        raise CannotCode(NO_CREDIT_CODE)
    entry = re.sub(r"[^0-9A-Za-z]", "", claim.entry)
    return f"{(entry + '0' * 12)[:12]}{claim.credit_code}-"


STRATEGIES: Final[Mapping[str, Strategy]] = MappingProxyType(
    {
        "serial": Strategy(
            "流水号（无含义）",
            "Opaque serial",
            entry_scope=lambda kind: "E",
            entry_code=lambda kind, serial: f"E{serial:07d}",
            item_scope=lambda claim: "S",
            item_code=lambda claim, serial: f"S{serial:09d}",
        ),
        "region": Strategy(
            "区划8位+部门2位-类型-序号4位（2010年代样式）",
            "Region, department, type, serial (2010s style)",
            entry_scope=lambda kind: f"{LETTERS.get(kind, 'QT')}-",
            entry_code=lambda kind, serial: f"{LETTERS.get(kind, 'QT')}-{serial:04d}",
            item_scope=_region,
            item_code=lambda claim, serial: f"{_region(claim)}{serial:04d}",
        ),
        "national": Strategy(
            "基本编码12位+统一社会信用代码18位+序号（国家样式）",
            "Base code, credit code, serial (national style)",
            entry_scope=_base,
            entry_code=lambda kind, serial: f"{_base(kind)}{serial:05d}000" + "00",
            item_scope=_national,
            item_code=lambda claim, serial: f"{_national(claim)[:-1]}{serial:d}",
        ),
    }
)
