"""The composite score: nine parts with a floor of 0, every deduction a row. norms 4.3.

Speed has no part in it: Chengdu itself gave up the ranking by speed. A month with few cases has no
score but "too few cases", and a rate always comes with its interval.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from math import ceil, sqrt
from typing import Final

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


def bonus_of(share: float, first: float, step: float, points: Decimal, most: Decimal) -> Decimal:
    """``points`` from a ``share`` of ``first`` on and for each ``step`` more, at most ``most``."""
    if points <= 0 or share < first:
        return Decimal(0)
    return min(most, points * (1 + int(round((share - first) / step, 6))))


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
