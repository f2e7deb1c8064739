"""Whether the printed interval holds what it promises, in 81 designs, beside a capped Wilson.

Run: ``.venv/bin/python benchmarks/intervals.py [SURVEYS]``. Each design has a fixed city with a
known share (0.90, 0.98, 0.995), which is surveyed SURVEYS times (10,000); told is how often the
interval of :func:`public_interval` holds the truth, and how wide it is beside Wilson's on the same
capped effective number. Designs: 27 simple random, 18 of six units of unequal size that are asked
alike, 36 of clusters of ten.
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from math import fsum, sqrt
from pathlib import Path
from random import Random
from statistics import NormalDist

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from openhall.appraisal.rules.estimates import Estimate, Stage, mean, public_interval
from openhall.appraisal.rules.quantiles import t_quantile

SURVEYS = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
SHARES = (0.90, 0.98, 0.995)
UNITS = (120, 250, 500, 900, 1500, 2500)
LEAST, WIDEST = 0.945, 1.05
Z = NormalDist().inv_cdf(0.975)
Asked = tuple[Estimate, list[float], int]


def wilson(found: Estimate, weights: list[float], size: int) -> tuple[float, float]:
    """Wilson's, on the same effective number as ours."""
    if len(weights) >= size:
        return found.value, found.value
    kish = fsum(weights) ** 2 / fsum(one * one for one in weights)
    p = found.value
    n = kish
    if found.se**2 >= 1e-14:
        n = min(p * (1 - p) / found.se**2, kish / (1 - len(weights) / size))
    n *= (t_quantile(0.975, len(weights) - 1) / t_quantile(0.975, max(found.df, 1))) ** 2
    middle, half = p + Z * Z / (2 * n), Z * sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
    return (middle - half) / (1 + Z * Z / n), (middle + half) / (1 + Z * Z / n)


class Design:
    """A city and a way to survey it. ``seen``: what a survey found, as it decides the interval."""

    def __init__(self, name: str, truth: float, seen: Callable[[Random], tuple[int, ...]]) -> None:
        self.name, self.truth, self.seen = name, truth, seen

    def asked(self, bad: tuple[int, ...]) -> Asked:
        raise NotImplementedError


class Strata(Design):
    """``sizes``: of each stratum; of each ``n`` are asked. One stratum is a simple sample."""

    def __init__(self, name: str, sizes: tuple[int, ...], n: int, bad: list[int]) -> None:
        self.sizes, self.n = sizes, [min(n, size) for size in sizes]
        truth = 1 - sum(bad) / sum(sizes)

        def seen(chance: Random) -> tuple[int, ...]:
            return tuple(
                sum(one < b for one in chance.sample(range(size), many))
                for size, many, b in zip(sizes, self.n, bad, strict=True)
            )

        super().__init__(name, truth, seen)

    def asked(self, bad: tuple[int, ...]) -> Asked:
        y, w, stratum, size = [], [], [], []
        for at, (many, whole, b) in enumerate(zip(self.n, self.sizes, bad, strict=True)):
            y += [0.0] * b + [1.0] * (many - b)
            w += [whole / many] * many
            stratum += [at] * many
            size += [whole] * many
        found = mean(y, w, [Stage(stratum, range(len(y)), size)])
        return found, w, sum(self.sizes)


class Clusters(Design):
    """Four strata of ``many`` clusters of ten people; ``taken`` of each are asked whole."""

    STRATA, PEOPLE = 4, 10

    def __init__(self, name: str, many: int, taken: int, share: float, icc: float) -> None:
        self.many, self.taken = many, taken
        chance, a = Random(name), (1 - share) * (1 / icc - 1)
        b = share * (1 / icc - 1)
        city = []
        for _stratum in range(self.STRATA):
            rates = [chance.betavariate(a, b) for _one in range(many)]
            city.append(
                [sum(chance.random() < rate for _p in range(self.PEOPLE)) for rate in rates]
            )
        truth = 1 - sum(map(sum, city)) / (self.STRATA * many * self.PEOPLE)

        def seen(chance: Random) -> tuple[int, ...]:
            drawn = [sorted(chance.sample(stratum, taken)) for stratum in city]
            return tuple(one for stratum in drawn for one in stratum)

        super().__init__(name, truth, seen)

    def asked(self, bad: tuple[int, ...]) -> Asked:
        people = self.PEOPLE
        y = [float(person >= b) for b in bad for person in range(people)]
        w = [self.many / self.taken] * len(y)
        cluster = [at for at in range(len(bad)) for _person in range(people)]
        stratum = [at // self.taken for at in cluster]
        found = mean(y, w, [Stage(stratum, cluster, [self.many] * len(y))])
        return found, w, self.STRATA * self.many * people


def spread(sizes: tuple[int, ...], share: float) -> list[int]:
    """The bad answers of each unit: rates from half to one and a half of the city's."""
    rates = [(1 - share) * (0.5 + at / (len(sizes) - 1)) for at in range(len(sizes))]
    return [round(size * rate) for size, rate in zip(sizes, rates, strict=True)]


def designs() -> Iterator[Design]:
    for share in SHARES:
        for size in (400, 2000, 20_000):
            for n in (60, 150, 300):
                yield Strata(f"simple {n}/{size} {share}", (size,), n, [round(size * (1 - share))])
        for times in (1, 10):
            sizes = tuple(size * times for size in UNITS)
            for n in (10, 30, 60):
                name = f"units 6x{n}/{sum(sizes)} {share}"
                yield Strata(name, sizes, n, spread(sizes, share))
        for icc in (0.02, 0.10):
            for many in (40, 200):
                for taken in (2, 5, 10):
                    name = f"clusters 4x{taken}/{many} icc {icc} {share}"
                    yield Clusters(name, many, taken, share, icc)


def judged(design: Design) -> tuple[float, float, float]:
    """Coverage, mean width over Wilson's, share of surveys whose interval lies above the truth."""
    chance = Random(f"surveys of {design.name}")
    found = Counter(design.seen(chance) for _survey in range(SURVEYS))
    holds = above = 0
    ours, theirs = [], []
    for bad, times in found.items():
        estimate, weights, size = design.asked(bad)
        low, high = public_interval(estimate, weights, size)
        there = wilson(estimate, weights, size)
        holds += times * (low - 1e-12 <= design.truth <= high + 1e-12)
        above += times * (low > design.truth + 1e-12)
        ours.append(times * (high - low))
        theirs.append(times * (there[1] - there[0]))
    return holds / SURVEYS, fsum(ours) / fsum(theirs), above / SURVEYS


def main() -> None:
    every = []
    for design in designs():
        coverage, width, above = judged(design)
        every.append((coverage, width, above))
        mark = " " if coverage >= LEAST else "!"
        print(f"{mark} {design.name:42} {coverage:7.2%}  {width:5.3f} x  {above:6.2%} above")
    covers, widths, aboves = zip(*every, strict=True)
    print(f"{len(every)} designs of {SURVEYS:,} surveys: coverage {min(covers):.2%} at least")
    print(f"  mean {fsum(covers) / len(covers):.2%}; above the truth {max(aboves):.2%} at most")
    print(f"  width {fsum(widths) / len(widths):.3f} x capped Wilson (goal {WIDEST})")
    print(f"  below {LEAST:.1%}: {sum(one < LEAST for one in covers)}")


if __name__ == "__main__":
    main()
