"""What an engine is asked for: a tree that knows no engine.

Two retrievals, of heads by their names and of all records by their text; each list is brought to
its own scale before they are put together, because names and long texts cannot be compared.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from openhall.search.rules.english import stems
from openhall.search.rules.fields import WEIGHTS
from openhall.search.rules.folding import is_han, runs
from openhall.search.rules.grams import grams, joined, pairs, signs, words
from openhall.search.rules.pinyin import (
    loose,
    mixed_letters,
    signs_of,
    sounding,
    splits,
    syllables,
)
from openhall.search.rules.reading import Query, stretches
from openhall.search.terms import QueryClass

HEADS: Final = 60
PASSAGES: Final = 80
ASKED: Final = 600
OTHER_ORDER: Final = 0.4  # skipped and reversed pairs: a sign too many, two that changed places
ALL: Final = 20.0
SPLIT_WEIGHTS: Final = (1.0, 0.7, 0.5)
FEW_LETTERS: Final = 6
SHORT_SYLLABLES: Final = 1.8


@dataclass(frozen=True, slots=True)
class OneOf:
    """Each of ``tokens`` found in ``field`` adds its BM25 times ``weight``."""

    field: str
    tokens: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Nearly:
    """All ``tokens`` but ``lacking`` in ``field`` add ``bonus``."""

    field: str
    tokens: tuple[str, ...]
    bonus: float
    lacking: int = 0


@dataclass(frozen=True, slots=True)
class Only:
    """What a retrieval is kept to; empty: everything. ``days`` as 20031126, both included."""

    heads: bool = False
    kinds: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    roots: tuple[str, ...] = ()
    days: tuple[int, int] | None = None
    not_kinds: tuple[str, ...] = ()


Node = OneOf | Nearly


@dataclass(frozen=True, slots=True)
class Retrieval:
    """One question to the engine."""

    any_of: tuple[Node, ...]
    most: int
    only: Only = Only()


@dataclass(frozen=True, slots=True)
class Plan:
    """What to ask for one query; either list may be empty."""

    heads: Retrieval | None
    passages: Retrieval | None


def one_of(field: str, tokens: Iterable[str], weight: float | None = None) -> list[Node]:
    told = tuple(dict.fromkeys(tokens))
    return [OneOf(field, told, WEIGHTS[field] if weight is None else weight)] if told else []


def nearly(field: str, tokens: Iterable[str], bonus: float, lacking: int = 0) -> list[Node]:
    told = tuple(dict.fromkeys(tokens))
    return [Nearly(field, told, bonus, lacking)] if len(told) - lacking >= 1 else []


def plan(query: Query) -> Plan:
    """What is asked of the engine for ``query``."""
    heads, passages = {
        QueryClass.LATIN: _latin,
        QueryClass.ASK: _asking,
        QueryClass.MIXED: _short,
        QueryClass.SHORT: _short,
    }[query.cls](query)
    most = ASKED if query.cls == QueryClass.ASK else PASSAGES
    return Plan(
        Retrieval(tuple(heads), HEADS, Only(heads=True)) if heads else None,
        Retrieval(tuple(passages), most) if passages else None,
    )


def _latin(query: Query) -> tuple[list[Node], list[Node]]:
    letters = "".join(sign for sign in query.folded if "a" <= sign <= "z")
    ways = [way for way in splits(letters) if len(way) >= 2]
    heads: list[Node] = []
    passages: list[Node] = []
    for way, share in zip(ways, SPLIT_WEIGHTS, strict=False):
        heads += one_of("py", joined(way), WEIGHTS["py"] * share)
    heads += one_of("l3", grams(letters, 3))
    if ways:
        heads += one_of("pf", joined([loose(one) for one in ways[0]]))
        sound = signs_of(list(ways[0]))
        if len(sound) > 2:
            passages += nearly("p", grams(sound, 2), ALL / 2)
    short = len(letters) <= FEW_LETTERS
    if not ways or short or len(letters) / len(ways[0]) < SHORT_SYLLABLES:
        heads += one_of("i3", grams(letters, 3)) + one_of("i2", grams(letters, 2))
    heads += one_of("tw", [query.plain, *runs(query.folded)])
    if told := stems(query.folded):
        heads += one_of("en", told) + nearly("en", told, ALL)
        heads += one_of("e3", [g for word in told for g in grams(f"^{word}$", 3)])
        heads += one_of("be", told)
    return heads, passages


def _asking(query: Query) -> tuple[list[Node], list[Node]]:
    text = query.plain
    heads = one_of("tw", words(query.folded)) + one_of("tb", grams(text, 2))
    heads += one_of("tc", text)
    passages = one_of("b", grams(text, 2), 1.0) + one_of("b", text, 1.0)
    return heads, passages


def _short(query: Query) -> tuple[list[Node], list[Node]]:
    told = runs(query.folded)
    text_runs = stretches(query)
    text = "".join(text_runs)
    mixed = query.cls == QueryClass.MIXED
    own_pairs = pairs(told) or signs(told)
    text_pairs = [pair for run in text_runs for pair in grams(run, 2)]
    spoken = [syllables(run) for run in told if is_han(run)]
    sounds = [pair for run in told if is_han(run) for pair in grams(sounding(run), 2)]
    other: list[str] = []
    if len(told) == 1 and len(text) >= 3:
        other = [text[at] + text[at + 2] for at in range(len(text) - 2)]
        other += [text[at + 1] + text[at] for at in range(len(text) - 1)]
    heads = (
        one_of("tw", words(query.folded))
        + one_of("tb", own_pairs)
        + one_of("tc", signs(told))
        + one_of("py", [pair for run in spoken for pair in joined(run)])
        + one_of("pf", [pair for run in spoken for pair in joined([loose(one) for one in run])])
        + one_of("tb", other, WEIGHTS["tb"] * OTHER_ORDER)
    )
    if mixed:
        heads += one_of("l3", grams(mixed_letters(query.folded), 3))
        heads += one_of("en", stems(query.folded))
    if len(own_pairs) >= 2:
        heads += nearly("tb", own_pairs, 1.5 * ALL)
    passages = (
        one_of("b", text_pairs or text)
        + one_of("p", sounds)
        + one_of("b", other, WEIGHTS["b"] * OTHER_ORDER)
    )
    if len(text_pairs) >= 2:
        passages += nearly("b", text_pairs, ALL)
        if len(set(text_pairs)) >= 4:
            passages += nearly("b", text_pairs, 0.6 * ALL, 2)
        if len(sounds) >= 2:
            passages += nearly("p", sounds, 0.6 * ALL)
    return heads, passages
