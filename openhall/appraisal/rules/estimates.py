"""Design-based estimates: strata, clusters, weights, finite population. No Django, no library.

Taylor linearisation, stage by stage. A row outside the domain stays with a linearised value of
nought: leaving it out would change the number of clusters and with it the variance. Equal to the
results of R's ``survey`` (``tests/rules/appraisal/test_estimates.py``). Sums by ``fsum``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import exp, fsum, log, sqrt
from typing import Any, Final

from openhall.appraisal.rules.accepted import blaker
from openhall.appraisal.rules.quantiles import beta_quantile, t_quantile

LEVEL: Final = 0.95
NOTHING: Final = 1e-14  # of a squared standard error: every answer was the same
Values = Sequence[float | None]


class LonelyCluster(ValueError):
    """A stratum with one sampled cluster that is not the whole of it: it has no variance.

    Two strata are then put together by a rule that stood before the draw, never in silence.
    """


@dataclass(frozen=True, slots=True)
class Stage:
    """Three columns, one entry a row; ``size``: clusters in the frame's stratum, None: many."""

    stratum: Sequence[Any]
    cluster: Sequence[Any]
    size: Sequence[float] | None = None


@dataclass(frozen=True, slots=True)
class Estimate:
    """``df``: clusters less strata of the domain; ``n``: rows in it; ``deff``: design effect.

    ``alone``: each row of the domain was drawn by itself, not with others of its cluster.
    """

    value: float
    se: float
    df: int
    n: int
    deff: float | None = None
    alone: bool = True


def variance(
    u: Sequence[float], stages: Sequence[Stage], rows: Sequence[int] | None = None
) -> float:
    """Variance of the sum of ``u`` (weighted, linearised) over the rows of the whole sample."""
    first, *later = stages
    tree: dict[Any, dict[Any, list[int]]] = {}
    for i in range(len(u)) if rows is None else rows:
        tree.setdefault(first.stratum[i], {}).setdefault(first.cluster[i], []).append(i)
    parts = []
    for name, clusters in tree.items():
        n, one = len(clusters), next(iter(clusters.values()))[0]
        f = n / first.size[one] if first.size else 0.0
        if f < 1:
            if n == 1:
                raise LonelyCluster(name)
            sums = [fsum(u[i] for i in members) for members in clusters.values()]
            middle = fsum(sums) / n
            parts.append((1 - f) * n / (n - 1) * fsum((s - middle) ** 2 for s in sums))
        if first.size and later:
            parts += [f * variance(u, later, members) for members in clusters.values()]
    return fsum(parts)


def degrees(stage: Stage, inside: Sequence[bool]) -> int:
    """Sampled clusters less strata, counted where the domain is."""
    pairs = clusters(stage, inside)
    return len(pairs) - len({s for s, _c in pairs})


def clusters(stage: Stage, inside: Sequence[bool]) -> set[tuple[Any, Any]]:
    """The sampled clusters in which the domain is, each with its stratum."""
    return {(s, c) for s, c, k in zip(stage.stratum, stage.cluster, inside, strict=True) if k}


def _estimate(
    value: float,
    u: Sequence[float],
    stages: Sequence[Stage],
    inside: Sequence[bool],
    simple: float,
) -> Estimate:
    v = variance(u, stages)
    deff = v / simple if simple > 0 else None
    rows, alone = sum(inside), len(clusters(stages[0], inside)) == sum(inside)
    return Estimate(value, sqrt(v), degrees(stages[0], inside), rows, deff, alone)


def _inside(y: Values, domain: Sequence[Any] | None) -> list[bool]:
    return [one is not None and (domain is None or bool(domain[i])) for i, one in enumerate(y)]


def mean(
    y: Values, w: Sequence[float], stages: Sequence[Stage], domain: Sequence[Any] | None = None
) -> Estimate:
    """The weighted mean of ``y`` in ``domain``; None in ``y`` is no answer."""
    k = _inside(y, domain)
    told = [one if here and one is not None else 0.0 for one, here in zip(y, k, strict=True)]
    weight = [one if here else 0.0 for one, here in zip(w, k, strict=True)]
    n, total = sum(k), fsum(weight)
    m = fsum(a * b for a, b in zip(weight, told, strict=True)) / total
    u = [a * (b - m) / total for a, b in zip(weight, told, strict=True)]
    simple = 0.0
    if n > 1:
        s2 = fsum(a * (b - m) ** 2 for a, b in zip(weight, told, strict=True)) / total * n / (n - 1)
        simple = s2 * (total - n) / (total * n)
    return _estimate(m, u, stages, k, simple)


def total(
    y: Values, w: Sequence[float], stages: Sequence[Stage], domain: Sequence[Any] | None = None
) -> Estimate:
    """The weighted sum of ``y`` in ``domain``."""
    k = _inside(y, domain)
    u = [a * b if here and b is not None else 0.0 for a, b, here in zip(w, y, k, strict=True)]
    return _estimate(fsum(u), u, stages, k, 0)


def ratio(
    y: Values,
    x: Values,
    w: Sequence[float],
    stages: Sequence[Stage],
    domain: Sequence[Any] | None = None,
) -> Estimate:
    """The sum of ``y`` over the sum of ``x``, where both are told."""
    k = [a and b for a, b in zip(_inside(y, domain), _inside(x, domain), strict=True)]
    above = [one if here and one is not None else 0.0 for one, here in zip(y, k, strict=True)]
    below = [one if here and one is not None else 0.0 for one, here in zip(x, k, strict=True)]
    bottom = fsum(a * b for a, b in zip(w, below, strict=True))
    r = fsum(a * b for a, b in zip(w, above, strict=True)) / bottom
    u = [a * (b - r * c) / bottom for a, b, c in zip(w, above, below, strict=True)]
    return _estimate(r, u, stages, k, 0)


def post_stratified(
    y: Sequence[float],
    w: Sequence[float],
    stages: Sequence[Stage],
    group: Sequence[Any],
    sizes: Mapping[Any, float],
) -> tuple[Estimate, Estimate]:
    """Mean and sum with the weights raised to known sizes of groups."""
    have = {g: fsum(b for b, h in zip(w, group, strict=True) if h == g) for g in sizes}
    w = [b * sizes[g] / have[g] for b, g in zip(w, group, strict=True)]
    size, whole = fsum(w), fsum(a * b for a, b in zip(w, y, strict=True))
    at = {
        g: fsum(a * b for a, b, h in zip(w, y, group, strict=True) if h == g) / sizes[g]
        for g in sizes
    }
    u = [a * (b - at[g]) for a, b, g in zip(w, y, group, strict=True)]
    found = _estimate(whole, u, stages, [True] * len(y), 0)
    return replace(found, value=whole / size, se=found.se / size), found


# ------------------------------------------------------------------------------------ intervals
def interval(found: Estimate, level: float = LEVEL) -> tuple[float, float]:
    """Of a mean or an index, by Student's t."""
    half = t_quantile((1 + level) / 2, found.df) * found.se
    return found.value - half, found.value + half


def logit(found: Estimate, level: float = LEVEL) -> tuple[float, float] | None:
    """Of a share on the logit scale; None at nought, at one and without variance."""
    p = found.value
    if not 0 < p < 1 or found.se == 0:
        return None
    half = t_quantile((1 + level) / 2, found.df) * found.se / (p * (1 - p))
    at = log(p / (1 - p))
    return 1 / (1 + exp(half - at)), 1 / (1 + exp(-half - at))


def korn_graubard(
    found: Estimate, rows: int, n_eff: float | None = None, level: float = LEVEL
) -> tuple[float, float]:
    """Clopper–Pearson on the effective number, made smaller by few degrees of freedom."""
    p, q = found.value, (1 + level) / 2
    if n_eff is None:
        n_eff = p * (1 - p) / found.se**2
        n_eff *= (t_quantile(q, rows - 1) / t_quantile(q, found.df)) ** 2
    a = (1 - level) / 2
    low = beta_quantile(a, n_eff * p, n_eff * (1 - p) + 1) if p * n_eff > 1e-9 else 0.0
    high = beta_quantile(1 - a, n_eff * p + 1, n_eff * (1 - p)) if n_eff * (1 - p) > 1e-9 else 1.0
    return low, high


def public_interval(
    found: Estimate, weights: Sequence[float], size: int | None, level: float = LEVEL
) -> tuple[float, float]:
    """What is printed beside a share: Blaker's interval on the effective number, capped.

    ``weights`` are those of the rows of the domain, ``size`` its size in the frame (None: not
    known). The effective number never exceeds Kish's over 1 − f, so that a variance that is small
    by luck makes no promise; where all answers are alike Kish's alone is used. Who asked everybody
    has the value itself. Where answers were drawn in clusters their number is less certain than
    it looks: then the upper end is Korn's and Graubard's, which lies further out
    (``benchmarks/intervals.py``: with it 95 % hold in each of 81 designs).
    """
    rows = len(weights)
    kish = fsum(weights) ** 2 / fsum(one * one for one in weights)
    if size is not None and rows >= size:
        return found.value, found.value
    f = 0.0 if size is None else rows / size
    p, q = found.value, (1 + level) / 2
    if found.se**2 < NOTHING:
        n_eff = kish
    else:
        n_eff = min(p * (1 - p) / found.se**2, kish / (1 - f))
    if rows > 1:
        n_eff *= (t_quantile(q, rows - 1) / t_quantile(q, max(found.df, 1))) ** 2
    low, high = blaker(n_eff * p, n_eff, level)
    return low, high if found.alone else korn_graubard(found, rows, n_eff, level)[1]


def apart(one: tuple[float, float], other: tuple[float, float]) -> bool:
    """Whether two intervals have no point in common: only then one is ranked above the other."""
    return one[1] < other[0] or other[1] < one[0]
