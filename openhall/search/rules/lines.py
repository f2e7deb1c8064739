"""The rules as staff type them: one line each; and back. Pure.

``房产证 = 不动产登记；不动产权证书`` · ``guide:X | 1.2 | 理由 | 2026-12-31`` ·
``疫苗 | guide:X | 2026-11-01 | 2026-11-30 | 理由``.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from openhall.glossary import Said
from openhall.paging.whole import day

MEANS: Final = re.compile("[=＝]")
BETWEEN: Final = re.compile("[;；]")  # official names have commas and 、 of their own
BAR: Final = re.compile("[|｜]")
MOST: Final = 1000
LONGEST: Final = 60
WEIGHT: Final = re.compile(r"[0-9](\.[0-9]{1,2})?")

Row = dict[str, Any]


class NotALine(Exception):
    """A line that cannot be read; ``said`` names it and what it should be."""

    def __init__(self, said: Said) -> None:
        super().__init__(said.zh)
        self.said = said


def _wrong(number: int, zh: str, en: str) -> NotALine:
    return NotALine(Said(f"第{number}行：{zh}", f"Line {number}: {en}"))


def _lines(typed: str) -> Iterable[tuple[int, str]]:
    told = [line.strip() for line in typed.splitlines()]
    if len(told) > MOST:
        raise _wrong(MOST + 1, f"最多{MOST}行。", f"at most {MOST} lines.")
    return ((number, line) for number, line in enumerate(told, start=1) if line)


def read_words(typed: str) -> list[Row]:
    """Everyday words. Raises :class:`NotALine`."""
    rows = []
    for number, line in _lines(typed):
        said, *rest = MEANS.split(line, maxsplit=1)
        means = [one.strip() for one in BETWEEN.split("".join(rest)) if one.strip()]
        if not said.strip() or not means or len(said) > LONGEST:
            raise _wrong(
                number, "应为“俗称 = 规范用语；规范用语”。", "“everyday word = official word; …”."
            )
        rows.append({"said": said.strip(), "means": means})
    return rows


def _fields(number: int, line: str, count: int, shape: Said) -> list[str]:
    fields = [one.strip() for one in BAR.split(line)]
    if len(fields) != count:
        raise _wrong(number, f"应为“{shape.zh}”。", f"“{shape.en}”.")
    return fields


def _day(number: int, said: str, *, must: bool = False) -> str:
    if (said or must) and day(said) is None:
        raise _wrong(number, f"“{said}”不是日期，应如2026-12-31。", f"“{said}” is no day.")
    return said


def read_boosts(typed: str) -> list[Row]:
    """Weights of single results, each with its reason and perhaps a last day."""
    shape = Said("编号 | 权重 | 理由 | 截止日", "record | weight | reason | last day")
    rows = []
    for number, line in _lines(typed):
        record, weight, reason, until = _fields(number, line, 4, shape)
        if not WEIGHT.fullmatch(weight):
            raise _wrong(number, f"“{weight}”不是权重，应如1.2。", f"“{weight}” is no weight.")
        rows.append(
            {
                "record": record,
                "weight": float(weight),
                "reason": reason,
                "until": _day(number, until),
            }
        )
    return rows


def read_pins(typed: str) -> list[Row]:
    """Answers placed first for a query on some days, each with its reason."""
    shape = Said("检索词 | 编号 | 起 | 止 | 理由", "query | record | from | until | reason")
    rows = []
    for number, line in _lines(typed):
        query, record, since, until, reason = _fields(number, line, 5, shape)
        rows.append(
            {
                "query": query,
                "record": record,
                "from": _day(number, since, must=True),
                "until": _day(number, until),
                "reason": reason,
            }
        )
    return rows


def words_as_lines(rows: Iterable[Mapping[str, Any]]) -> str:
    return "\n".join(f"{row['said']} = {'；'.join(row['means'])}" for row in rows)


def boosts_as_lines(rows: Iterable[Mapping[str, Any]]) -> str:
    return "\n".join(
        f"{row['record']} | {row['weight']:g} | {row['reason']} | {row.get('until', '')}"
        for row in rows
    )


def pins_as_lines(rows: Iterable[Mapping[str, Any]]) -> str:
    return "\n".join(
        f"{row['query']} | {row['record']} | {row['from']} | {row.get('until', '')} | "
        f"{row['reason']}"
        for row in rows
    )
