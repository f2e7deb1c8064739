"""A framework of indicators: written line by line; what a unit's sheets make of it together."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from math import fsum, sqrt
from typing import Any, Final

from openhall.appraisal.rules.raters import agreement, severity
from openhall.glossary import Said
from openhall.paging.typed import Unreadable
from openhall.paging.whole import whole

HUNDRED: Final = 100
COLUMNS: Final = 7
WITH_ENGLISH: Final = 9  # of the condition and of the evidence too
POINTS_IN: Final = 100  # told in hundredths of a point: the log knows whole numbers
Marks = Mapping[str, int | None]  # by indicator; None: does not apply


@dataclass(frozen=True, slots=True)
class Indicator:
    """``applies``: under which condition it does, where it may not (有条件的); else empty."""

    code: str
    head: str
    title: str
    title_en: str
    weight: int
    applies: str
    evidence: str
    applies_en: str = ""
    evidence_en: str = ""

    @property
    def condition(self) -> Said:
        return Said(self.applies, self.applies_en or self.applies)

    @property
    def proof(self) -> Said:
        """What shows it."""
        return Said(self.evidence, self.evidence_en or self.evidence)


def indicators_in(rows: Sequence[Mapping[str, Any]]) -> list[Indicator]:
    return [Indicator(**row) for row in rows]


def plain(rows: Sequence[Indicator]) -> list[dict[str, Any]]:
    return [asdict(one) for one in rows]


def indicators_of(text: str) -> list[Indicator]:
    """A line each: ``code | head | title | English | weight | applies where | evidence``; after
    them, if wanted, the condition and the evidence in English."""
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        cells = [one.strip() for one in line.replace("｜", "|").split("|")]
        weight = whole(cells[4]) if len(cells) in (COLUMNS, WITH_ENGLISH) else None
        if weight is None:
            raise Unreadable(
                Said(
                    f"第{number}行应为{COLUMNS}栏（含英文为{WITH_ENGLISH}栏），用“|”隔开，第五栏是整数权重。",
                    f"Line {number} has {COLUMNS} cells apart by “|” ({WITH_ENGLISH} in both), "
                    "the fifth a whole weight.",
                )
            )
        code, head, title, english = cells[:4]
        found.append(Indicator(code, head, title, english, weight, *cells[5:]))
    return found


def as_text(rows: Sequence[Indicator]) -> str:
    """The lines :func:`indicators_of` reads."""
    return "\n".join(
        f"{one.code} | {one.head} | {one.title} | {one.title_en} | {one.weight} | {one.applies} | "
        f"{one.evidence}"
        + (f" | {one.applies_en} | {one.evidence_en}" if one.applies_en + one.evidence_en else "")
        for one in rows
    )


def faults_of_indicators(rows: Sequence[Indicator]) -> Iterator[Said]:
    """What forbids publishing them."""
    total = sum(one.weight for one in rows)
    if total != HUNDRED:
        yield Said(
            f"各项权重合计应为100，现为{total}。", f"The weights make 100 together, not {total}."
        )
    codes = [one.code for one in rows]
    if len(set(codes)) != len(codes) or not all(code.isalnum() for code in codes):
        yield Said(
            "每项指标的代码由字母和数字组成，不能重复。",
            "Each indicator has a code of its own, of letters and digits.",
        )
    if any(not one.title or one.weight <= 0 for one in rows):
        yield Said(
            "每项指标须有名称和大于0的权重。", "Each indicator has a title and a weight above 0."
        )


def faults_of_marks(rows: Sequence[Indicator], marks: Marks) -> Iterator[tuple[str, Said]]:
    """Each mark from 0 to 100; only an indicator with a condition may not apply."""
    for one in rows:
        mark = marks.get(one.code)
        if mark is None and not one.applies:
            yield one.code, Said("请打分，0—100。", "Give a mark from 0 to 100.")
        elif mark is not None and not 0 <= mark <= HUNDRED:
            yield one.code, Said("分数为0—100。", "A mark is 0 to 100.")


def total_of(rows: Sequence[Indicator], marks: Marks) -> float | None:
    """One sheet out of a hundred, over the indicators that apply."""
    told = [(one.weight, marks.get(one.code)) for one in rows]
    weight = sum(w for w, mark in told if mark is not None)
    return sum(w * mark for w, mark in told if mark is not None) / weight if weight else None


def summed(rows: Sequence[Indicator], sheets: Mapping[str, Mapping[str, Marks]]) -> dict[str, Any]:
    """Every unit's result with its spread, and how far the inspectors agree. Whole numbers.

    ``sheets``: marks by unit and inspector. Per indicator the mean over those for whom it applies;
    the unit is the weighted mean of these, its weights brought to a hundred again. Severities are
    told by inspector and correct nothing.
    """
    units = {unit: _unit(rows, team) for unit, team in sheets.items()}
    totals = {
        (unit, who): total
        for unit, team in sheets.items()
        for who, marks in team.items()
        if (total := total_of(rows, marks)) is not None
    }
    by_unit = [[total for (u, _w), total in totals.items() if u == unit] for unit in sheets]
    found = agreement(by_unit)
    told = {"icc": found.icc, "low": found.low, "high": found.high, "alpha": found.alpha}
    return {
        "units": units,
        "agreement": {
            name: None if value is None else round(value * 1000) for name, value in told.items()
        },
        "severity": {who: round(one * POINTS_IN) for who, one in severity(totals).items()}
        if totals
        else {},
    }


def _unit(rows: Sequence[Indicator], told: Mapping[str, Marks]) -> dict[str, Any]:
    means: dict[str, int | None] = {}
    weight, reached = 0, 0.0
    for one in rows:
        marks = [m for sheet in told.values() if (m := sheet.get(one.code)) is not None]
        if not marks:
            means[one.code] = None
            continue
        middle = fsum(marks) / len(marks)
        means[one.code] = round(middle * POINTS_IN)
        weight, reached = weight + one.weight, reached + one.weight * middle
    totals = [total for sheet in told.values() if (total := total_of(rows, sheet)) is not None]
    middle = fsum(totals) / len(totals) if totals else 0.0
    spread = (
        sqrt(fsum((one - middle) ** 2 for one in totals) / (len(totals) - 1))
        if len(totals) > 1
        else 0.0
    )
    return {
        "score": round(reached / weight * POINTS_IN) if weight else None,
        "members": len(told),
        "spread": round(spread * POINTS_IN),
        "low": round(min(totals) * POINTS_IN) if totals else None,
        "high": round(max(totals) * POINTS_IN) if totals else None,
        "indicators": means,
    }
