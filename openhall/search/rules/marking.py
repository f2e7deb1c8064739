"""Which letters of a title or a passage to mark: the same alignment by which it was found. Pure."""

from typing import Final

from rapidfuzz.fuzz import partial_ratio_alignment

from openhall.search.rules.english import WORD, stem, stems
from openhall.search.rules.folding import clean, cleaned_with_places, runs
from openhall.search.rules.pinyin import read_aloud, sounding
from openhall.search.rules.reading import Query
from openhall.search.terms import QueryClass

Part = tuple[str, bool]  # words, and whether they are marked
NEAR: Final = 70.0
AROUND: Final = 90


def marked(query: Query, text: str) -> list[Part]:
    """``text`` in parts; those that match are marked. Escaping is the page's business."""
    places = _matching(query, text)
    parts: list[Part] = []
    for at, sign in enumerate(text):
        if parts and parts[-1][1] == (at in places):
            parts[-1] = (parts[-1][0] + sign, parts[-1][1])
        else:
            parts.append((sign, at in places))
    return parts


def _matching(query: Query, text: str) -> set[int]:
    plain, places = cleaned_with_places(text)
    found: set[int] = set()
    if query.cls == QueryClass.LATIN:
        found |= _english(query, text)
        return found or _by_sound(query, plain, places)
    for word in query.folded.split(" "):
        asked = clean(word)
        if not asked:
            continue
        start = plain.find(asked)
        if start >= 0:
            while start >= 0:
                found.update(places[start : start + len(asked)])
                start = plain.find(asked, start + 1)
            continue
        found |= _near(asked, plain, places)
    return found


def _near(asked: str, plain: str, places: list[int]) -> set[int]:
    if len(asked) < 2 or len(plain) < len(asked):
        return set()
    for one, text in ((asked, plain), (sounding(asked), sounding(plain))):
        got = partial_ratio_alignment(one, text, score_cutoff=NEAR)
        if got is not None:
            return set(places[got.dest_start : got.dest_end])
    return set()


def _english(query: Query, text: str) -> set[int]:
    asked = set(stems(query.folded))
    return {
        at
        for found in WORD.finditer(text.lower())
        if stem(found[0]) in asked
        for at in range(*found.span())
    }


def _by_sound(query: Query, plain: str, places: list[int]) -> set[int]:
    """Characters whose syllables, or whose initials, were typed."""
    letters = "".join(sign for sign in query.folded if "a" <= sign <= "z")
    at = 0
    for run in runs(plain):
        start = plain.index(run, at)
        at = start + len(run)
        names = read_aloud(run)
        if len(names) != len(run) or not letters:
            continue
        spelled = "".join(names)
        where = spelled.find(letters)
        if where >= 0:
            first = _syllable_at(names, where)
            last = _syllable_at(names, where + len(letters) - 1)
            return set(places[start + first : start + last + 1])
        initials = "".join(name[0] for name in names).find(letters)
        if initials >= 0:
            return set(places[start + initials : start + initials + len(letters)])
    return set()


def _syllable_at(names: tuple[str, ...], letter: int) -> int:
    for place, name in enumerate(names):
        letter -= len(name)
        if letter < 0:
            return place
    return len(names) - 1


def around(query: Query, text: str, size: int = AROUND) -> str:
    """The stretch of ``text`` that says most of what was asked; its beginning if none does."""
    if len(text) <= size:
        return text
    places = sorted(_matching(query, text[:6000]))
    if not places:
        return text[:size].rstrip() + "…"
    start = max(0, min(places[0] - size // 4, len(text) - size))
    told = text[start : start + size].strip()
    return ("…" if start else "") + told + ("…" if start + size < len(text) else "")
