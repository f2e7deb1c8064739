"""Answers to a question in whole sentences: law evidence, and questions that were answered before.

``S = (BM25 + .6 · mean of the law's three best) · (1 + .15 · level)``; what staff confirmed adds to
it. Measured on lay questions, see docs/decisions/0032. Pure.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from openhall.search.rules.folding import clean, fold
from openhall.search.rules.grams import grams
from openhall.search.rules.likeness import like
from openhall.search.rules.reading import Query
from openhall.search.rules.records import Candidate

LAW_EVIDENCE: Final = 0.6
BEST_OF_LAW: Final = 3
AUTHORITY: Final = 0.15
TITLE_FITS: Final = 0.8
TITLES: Final = 20
KEPT: Final = 1.5
NEAREST: Final = 10
VOTED: Final = 8
K1, B = 1.2, 0.75


@dataclass(frozen=True, slots=True)
class Kept:
    """A question whose answer staff confirmed: the records that answer it, and their roots."""

    question: str
    records: tuple[str, ...]
    roots: tuple[str, ...]


class Memory:
    """The kept questions, by BM25 of character pairs; about a kilobyte each."""

    def __init__(self, kept: Sequence[Kept]) -> None:
        self.kept = list(kept)
        told = [grams(clean(fold(one.question)), 2) for one in kept]
        count = len(told)
        mean = (sum(map(len, told)) / count if count else 0) or 1
        self._posts: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for place, tokens in enumerate(told):
            norm = K1 * (1 - B + B * len(tokens) / mean)
            for token, times in Counter(tokens).items():
                self._posts[token].append((place, times * (K1 + 1) / (times + norm)))
        self._idf = {
            token: math.log(1 + (count - len(posts) + 0.5) / (len(posts) + 0.5))
            for token, posts in self._posts.items()
        }

    def near(self, text: str, most: int = NEAREST) -> list[tuple[Kept, float]]:
        """The nearest kept questions with how near they are."""
        scores: Counter[int] = Counter()
        for token in grams(text, 2):
            for place, weight in self._posts.get(token, ()):
                scores[place] += self._idf[token] * weight  # type: ignore[assignment]
        return [(self.kept[place], score) for place, score in scores.most_common(most)]


NOTHING_KEPT: Final = Memory(())


def by_evidence(
    query: Query,
    heads: Iterable[Candidate],
    passages: Iterable[Candidate],
    memory: Memory = NOTHING_KEPT,
) -> list[Candidate]:
    """Names that fit come first, then passages by what speaks for them."""
    text = query.plain
    first = []
    for one in list(heads)[:TITLES]:
        assert one.folded is not None
        one.fits = max((like(text, name) for name in one.folded.titles), default=0.0)
        one.fits = max(one.fits, *(0.9 * like(name, text) for name in one.folded.titles or ("",)))
        if one.fits >= TITLE_FITS:
            first.append(one)
    first.sort(key=lambda one: (-one.fits, -one.score, one.n))
    taken = {one.n for one in first}
    rest = [one for one in passages if one.n not in taken]
    of_root: dict[str, list[float]] = defaultdict(list)
    for one in rest:
        if len(of_root[one.root]) < BEST_OF_LAW:
            of_root[one.root].append(one.score)
    named, votes = _remembered(text, memory)
    for one in rest:
        evidence = LAW_EVIDENCE * sum(of_root[one.root]) / BEST_OF_LAW
        one.score = (one.score + evidence) * (1 + AUTHORITY * one.level)
        one.score += KEPT * votes.get(one.root, 0.0) + KEPT * named.get(one.id, 0.0)
    rest.sort(key=lambda one: (-one.score, one.n))
    return first + rest


def voted_roots(text: str, memory: Memory, most: int = VOTED) -> tuple[str, ...]:
    """The heads that answered the nearest kept questions, the most voted first."""
    _named, votes = _remembered(text, memory)
    return tuple(sorted(votes, key=lambda root: (-votes[root], root))[:most])


def _remembered(text: str, memory: Memory) -> tuple[dict[str, float], dict[str, float]]:
    """What the nearest kept questions say for records, and for their roots."""
    named: dict[str, float] = {}
    votes: dict[str, float] = defaultdict(float)
    for kept, near in memory.near(text):
        for record in kept.records:
            named[record] = max(named.get(record, 0.0), near)
        for root in kept.roots:
            votes[root] += near / NEAREST
    return named, votes
