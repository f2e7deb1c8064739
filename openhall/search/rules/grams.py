"""Words, pairs and triples: what a text is looked up by. Pure.

The dictionary that words are cut by takes 31 MB: a process that never searches does not load it.
"""

from collections.abc import Sequence
from itertools import pairwise

from openhall.search.rules.folding import RUN, is_han


def words(folded: str) -> list[str]:
    """Words and the shorter words in them; single letters too."""
    import rjieba

    return [
        word
        for word in rjieba.cut_for_search(folded)
        if (len(word) > 1 and RUN.fullmatch(word)) or (len(word) == 1 and "a" <= word <= "z")
    ]


def whole_words(folded: str) -> list[str]:
    """Words, one after the other."""
    import rjieba

    return [word for word in rjieba.cut(folded) if RUN.fullmatch(word)]


def grams(signs: Sequence[str], size: int) -> list[str]:
    """Every ``size`` neighbours of ``signs``."""
    return ["".join(signs[at : at + size]) for at in range(len(signs) - size + 1)]


def pairs(stretches: Sequence[str]) -> list[str]:
    """Pairs of Han characters; what is shorter, or is no Han, whole."""
    found: list[str] = []
    for run in stretches:
        found += grams(run, 2) if is_han(run) and len(run) > 1 else [run]
    return found


def signs(stretches: Sequence[str]) -> list[str]:
    """Han characters one by one, other stretches whole."""
    return [one for run in stretches for one in (run if is_han(run) else (run,))]


def joined(names: Sequence[str]) -> list[str]:
    """Pairs of neighbouring syllables."""
    return [f"{one}0{two}" for one, two in pairwise(names)]
