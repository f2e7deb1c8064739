"""Rule packs: the procedure in force on a date, as dated data with its legal basis.

**Where is the five-day rule?** Here: ``answer_days`` of the statute pack, 行政许可法 32(4).
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from openhall.glossary import Said


@dataclass(frozen=True, slots=True)
class RulePack:
    """Limits of one procedure. All day counts are working days (行政许可法 82).

    ``None`` means the pack knows no such rule: the 2003 policy has no statutory default.
    """

    code: str
    basis: str
    effective_from: date
    effective_until: date | None
    answer_days: int | None  # accept, ask once or decline within; silence accepts
    decision_days: int | None  # statutory default where the item names none
    extension_days: int | None  # by the head of the organ
    joint_decision_days: int | None
    joint_extension_days: int | None  # by the head of the government
    delivery_days: int | None
    supplement_days: int  # given to the applicant to answer a supplement notice


POLICY_2003: Final = RulePack(
    code="chengdu-2003-75",
    basis="成办发〔2003〕75号",
    effective_from=date(2003, 5, 26),
    effective_until=date(2004, 6, 30),
    answer_days=None,
    decision_days=None,
    extension_days=None,
    joint_decision_days=None,
    joint_extension_days=None,
    delivery_days=None,
    supplement_days=30,
)

STATUTE_2004: Final = RulePack(
    code="licensing-law-2004",
    basis="行政许可法",
    effective_from=date(2004, 7, 1),
    effective_until=None,
    answer_days=5,  # 行政许可法 32(4)
    decision_days=20,  # 42
    extension_days=10,  # 42
    joint_decision_days=45,  # 42
    joint_extension_days=15,  # 42
    delivery_days=10,  # 44
    supplement_days=30,  # a default a city may change; the statute names no limit
)

PACKS: Final = (POLICY_2003, STATUTE_2004)


class NoPackInForce(LookupError):
    """No procedure was in force on the day; ``said`` in both languages."""

    def __init__(self, said: Said) -> None:
        super().__init__(said.en)
        self.said = said


def pack_on(day: date) -> RulePack:
    """The rule pack in force on ``day``; raises :class:`NoPackInForce` before 26 May 2003."""
    for pack in PACKS:
        if pack.effective_from <= day and (
            pack.effective_until is None or day <= pack.effective_until
        ):
            return pack
    first = PACKS[0].effective_from
    raise NoPackInForce(
        Said(
            f"{day:%Y-%m-%d}没有施行中的办理规则（最早自{first:%Y-%m-%d}施行）。",
            f"No procedure was in force on {day:%Y-%m-%d}; the first began on {first:%Y-%m-%d}.",
        )
    )


def pack_named(code: str) -> RulePack:
    """The pack whose code a case keeps; raises :class:`NoPackInForce` if there is none."""
    for pack in PACKS:
        if pack.code == code:
            return pack
    raise NoPackInForce(Said(f"没有名为{code}的办理规则。", f"No procedure is named {code}."))
