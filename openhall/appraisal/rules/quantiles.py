"""Quantiles of the beta, Student's and F distribution, of the standard library alone.

By the continued fraction of Lentz and bisection: the same on every machine, to about 1e-15.
"""

from functools import lru_cache
from math import erf, exp, isinf, lgamma, log, log1p, sqrt
from typing import Final

STEPS: Final = 200  # of bisection: more than a double can tell apart


def beta_cdf(x: float, a: float, b: float) -> float:
    """The share of a beta(``a``, ``b``) variable below ``x``."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):
        return 1 - beta_cdf(1 - x, b, a)
    c, d, m = 1.0, 1 / (1 - (a + b) * x / (a + 1)), 1
    h = d
    while m < 10_000:
        for t in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d, c = 1 / (1 + t * d), 1 + t / c
            h *= c * d
        if abs(c * d - 1) < 1e-15:
            break
        m += 1
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    return h * front / a


def beta_quantile(q: float, a: float, b: float) -> float:
    """Where the share below is ``q``."""
    low, high = 0.0, 1.0
    for _step in range(STEPS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if beta_cdf(middle, a, b) < q else (low, middle)
    return (low + high) / 2


@lru_cache(maxsize=1024)  # units of one survey are alike
def t_quantile(q: float, df: float) -> float:
    """Of Student's t, for ``q`` above one half; ``df`` may be infinite."""
    if isinf(df):
        low, high = 0.0, 40.0
        for _step in range(STEPS):
            middle = (low + high) / 2
            low, high = (middle, high) if (1 + erf(middle / sqrt(2))) / 2 < q else (low, middle)
        return (low + high) / 2
    x = beta_quantile(2 * (1 - q), df / 2, 0.5)
    return sqrt(df * (1 - x) / x)


def f_quantile(q: float, above: float, below: float) -> float:
    """Of F with ``above`` and ``below`` degrees of freedom."""
    x = beta_quantile(q, above / 2, below / 2)
    return below / above * x / (1 - x)
