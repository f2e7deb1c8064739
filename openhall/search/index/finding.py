"""From a query to records in order: retrieve twice, align, put together. Knows a store, no page."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from openhall.search.index.store import Store
from openhall.search.rules.asking import NOTHING_KEPT, Memory, by_evidence, voted_roots
from openhall.search.rules.citing import digits_in, number_key, same_number
from openhall.search.rules.likeness import PASSAGE_SHARE, rerank
from openhall.search.rules.plan import Only, Retrieval, plan
from openhall.search.rules.reading import Query, read
from openhall.search.rules.records import Candidate
from openhall.search.terms import QueryClass

CITED: Final = 30
EVERYTHING: Final = Only()


@dataclass(frozen=True, slots=True)
class Found:
    """Candidates in order; ``cited`` were named by number or article, the rest found by words."""

    cited: list[Candidate]
    others: list[Candidate]

    @property
    def every(self) -> list[Candidate]:
        return self.cited + self.others


def find(
    store: Store, query: Query, only: Only = EVERYTHING, memory: Memory = NOTHING_KEPT
) -> Found:
    """What fits ``query``, kept to ``only``."""
    if query.says_nothing:
        return Found([], [])
    cited = [one for one in _cited(store, query) if _kept(one, only)]
    found = asked(store, query, only, memory)
    taken = {one.n for one in cited}
    found = [one for one in found if one.n not in taken and wanted_in(one, query)]
    return Found(cited, found)


def asked(store: Store, query: Query, only: Only, memory: Memory) -> list[Candidate]:
    """Both retrievals and the re-rank."""
    told = plan(query)
    if query.cls == QueryClass.ASK:
        scores = dict(store.search(told.passages, only))
        voted = voted_roots(query.plain, memory)
        if voted and not only.roots:  # what answered questions like this one, however it is worded
            scores |= store.search(told.passages, replace(only, roots=voted))
        names = dict(store.search(told.heads, only))
        every = {one.n: one for one in store.candidates({**names, **scores})}
        heads = [every[n] for n, _score in names.items() if n in every]
        passages = [every[n] for n, _score in scores.items() if n in every]
        return by_evidence(query, heads, passages, memory)
    return rerank(query, store.candidates(merged(store, told.heads, told.passages, only)))


def merged(
    store: Store, heads: Retrieval | None, passages: Retrieval | None, only: Only
) -> dict[int, float]:
    """Both lists, each on its own scale."""
    scores: dict[int, float] = {}
    for asked_for, share in ((heads, 1.0), (passages, PASSAGE_SHARE)):
        hits = store.search(asked_for, only)
        top = hits[0][1] if hits else 0
        for n, score in hits:
            scores[n] = max(scores.get(n, 0.0), share * score / (top or 1))
    return scores


def _cited(store: Store, query: Query) -> Iterable[Candidate]:
    """The document of that number, or the article: before everything."""
    if query.article is not None:
        law, number = query.article
        numbers = store.engine.exact("art", f"{law}#{number}", CITED)
        if not numbers:
            numbers = [
                n
                for full in _laws_called(store, law)
                for n in store.engine.exact("art", f"{full}#{number}", CITED)
            ]
        yield from store.candidates(dict.fromkeys(numbers, 1.0))
    elif query.number:
        numbers = store.engine.exact("no", query.number, CITED)
        if not numbers:
            digits = digits_in(query.number)
            near = store.records(store.engine.exact("nd", digits, 4 * CITED))
            numbers = [
                n for n, one in near.items() if same_number(query.number, number_key(one.number))
            ]
        yield from store.candidates(dict.fromkeys(numbers, 1.0))


def _laws_called(store: Store, law: str) -> list[str]:
    """The plain names of laws of which ``law`` is a part: 许可法 is 行政许可法."""
    told = plan(read(law))
    found = store.candidates(merged(store, told.heads, None, Only(kinds=("policy",))))
    best = [one for one in rerank(read(law), found) if one.fits >= 1][:3]
    return [one.law for one in store.records([one.n for one in best]).values() if one.law]


def _kept(one: Candidate, only: Only) -> bool:
    return (not only.kinds or one.kind in only.kinds) and one.kind not in only.not_kinds


def wanted_in(one: Candidate, query: Query) -> bool:
    """What stands in quotes stands there; what is unwanted does not."""
    if not (query.quoted or query.unwanted):
        return True
    assert one.folded is not None
    text = "\n".join((*one.folded.titles, one.folded.body))
    return all(word in text for word in query.quoted) and not any(
        word in text for word in query.unwanted
    )
