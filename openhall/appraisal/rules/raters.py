"""Score sheets: the trimmed mean, agreement between raters, severity shown and never corrected."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum, inf, sqrt
from typing import Final

from openhall.appraisal.rules.quantiles import f_quantile, t_quantile

SHARE: Final = 0.1  # cut off at each end
LEAST: Final = 5  # sheets from which on anything is cut
TINY: Final = 1e-12
Units = Sequence[Sequence[float]]


@dataclass(frozen=True, slots=True)
class Trimmed:
    """``cut`` sheets were left out at each end; no ``se`` of a single sheet."""

    value: float
    se: float | None
    df: int
    n: int
    cut: int

    def interval(self, level: float = 0.95) -> tuple[float, float] | None:
        """By Student's t; None where there is none."""
        if self.se is None or self.df < 1:
            return None
        half = t_quantile((1 + level) / 2, self.df) * self.se
        return self.value - half, self.value + half


def trimmed(scores: Sequence[float], share: float = SHARE) -> Trimmed:
    """The mean without the lowest and highest tenth, at least one of each from five sheets on."""
    x, n = sorted(scores), len(scores)
    g = max(int(share * n + 1e-9), 1) if n >= LEAST else 0
    kept = x[g : n - g]
    value = fsum(kept) / len(kept)
    if n < 2:
        return Trimmed(value, None, 0, n, g)
    drawn_in = [x[g]] * g + kept + [x[n - g - 1]] * g  # winsorised (Tukey and McLaughlin)
    middle = fsum(drawn_in) / n
    spread = sqrt(fsum((one - middle) ** 2 for one in drawn_in) / (n - 1))
    return Trimmed(value, spread / ((1 - 2 * g / n) * sqrt(n)), n - 2 * g - 1, n, g)


def _parts(units: Units) -> list[tuple[int, float, float]]:
    """Count, sum and sum of squares of each unit with two marks or more, about the grand mean."""
    n = sum(map(len, units))
    middle = fsum(v for u in units for v in u) / n if n else 0.0
    held = [[v - middle for v in u] for u in units if len(u) >= 2]
    return [(len(u), fsum(u), fsum(v * v for v in u)) for u in held]


def alpha(units: Units) -> float | None:
    """Krippendorff's α for interval data; None where every mark is the same."""
    parts = _parts(units)
    n = sum(m for m, _s, _q in parts)
    if n < 2:
        return None
    whole, squares = fsum(s for _m, s, _q in parts), fsum(q for _m, _s, q in parts)
    observed = fsum(2 * (m * q - s * s) / (m - 1) for m, s, q in parts) / n
    expected = 2 * (n * squares - whole * whole) / (n * (n - 1))
    return 1 - observed / expected if expected > TINY else None


@dataclass(frozen=True, slots=True)
class Agreement:
    """ICC(1) with its interval, α beside it, and how many units and marks stand behind them."""

    icc: float | None
    low: float | None
    high: float | None
    alpha: float | None
    units: int
    marks: int


def agreement(units: Units, level: float = 0.95) -> Agreement:
    """How far raters agree: one-way ICC with its F interval (n₀ for unequal numbers)."""
    parts, a = _parts(units), (1 - level) / 2
    k, n = len(parts), sum(m for m, _s, _q in parts)
    if k < 2 or n <= k:
        return Agreement(None, None, None, alpha(units), k, n)
    whole = fsum(s for _m, s, _q in parts)
    between = (fsum(s * s / m for m, s, _q in parts) - whole * whole / n) / (k - 1)
    within = fsum(q - s * s / m for m, s, q in parts) / (n - k)
    n0 = (n - fsum(m * m for m, _s, _q in parts) / n) / (k - 1)
    bottom = between + (n0 - 1) * within
    if bottom <= TINY:
        return Agreement(None, None, None, alpha(units), k, n)
    f = between / within if within > 0 else inf
    low, high = (f / f_quantile(q, k - 1, n - k) for q in (1 - a, a))
    low, high = (1.0 if one == inf else (one - 1) / (one + n0 - 1) for one in (low, high))
    return Agreement((between - within) / bottom, low, high, alpha(units), k, n)


def severity(marks: Mapping[tuple[str, str], float], sweeps: int = 200) -> dict[str, float]:
    """By how much each rater marks above the others, units held equal: shown, never corrected.

    ``marks``: by (unit, rater). Additive least squares; the severities sum to nought.
    """
    units: dict[str, list[tuple[str, float]]] = {}
    raters: dict[str, list[tuple[str, float]]] = {}
    for (unit, rater), mark in marks.items():
        units.setdefault(unit, []).append((rater, mark))
        raters.setdefault(rater, []).append((unit, mark))
    level, above = dict.fromkeys(units, 0.0), dict.fromkeys(raters, 0.0)
    for _sweep in range(sweeps):
        for unit, told in units.items():
            level[unit] = fsum(mark - above[rater] for rater, mark in told) / len(told)
        for rater, given in raters.items():
            above[rater] = fsum(mark - level[unit] for unit, mark in given) / len(given)
        middle = fsum(above.values()) / len(above)
        above = {rater: one - middle for rater, one in above.items()}
    return above
