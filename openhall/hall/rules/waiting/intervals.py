"""From an estimate to an interval that keeps its word: the empirical table of wait ÷ estimate."""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from openhall.hall.rules.waiting.learnt import Learnt

EDGES: Final = (2.0, 5.0, 10.0, 20.0, 40.0)  # minutes of the simulated mean
LOW, HIGH = 0.10, 0.90
LEAST_CASES: Final = 150
ALL: Final = -1
POOLED: Final = ""


class Case(NamedTuple):
    """One wait of a training day beside its estimate."""

    line: str
    lane: int
    simulated: float
    estimate: float
    wait: float


def bin_of(simulated: float) -> int:
    return sum(simulated >= edge for edge in EDGES)


def quantile(values: Sequence[float], q: float) -> float:
    """The empirical quantile; ``values`` stand in order."""
    at = q * (len(values) - 1)
    low = int(at)
    high = min(low + 1, len(values) - 1)
    return values[low] + (values[high] - values[low]) * (at - low)


def ratio_table(cases: Iterable[Case]) -> dict[str, dict[int, dict[int, tuple[float, float]]]]:
    """Quantiles of wait ÷ estimate by line, lane and bin; lines pooled under the empty name.

    A bin of few cases is left out: it takes the pooled one, or that of all bins.
    """
    found: dict[tuple[str, int, int], list[float]] = {}
    for one in cases:
        ratio, place = one.wait / one.estimate, bin_of(one.simulated)
        for key in (
            (one.line, one.lane, place),
            (POOLED, ALL, place),
            (POOLED, ALL, ALL),
        ):
            found.setdefault(key, []).append(ratio)
    table: dict[str, dict[int, dict[int, tuple[float, float]]]] = {}
    for (line, lane, place), ratios in found.items():
        if len(ratios) > LEAST_CASES or (line == POOLED and place == ALL):
            ratios.sort()
            pair = (quantile(ratios, LOW), quantile(ratios, HIGH))
            table.setdefault(line, {}).setdefault(lane, {})[place] = pair
    return table


def ratios_of(learnt: Learnt, line: str, lane: int, simulated: float) -> tuple[float, float]:
    """The quantiles that hold here."""
    place = bin_of(simulated)
    pooled = learnt.ratios.get(POOLED, {}).get(ALL, {})
    own = learnt.ratios.get(line, {}).get(lane, {})
    return own.get(place) or pooled.get(place) or pooled.get(ALL, (0.0, 2.0))
