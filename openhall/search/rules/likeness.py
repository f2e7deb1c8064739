"""How well a record fits what was asked: an alignment of its own words with the query. Pure.

``fits`` is between 0 and 1; 1 means the query stands there as typed, so that an exact name is never
passed by one that only sounds alike (at most .96) or is one slip away (.92).
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import LCSseq
from rapidfuzz.fuzz import partial_ratio, ratio

from openhall.search.rules.english import stems
from openhall.search.rules.folding import HAN, is_han, runs
from openhall.search.rules.grams import whole_words
from openhall.search.rules.pinyin import loose_letters, mixed_letters, sounding, spelled
from openhall.search.rules.reading import Query
from openhall.search.rules.records import Candidate, Folded
from openhall.search.terms import QueryClass

ONE_SLIP: Final = 0.92
IN_BODY: Final = 0.93
SOUNDS_ALIKE: Final = 0.96
IN_WORDS: Final = 0.92
NEAR_ENOUGH: Final = 55.0  # less likeness than this is chance
LONG_BODY: Final = 1600
FITS_WEIGHT: Final = 2.0
HEAD: Final = 0.05
WHOLE_NAME: Final = 0.12  # the query is all of the name, not a part of a longer one
PASSAGE_SHARE: Final = 0.9
SLIP_LENGTHS: Final = (3, 16)
SAME_WORD: Final = 82.0


@lru_cache(256)
def one_slip(text: str) -> re.Pattern[str] | None:
    """What is one slip away: two signs swapped, one missing, too many or wrong."""
    if not SLIP_LENGTHS[0] <= len(text) <= SLIP_LENGTHS[1]:
        return None
    esc, size = re.escape, len(text)
    forms = {esc(text[:i] + text[i + 1] + text[i] + text[i + 2 :]) for i in range(size - 1)}
    forms |= {esc(text[:i]) + "." + esc(text[i:]) for i in range(1, size)}
    if size >= 5:
        forms |= {esc(text[:i] + text[i + 1 :]) for i in range(size)}
    if size >= 4:
        forms |= {esc(text[:i]) + "." + esc(text[i + 1 :]) for i in range(size)}
    return re.compile("|".join(sorted(forms)))


def like(asked: str, text: str, *, slips: bool = True) -> float:
    """The best local likeness of ``asked`` in ``text``; 1 where it occurs."""
    if asked in text:
        return 1.0
    if len(text) < len(asked):
        return LCSseq.similarity(asked, text) / len(asked)
    found = partial_ratio(asked, text, score_cutoff=NEAR_ENOUGH) / 100
    if slips and found >= NEAR_ENOUGH / 100 and (near := one_slip(asked)) and near.search(text):
        found = max(found, ONE_SLIP)
    return found


def in_english(asked: Sequence[str], names: Sequence[str]) -> float:
    """The share of the asked stems that one of ``names`` has, forgiving a slip in each."""
    best = 0.0
    for name in names:
        told = stems_of(name)
        if not told:
            continue
        total = sum(_word_in(word, told) for word in asked)
        brevity = min(1.0, len(asked) / len(told))
        best = max(best, total / len(asked) * (0.94 + 0.06 * brevity))
    return best


@lru_cache(16384)
def stems_of(name: str) -> tuple[str, ...]:
    return tuple(stems(name))


def _word_in(word: str, told: Sequence[str]) -> float:
    if word in told:
        return 1.0
    near = max((ratio(word, one) for one in told), default=0.0)
    return near / 100 * ONE_SLIP if near >= SAME_WORD and len(word) > 3 else 0.0


def rerank(query: Query, found: list[Candidate]) -> list[Candidate]:
    """``found`` by score and fit, the best first; every candidate's ``fits`` is set."""
    if query.says_nothing:
        return found
    if query.cls in (QueryClass.LATIN, QueryClass.MIXED):
        _letters(query, found)
    elif len(query.plain) > 1:
        _characters(query, found)
    else:
        for one in found:
            one.fits = float(any(query.plain in name for name in _folded(one).titles))
    asked = query.plain
    for one in found:
        whole = WHOLE_NAME if asked in _folded(one).titles and one.head else 0.0
        one.score += FITS_WEIGHT * one.fits + HEAD * one.head + whole
        one.score *= 0.9 + 0.1 * one.weight if one.fits < 1 else 1.0
    return sorted(found, key=lambda one: (one.fits < 1, -one.score, one.n))


def _folded(one: Candidate) -> Folded:
    assert one.folded is not None  # candidates have their texts before they are compared
    return one.folded


def _characters(query: Query, found: list[Candidate]) -> None:
    told = runs(query.folded)
    asked = told if len(told) > 1 and " " in query.folded else ["".join(told)]
    weights = [len(one) for one in asked]
    total = sum(weights)
    own_words = whole_words(query.folded)
    letters = sum(map(len, own_words)) or 1
    best = 0.0
    for one in found:
        text = _folded(one)
        parts = []
        for word in asked:
            fit = max((like(word, name) for name in text.titles), default=0.0)
            if fit < 1:
                fit = max(fit, IN_BODY * _in_body(word, text.body))
            parts.append(fit)
        fit = sum(w * f for w, f in zip(weights, parts, strict=True)) / total
        share = max(
            (sum(len(w) for w in own_words if w in name) / letters for name in text.titles),
            default=0.0,
        )
        one.fits = max(fit, IN_WORDS * share)
        best = max(best, one.fits)
    if best < ONE_SLIP and HAN.search(query.folded):
        _homophones(asked, weights, found)


def _in_body(word: str, body: str) -> float:
    return like(word, body) if len(body) < LONG_BODY else float(word in body)


def _homophones(asked: list[str], weights: list[int], found: list[Candidate]) -> None:
    """Only when nothing fits as typed: what sounds alike."""
    sounds = [sounding(one) for one in asked]
    for one in found:
        text = _folded(one)
        names = [sounding(name) for name in text.titles]
        body = sounding(text.body) if len(text.body) < LONG_BODY else ""
        fit = 0.0
        for sound, weight in zip(sounds, weights, strict=True):
            part = max((like(sound, name, slips=False) for name in names), default=0.0)
            if part < 1 and body:
                part = max(part, IN_BODY * like(sound, body, slips=False))
            fit += weight * part
        one.fits = max(one.fits, SOUNDS_ALIKE * fit / sum(weights))


def _letters(query: Query, found: list[Candidate]) -> None:
    mixed = query.cls == QueryClass.MIXED
    letters = mixed_letters(query.folded) if mixed else re.sub("[^a-z]", "", query.folded)
    loosely = loose_letters(letters)
    asked = stems(query.folded)
    han = [run for run in runs(query.folded) if is_han(run)]
    plain = query.plain
    for one in found:
        text = _folded(one)
        fit = 0.0
        for name in text.titles:
            fit = max(fit, _spelling(letters, loosely, name, initials=not mixed))
            if mixed:
                own = max(partial_ratio(run, name) for run in han) / 100
                fit = max(fit, 1.0 if plain in name else 0.0)
                fit = max(fit, 0.7 * _spelling(letters, loosely, name) + 0.3 * own)
        if not mixed and asked:
            fit = max(fit, in_english(asked, text.english), 0.8 * in_english(asked, [text.body_en]))
        if fit < 1 and mixed and plain in text.body:
            fit = max(fit, IN_BODY)
        one.fits = fit


def _spelling(letters: str, loosely: str, name: str, *, initials: bool = False) -> float:
    own, own_loosely, first = spelled(name)
    fit = partial_ratio(letters, own) if letters and len(own) >= len(letters) else 0.0
    if loosely and len(own_loosely) >= len(loosely):
        fit = max(fit, 0.97 * partial_ratio(loosely, own_loosely))
    if initials and letters and letters in first:
        fit = max(fit, 100.0 if len(letters) >= 4 else 90.0)
    return fit / 100
