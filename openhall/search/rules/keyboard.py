"""The table of an on-screen pinyin keyboard, made from the words the city itself uses. Pure. E1.

No dictionary of another is shipped: characters of GB 2312's first level and whatever stands in the
names of matters and units, the commonest of these first, so that what people look for comes first.
"""

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from typing import Any, Final

from openhall.search.rules.folding import is_han
from openhall.search.rules.pinyin import read_aloud, syllables

LONGEST_WORD: Final = 6
MOST_OF_A_SYLLABLE: Final = 60
COMMON: Final = tuple(
    bytes((high, low)).decode("gb2312", "ignore")
    for high in range(0xB0, 0xD8)
    for low in range(0xA1, 0xFF)
)


def table(texts: Iterable[str]) -> dict[str, Any]:
    """``signs``: characters of each syllable; ``words``: words by their letters, best first."""
    import rjieba  # its dictionary takes 31 MB, and tables are made seldom

    signs: Counter[str] = Counter()
    words: Counter[str] = Counter()
    for text in texts:
        signs.update(sign for sign in text if is_han(sign))
        cut = [one for one in rjieba.cut(text) if is_han(one)]
        parts = [*cut, *(one for one in rjieba.cut_for_search(text) if is_han(one))]
        words.update(one for one in parts if 1 < len(one) <= LONGEST_WORD)
        words.update(
            a + b for a, b in pairwise(cut) if a + b in text and 1 < len(a + b) <= LONGEST_WORD
        )
    by_sound: dict[str, list[str]] = {}
    order = [sign for sign, _n in signs.most_common()]
    for sign in dict.fromkeys([*order, *(one for one in COMMON if one)]):
        for name in syllables(sign):
            by_sound.setdefault(name, []).append(sign)
    by_letters: dict[str, list[str]] = {}
    for word, _n in words.most_common():
        names = read_aloud(word)
        if len(names) == len(word):
            by_letters.setdefault(" ".join(names), []).append(word)
    return {
        "signs": {name: "".join(own[:MOST_OF_A_SYLLABLE]) for name, own in by_sound.items()},
        "words": by_letters,
    }
