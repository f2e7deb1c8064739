"""How well an order answers judged queries: nDCG, reciprocal rank, recall. Pure."""

import math
from collections.abc import Iterable, Mapping, Sequence

from openhall.search.rules.folding import clean, fold


def ndcg(order: Sequence[str], grades: Mapping[str, int], most: int = 10) -> float:
    """Normalised discounted gain of the first ``most``; 1 where nothing was judged useful."""
    ideal = _gain(sorted(grades.values(), reverse=True)[:most])
    return _gain([grades.get(one, 0) for one in order[:most]]) / ideal if ideal else 1.0


def _gain(grades: Iterable[int]) -> float:
    return sum(
        (2.0**grade - 1) / math.log2(place + 1) for place, grade in enumerate(grades, start=1)
    )


def reciprocal_rank(order: Sequence[str], wanted: Iterable[str], most: int = 10) -> float:
    """1 over the place of the first wanted one; 0 if none is among the first ``most``."""
    told = set(wanted)
    places = (place for place, one in enumerate(order[:most], start=1) if one in told)
    return 1 / next(places, math.inf)


def recall(order: Sequence[str], wanted: Iterable[str], most: int = 10) -> float:
    """The share of the wanted ones among the first ``most``."""
    told = set(wanted)
    return len(told & set(order[:most])) / len(told) if told else 1.0


def says(text: str, must: Iterable[str]) -> bool:
    """Whether ``text`` has each phrase, in any width or script."""
    plain = clean(fold(text))
    return all(clean(fold(one)) in plain for one in must)
