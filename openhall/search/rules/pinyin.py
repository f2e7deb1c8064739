"""How characters sound, and which syllables letters may be. Pure; pypinyin knows the readings.

A syllable is also one private sign, so that words that sound alike become equal strings and are
compared by the same code as characters are.
"""

import re
from functools import cache, lru_cache
from typing import Final

from openhall.search.rules.folding import FIRST, HAN, LAST, is_han

PRIVATE: Final = 0xE000
TONES: Final = str.maketrans("āáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹḿ", "aaaaeeeeiiiioooouuuuvvvvvnnnm")
LONGEST_SYLLABLE: Final = 6
NO_WORDS: Final = frozenset({"n", "m", "ng", "hm", "hng", "ê"})
RETROFLEX: Final = re.compile("([zcs])h")
LIQUID: Final = re.compile("n(?=[aeiouv])")
AS_F: Final = {
    "huang": "fang",
    "huan": "fan",
    "huai": "fai",
    "hua": "fa",
    "hui": "fei",
    "huo": "fo",
    "hun": "fen",
    "hu": "fu",
}
BREATHED: Final = re.compile("|".join(AS_F))
FINALS: Final = re.compile("(an|en|in|on)g")
FINAL: Final = re.compile("(an|en|in)g$")
SPLITS: Final = 6
LETTERS: Final = re.compile("[a-z]+")
PARTS: Final = re.compile("[\u3400-\u9fff]+|[a-z]+")


@cache
def _readings() -> dict[str, str]:
    """The usual syllable of each character, without tones."""
    from pypinyin.constants import PINYIN_DICT  # 53 MB with its phrases: loaded by who asks

    found = {}
    for code, told in PINYIN_DICT.items():
        if FIRST <= code <= LAST:
            plain = told.split(",", 1)[0].translate(TONES)
            if plain.isascii() and plain.isalpha():
                found[chr(code)] = plain
    return found


@cache
def _signs() -> dict[str, int]:
    """Each syllable's private sign."""
    return {name: PRIVATE + place for place, name in enumerate(sorted(set(_readings().values())))}


@cache
def _sounding() -> dict[int, int]:
    return {ord(sign): _signs()[name] for sign, name in _readings().items()}


@cache
def _syllables() -> frozenset[str]:
    names = {name for name in _readings().values() if len(name) <= LONGEST_SYLLABLE}
    return frozenset(name for name in names - NO_WORDS if len(name) > 1 or name in "aeo")


def syllables(text: str) -> list[str]:
    """The usual syllable of each Han character, one by one."""
    known = _readings()
    return [known[sign] for sign in text if sign in known]


@lru_cache(8192)
def read_aloud(text: str) -> tuple[str, ...]:
    """The syllables of ``text`` as it is read: 行 in 银行 is hang."""
    from pypinyin import lazy_pinyin

    found: list[str] = []
    for part in PARTS.findall(text):
        if is_han(part):
            found += [one for one in lazy_pinyin(part) if one.isascii() and one.isalpha()]
    return tuple(found)


def sounding(text: str) -> str:
    """``text`` with each character as the sign of its syllable."""
    return text.translate(_sounding())


def signs_of(names: list[str]) -> str:
    """Syllables as their signs; unknown ones are left out."""
    known = _signs()
    return "".join(chr(known[name]) for name in names if name in known)


def loose(name: str) -> str:
    """A syllable as southern tongues say it: zh is z, ang is an, n is l, hua is fa."""
    return FINAL.sub(r"\1", _tongue(name))


def loose_letters(letters: str) -> str:
    """Letters of several syllables, folded the same way."""
    return FINALS.sub(r"\1", _tongue(letters))


def _tongue(letters: str) -> str:
    letters = RETROFLEX.sub(r"\1", letters)
    letters = LIQUID.sub("l", letters)
    return BREATHED.sub(lambda found: AS_F[found[0]], letters)


@lru_cache(4096)
def splits(letters: str) -> tuple[tuple[str, ...], ...]:
    """The likeliest ways to cut ``letters`` into syllables, the best first; or none."""
    known = _syllables()
    best: list[list[list[str]]] = [[] for _ in range(len(letters) + 1)]
    best[0] = [[]]
    for end in range(1, len(letters) + 1):
        ways: list[list[str]] = []
        for start in range(max(0, end - LONGEST_SYLLABLE), end):
            if letters[start:end] in known:
                ways += [[*way, letters[start:end]] for way in best[start]]
        ways.sort(key=lambda way: (len(way), -sum(len(one) ** 2 for one in way)))
        best[end] = ways[:SPLITS]
    return tuple(tuple(way) for way in best[-1])


def mixed_letters(folded: str) -> str:
    """Characters by their sound and letters as they are: 营业zhizhao is yingyezhizhao."""
    return "".join(
        "".join(read_aloud(part)) if HAN.match(part) else part for part in PARTS.findall(folded)
    )


@lru_cache(16384)
def spelled(title: str) -> tuple[str, str, str]:
    """A title's letters, the same folded loosely, and its initials."""
    names = read_aloud(title)
    letters = "".join(names)
    return letters, loose_letters(letters), "".join(name[0] for name in names)
