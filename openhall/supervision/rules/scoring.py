"""The composite score: nine parts with a floor of 0, every deduction a row. norms 4.3.

Nobody is ranked by speed: Chengdu itself gave that up. What is given for it is a bonus of dated
rules, which a city may set to nothing, each point with its arithmetic. A month with few cases has
no score but "too few cases", and a rate always comes with its interval.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from math import ceil, sqrt
from typing import Final

from openhall.glossary import Said
from openhall.supervision.terms import ScorePart

AT_LEAST: Final = 10  # closed cases; fewer are no ground for a score
INCOMPLETE_MOST: Final = Decimal(5)
HUNDREDTH: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Deduction:
    """One row: what was deducted, from which part, by which formula, and the paper behind it."""

    part: ScorePart
    rule: str
    value: Decimal
    formula: str
    reference: str


@dataclass(frozen=True, slots=True)
class Score:
    """The parts and their sum."""

    parts: Mapping[ScorePart, Decimal]
    bonus: Decimal
    incomplete: Decimal

    @property
    def total(self) -> Decimal:
        """Never below 0 and never above 100 plus the bonus."""
        return max(Decimal(0), sum(self.parts.values(), Decimal(0)) + self.bonus - self.incomplete)


def part_left(points: Decimal, deducted: Iterable[Decimal]) -> Decimal:
    """What is left of one part; never below 0."""
    return max(Decimal(0), points - sum(deducted, Decimal(0)))


def incomplete_off(closed: int, incomplete: int) -> Decimal:
    """-1 for each begun percent of closed cases with a missing step, at most -5."""
    if closed <= 0 or incomplete <= 0:
        return Decimal(0)
    return min(INCOMPLETE_MOST, Decimal(ceil(incomplete * 100 / closed)))


@dataclass(frozen=True, slots=True)
class BonusTerms:
    """``points`` from the share ``first`` on, ``more`` for each whole ``step`` beyond it, at most
    ``most``."""

    first: Decimal
    step: Decimal
    points: Decimal
    more: Decimal
    most: Decimal


@dataclass(frozen=True, slots=True)
class Bonus:
    """What a share brings, with the arithmetic as people read it."""

    value: Decimal
    formula: str


def bonus_of(good: int, total: int, terms: BonusTerms) -> Bonus:
    """What ``good`` of ``total`` bring; in whole numbers, so that no rounding gives a point."""
    if total <= 0 or terms.points <= 0:
        return Bonus(Decimal(0), "")
    beyond = Decimal(good) - terms.first * total
    if beyond < 0:
        return Bonus(Decimal(0), "")
    steps = int(beyond // (terms.step * total))
    value = min(terms.most, terms.points + terms.more * steps)
    share = (Decimal(good) * 100 / total).quantize(Decimal("0.1"), ROUND_HALF_UP)
    said = f"{good}/{total} = {share}% ≥ {terms.first * 100:.0f}%"
    first, more = terms.points.normalize(), terms.more.normalize()
    return Bonus(value, f"{said}：{first:f} + {steps} × {more:f}")


def fault_of_weights(weights: Mapping[ScorePart, Decimal]) -> tuple[Said, str] | None:
    """What is wrong with a set of weights, and beside which part; None if nothing."""
    for part in ScorePart:
        if weights.get(part) is None or weights[part] < 0:
            said = Said(
                f"请填写“{part.zh}”的分值，不小于0。", f"Give the points of “{part.en}”, from 0 on."
            )
            return said, part.value
    total = sum(weights.values(), Decimal(0))
    if total != 100:
        said = Said(
            f"九项分值合计须为100，现在是{total}。",
            f"The nine parts must add up to 100; they add up to {total}.",
        )
        return said, ""
    return None


def score(
    weights: Mapping[ScorePart, Decimal],
    deductions: Iterable[Deduction],
    *,
    closed: int = 0,
    incomplete: int = 0,
    bonus: Decimal = Decimal(0),
) -> Score:
    """The score of one unit and month from the weights in force and its deductions."""
    rows = list(deductions)
    parts = {
        part: part_left(points, (row.value for row in rows if row.part == part))
        for part, points in weights.items()
    }
    return Score(parts, bonus, incomplete_off(closed, incomplete))


def mean(scores: Iterable[Decimal]) -> Decimal | None:
    """Half-year and year: the mean of the months that have a score."""
    found = list(scores)
    if not found:
        return None
    return (sum(found, Decimal(0)) / len(found)).quantize(HUNDREDTH, ROUND_HALF_UP)


def enough(closed: int) -> bool:
    """Whether there are cases enough for a score."""
    return closed >= AT_LEAST


def interval(good: int, total: int, z: float = 1.96) -> tuple[float, float] | None:
    """Wilson's 95 % interval of ``good`` of ``total``; None of nothing."""
    if total <= 0:
        return None
    rate = good / total
    spread = z * sqrt(rate * (1 - rate) / total + z * z / (4 * total * total))
    middle, scale = rate + z * z / (2 * total), 1 + z * z / total
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)
