"""Whether anything fits well at all: a likelihood from seven features, fitted once. Pure.

Below the threshold the page says that nothing fits well, and still shows the list and whom to ask.
Parameters and their limits: docs/decisions/0032.
"""

import math
from collections.abc import Callable, Sequence
from typing import Final

from openhall.search.rules.grams import grams
from openhall.search.rules.likeness import like
from openhall.search.rules.pinyin import sounding
from openhall.search.rules.reading import Query
from openhall.search.rules.records import Candidate
from openhall.search.terms import QueryClass

WEIGHTS: Final = (-1.115, 0.812, 3.009, -2.206, 0.891, -0.675, 0.967)
MEANS: Final = (0.394, 0.645, 0.412, 0.464, 0.165, 0.395, 0.322)
SPREADS: Final = (0.305, 0.279, 0.431, 0.325, 0.337, 0.433, 0.332)
BASE: Final = 1.123
THRESHOLD: Final = 0.5
LETTERS_FIT: Final = 0.8
LOOKED_AT: Final = 20
FEW_SIGNS: Final = 4  # too few pairs for the features: the alignment alone decides
SURE: Final = 0.95
MOST_OF_IT: Final = 0.5

Rarity = Callable[[str], float]  # the idf of a gram


def fits_well(query: Query, found: Sequence[Candidate], rarity: Rarity | None = None) -> bool:
    """Whether the best of ``found`` is likely what was meant."""
    if not found:
        return False
    best = max(one.fits for one in found[:LOOKED_AT])
    if query.cls in (QueryClass.LATIN, QueryClass.MIXED) or len(query.plain) < 2:
        return best >= LETTERS_FIT
    if len(query.plain) <= FEW_SIGNS and best >= SURE:
        return True
    return likelihood(query, found, rarity) >= THRESHOLD


def likelihood(query: Query, found: Sequence[Candidate], rarity: Rarity | None = None) -> float:
    """Between 0 and 1; ``rarity`` weighs the grams of the query (all alike without it)."""
    text = query.plain
    texts = [
        "\n".join((*one.folded.titles, one.folded.body)) for one in found[:LOOKED_AT] if one.folded
    ]
    two, one_sign = set(grams(text, 2)), set(text)
    cov2 = [_covered(two, told, rarity) for told in texts]
    cov1 = [_covered(one_sign, told, None) for told in texts]
    best2, best1 = max(cov2, default=0.0), max(cov1, default=0.0)
    align = max((like(text, told) for told in texts[:8]), default=0.0)
    sounds = max(
        (like(sounding(text), sounding(told), slips=False) for told in texts[:4]), default=0.0
    )
    unseen = 1 - _covered(two, "\n".join(texts), rarity)
    most = sum(share > MOST_OF_IT for share in cov2) / max(len(cov2), 1)
    features = (best2, best1, align, unseen, most, sounds, best2 * best1)
    z = BASE + sum(
        weight * (value - mean) / spread
        for weight, value, mean, spread in zip(WEIGHTS, features, MEANS, SPREADS, strict=True)
    )
    return 1 / (1 + math.exp(-z))


def _covered(tokens: set[str], text: str, rarity: Rarity | None) -> float:
    if not tokens:
        return 0.0
    weight = {token: rarity(token) if rarity else 1.0 for token in tokens}
    total = sum(weight.values()) or 1.0
    return sum(weight[token] for token in tokens if token in text) / total
