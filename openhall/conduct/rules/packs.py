"""Rules of conduct by the day: what costs how many points; dated, with their basis. A13.

成办发〔2003〕75号 asks for rules of conduct, good service and handling by law; the points are each
place's own (norms 3.7 shows three). A month is assessed by the pack of its first day.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from openhall.conduct.terms import Head
from openhall.glossary import Said


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: under which head, how many points, what it says. ``seen``: found by inspection."""

    head: Head
    points: Decimal
    words: Said
    seen: bool = False


@dataclass(frozen=True, slots=True)
class ConductPack:
    """The rules in force from a day. ``few``: with fewer services nothing is compared."""

    code: str
    basis: str
    effective_from: date
    base: Decimal
    grace_minutes: int  # late or early up to here is the smaller rule
    away_minutes: int  # away from the window longer than this in one shift
    objection_days: int  # working days after it was drawn up
    few: int
    rules: Mapping[str, Rule]


def _rule(head: Head, points: str, zh: str, en: str, *, seen: bool = False) -> Rule:
    return Rule(head, Decimal(points), Said(zh, en), seen)


_A, _W, _R, _D = Head.ATTENDANCE, Head.WORK, Head.RATING, Head.DISCIPLINE
LOCAL_2026: Final = ConductPack(
    code="local-2026",
    basis="成办发〔2003〕75号 二（一），本市考核办法（示例，施行前须换成本市文件）",
    effective_from=date(2003, 1, 1),
    base=Decimal(100),
    grace_minutes=10,
    away_minutes=15,
    objection_days=5,
    few=30,
    rules=MappingProxyType(
        {
            "late": _rule(_A, "1", "迟到或者早退10分钟以内", "Late or early by up to 10 minutes"),
            "later": _rule(_A, "2", "迟到或者早退超过10分钟", "Late or early by more"),
            "no-sign-out": _rule(_A, "2", "没有签退，由管理人员代签", "Did not sign out"),
            "absent": _rule(_A, "5", "排班未到岗", "On the roster and not there"),
            "away": _rule(_A, "3", "离窗累计超过15分钟", "Away from the window over 15 minutes"),
            "answer-late": _rule(
                _W, "5", "超过期限才答复是否受理", "Answered an application after its last day"
            ),
            "bad-rating": _rule(
                _R, "2", "受理环节差评，核实属实", "A bad rating of the taking in, found true"
            ),
            "refused-wrongly": _rule(
                _W, "2", "应当收件而不收", "Did not take what should be taken", seen=True
            ),
            "not-told-once": _rule(
                _W, "2", "补正没有一次告知清楚", "Did not say once what was missing", seen=True
            ),
            "fee": _rule(
                _W, "5", "擅自收费或者超标准收费", "Charged against the standard", seen=True
            ),
            "behind": _rule(
                _D, "2", "带办事人进柜台内办理", "Served somebody behind the counter", seen=True
            ),
            "idle": _rule(
                _D, "2", "上班时间玩游戏、炒股、看视频", "Games, stocks or videos", seen=True
            ),
            "manner": _rule(
                _D, "2", "与办事人争吵，没有报窗口负责人", "Argued with a visitor", seen=True
            ),
            "untidy": _rule(
                _D, "1", "窗口不整洁、用餐", "Ate, or left the window untidy", seen=True
            ),
        }
    ),
)
PACKS: Final = (LOCAL_2026,)


def pack_on(day: date) -> ConductPack:
    """The rules in force on ``day``."""
    held = [one for one in PACKS if one.effective_from <= day]
    return held[-1] if held else PACKS[0]


def pack_called(code: str) -> ConductPack:
    """The rules of this code."""
    return next((one for one in PACKS if one.code == code), PACKS[-1])
