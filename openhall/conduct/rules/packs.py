"""Rules of conduct as values: what costs how many points, as a version in force brings them. A13.

成办发〔2003〕75号 asks for rules of conduct, good service and handling by law; the points are each
place's own (norms 3.7 shows three). A month is assessed by the rules of its first day.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Any, Final

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
    base: Decimal
    grace_minutes: int  # late or early up to here is the smaller rule
    away_minutes: int  # away from the window longer than this in one shift
    objection_days: int  # working days after it was drawn up
    few: int
    rules: Mapping[str, Rule]


NUMBERS: Final = ("grace_minutes", "away_minutes", "objection_days", "few")
# What is counted from shifts, cases and ratings: its head and its words with the pack's minutes.
COUNTED: Final = MappingProxyType(
    {
        "late": (
            Head.ATTENDANCE,
            "迟到或者早退{grace_minutes}分钟以内",
            "Late or early by up to {grace_minutes} minutes",
        ),
        "later": (
            Head.ATTENDANCE,
            "迟到或者早退超过{grace_minutes}分钟",
            "Late or early by more than {grace_minutes} minutes",
        ),
        "no-sign-out": (Head.ATTENDANCE, "没有签退，由管理人员代签", "Did not sign out"),
        "absent": (Head.ATTENDANCE, "排班未到岗", "On the roster and not there"),
        "away": (
            Head.ATTENDANCE,
            "离窗累计超过{away_minutes}分钟",
            "Away from the window over {away_minutes} minutes",
        ),
        "answer-late": (
            Head.WORK,
            "超过期限才答复是否受理",
            "Answered an application after its last day",
        ),
        "bad-rating": (
            Head.RATING,
            "受理环节差评，核实属实",
            "A bad rating of the taking in, found true",
        ),
    }
)


def pack_of(
    code: str,
    basis: str,
    base: Decimal,
    numbers: Mapping[str, int],
    points: Mapping[str, Any],
    seen: Iterable[Iterable[str]],
) -> ConductPack:
    """The rules of a version: points of what is counted, and the rules of inspection as rows."""
    rules = {
        name: Rule(head, Decimal(points[name]), Said(zh.format(**numbers), en.format(**numbers)))
        for name, (head, zh, en) in COUNTED.items()
        if Decimal(points.get(name, 0))
    }
    for name, head, cost, zh, en in seen:
        rules[name] = Rule(Head(head), Decimal(cost), Said(zh, en), seen=True)
    return ConductPack(code, basis, base, **numbers, rules=MappingProxyType(rules))


SHIPPED: Final = pack_of(
    "local-2026",
    "成办发〔2003〕75号 二（一），本市考核办法（示例，施行前须换成本市文件）",
    Decimal(100),
    {"grace_minutes": 10, "away_minutes": 15, "objection_days": 5, "few": 30},
    {
        "late": 1, "later": 2, "no-sign-out": 2, "absent": 5, "away": 3, "answer-late": 5,
        "bad-rating": 2,
    },
    (
        ("refused-wrongly", "work", "2", "应当收件而不收", "Did not take what should be taken"),
        ("not-told-once", "work", "2", "补正没有一次告知清楚", "Did not say once what was missing"),
        ("fee", "work", "5", "擅自收费或者超标准收费", "Charged against the standard"),
        ("behind", "discipline", "2", "带办事人进柜台内办理", "Served somebody behind the counter"),
        ("idle", "discipline", "2", "上班时间玩游戏、炒股、看视频", "Games, stocks or videos"),
        ("manner", "discipline", "2", "与办事人争吵，没有报窗口负责人", "Argued with a visitor"),
        ("untidy", "discipline", "1", "窗口不整洁、用餐", "Ate, or left the window untidy"),
    ),
)  # fmt: skip

MARK: Final = re.compile(r"[a-z][a-z0-9-]{1,18}")


def as_lines(pack: ConductPack) -> str:
    """The rules of inspection as they are typed: one a line."""
    return "\n".join(
        f"{name} | {one.head.zh} | {one.points} | {one.words.zh} | {one.words.en}"
        for name, one in pack.rules.items()
        if one.seen
    )


def read_lines(text: str) -> tuple[list[list[str]], list[Said]]:
    """Lines as rows, and every fault with the number of its line."""
    rows: list[list[str]] = []
    faults: list[Said] = []
    heads = {word: one.value for one in Head for word in (one.zh, one.en.lower(), one.value)}

    def wrong(n: int, zh: str, en: str) -> None:
        faults.append(Said(f"第{n}行：{zh}", f"Line {n}: {en}"))

    for n, line in enumerate(filter(str.strip, text.splitlines()), start=1):
        parts = [part.strip() for part in line.replace("｜", "|").split("|")]
        if len(parts) != 5 or not all(parts):
            wrong(n, "应为“代码 | 类别 | 分值 | 中文 | English”五项。", "five parts between bars.")
            continue
        name, head, cost, zh, en = parts
        if not MARK.fullmatch(name) or name in COUNTED or name in [row[0] for row in rows]:
            wrong(n, "代码用小写字母，且不重复。", "a mark of small letters, used once.")
        if head.lower() not in heads:
            known = "、".join(one.zh for one in Head)
            wrong(n, f"类别应为{known}之一。", f"one of the heads {known}.")
        try:
            fits = Decimal("0") < Decimal(cost) <= 100
        except InvalidOperation:
            fits = False
        if not fits:
            wrong(n, "分值应在0到100之间。", "points between 0 and 100.")
        rows.append([name, heads.get(head.lower(), ""), cost, zh, en])
    return rows, faults
