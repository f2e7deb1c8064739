"""您是不是要找: what was meant, in the words of what was found. Pure."""

from collections.abc import Sequence
from typing import Final

from rapidfuzz.fuzz import partial_ratio_alignment

from openhall.search.rules.english import stems
from openhall.search.rules.folding import HAN
from openhall.search.rules.likeness import one_slip, stems_of
from openhall.search.rules.pinyin import loose_letters, mixed_letters, read_aloud, sounding
from openhall.search.rules.reading import Query
from openhall.search.rules.records import Candidate
from openhall.search.terms import QueryClass

LOOKED_AT: Final = 8
LIKE_ENOUGH: Final = 74.0
SHORTEST: Final = 2


def meant_instead(query: Query, found: Sequence[Candidate]) -> str:
    """The words of a found name that ``query`` was likely meant to be; empty if it is right."""
    plain = query.plain
    heads = [one for one in found[:LOOKED_AT] if one.folded and one.head]
    names = [name for one in heads for name in one.folded.titles if HAN.search(name)]  # type: ignore[union-attr]
    if query.cls == QueryClass.ASK or len(plain) < SHORTEST or any(plain in name for name in names):
        return ""
    if query.cls in (QueryClass.LATIN, QueryClass.MIXED):
        if query.cls == QueryClass.LATIN and _is_english(query, heads):
            return ""
        return next(filter(None, (_spelled(query, name) for name in names)), "")
    if " " in query.folded:
        return ""
    for name in names:
        if (told := _alike(plain, name)) and told != plain:
            return told
    return ""


def _is_english(query: Query, heads: Sequence[Candidate]) -> bool:
    told = set(stems(query.folded))
    return any(
        told & set(stems_of(name)) for one in heads if one.folded for name in one.folded.english
    )


def _alike(plain: str, name: str) -> str:
    """The stretch of ``name`` that sounds like ``plain``, or is a slip away from it."""
    sound, sounds = sounding(plain), sounding(name)
    at = sounds.find(sound)
    if at >= 0:
        return name[at : at + len(plain)]
    if (near := one_slip(plain)) and (found := near.search(name)):
        return found[0]
    got = partial_ratio_alignment(sound, sounds, score_cutoff=LIKE_ENOUGH)
    if got is None or got.dest_end - got.dest_start < SHORTEST or len(plain) < 4:
        return ""
    return name[got.dest_start : got.dest_end]


def _spelled(query: Query, name: str) -> str:
    """The characters of ``name`` whose letters, loosely, or whose initials were typed."""
    mixed = query.cls == QueryClass.MIXED
    letters = mixed_letters(query.folded) if mixed else "".join(filter(str.isalpha, query.folded))
    syllables = read_aloud(name)
    signs = [sign for sign in name if HAN.match(sign)]
    if len(syllables) != len(signs):
        return ""
    for told in (list(syllables), [loose_letters(one) for one in syllables]):
        asked = letters if told == list(syllables) else loose_letters(letters)
        for start in range(len(told)):
            spelled = ""
            for end in range(start, len(told)):
                spelled += told[end]
                if spelled == asked:
                    return "".join(signs[start : end + 1])
                if len(spelled) > len(asked):
                    break
    initials = "".join(one[0] for one in syllables)
    at = initials.find(letters)
    if at >= 0 and len(letters) >= 3 and not mixed:
        return "".join(signs[at : at + len(letters)])
    return ""
