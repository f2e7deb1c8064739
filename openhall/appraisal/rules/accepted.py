"""Blaker's interval of a share: as honest as Clopper and Pearson's and inside it, so shorter.

H. Blaker, Confidence curves and improved exact confidence intervals for discrete distributions,
Canadian Journal of Statistics 28 (2000). A share is held to be possible where as little as was
found has, with the tail on the other side that is no more probable, more than the level left over.
Clopper and Pearson give half of it to each side whether or not the other side needs it. Here
``n`` and ``x`` need not be whole: tails are read from the beta distribution, and the other side's
results lie whole steps from ``x``.
"""

from typing import Final

from openhall.appraisal.rules.quantiles import beta_cdf, beta_quantile

HALVINGS: Final = 36  # of an interval shorter than one: to 1e-11, printed are two decimals
NOTHING: Final = 1e-9


def _at_least(share: float, x: float, n: float) -> float:
    return 1.0 if x <= NOTHING else beta_cdf(share, x, n - x + 1)


def _at_most(share: float, x: float, n: float) -> float:
    if x < -NOTHING:
        return 0.0
    return 1.0 if x >= n - NOTHING else 1 - beta_cdf(share, x + 1, n - x)


def lowest(x: float, n: float, alpha: float) -> float:
    """The lowest share at which ``x`` of ``n`` is still possible.

    Rising from Clopper and Pearson's end, more and more of the other side is no more probable
    than ``x`` and above; between two such steps the sum is looked at, at its end.
    """
    if x <= NOTHING:
        return 0.0
    top = x / n
    at = beta_quantile(alpha / 2, x, n - x + 1)
    above, other = _at_least(at, x, n), x - 1
    while _at_most(at, other, n) > above:
        other -= 1
    while at < top:
        end = top
        if other + 1 < x - NOTHING and _at_least(top, x, n) >= _at_most(top, other + 1, n):
            low, end = at, top
            for _halving in range(HALVINGS):
                middle = (low + end) / 2
                if _at_least(middle, x, n) < _at_most(middle, other + 1, n):
                    low = middle
                else:
                    end = middle
        if _at_least(end, x, n) + _at_most(end, other, n) > alpha:
            low = at
            for _halving in range(HALVINGS):
                middle = (low + end) / 2
                if _at_least(middle, x, n) + _at_most(middle, other, n) > alpha:
                    end = middle
                else:
                    low = middle
            return low
        at, other = end, other + 1
        if _at_least(at, x, n) + _at_most(at, other, n) > alpha:
            return at
    return top


def blaker(x: float, n: float, level: float) -> tuple[float, float]:
    """The shares at which ``x`` of ``n`` is possible, from the lowest to the highest."""
    return lowest(x, n, 1 - level), 1 - lowest(n - x, n, 1 - level)
