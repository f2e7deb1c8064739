"""English as it is typed on both sides of the ocean: licence, license, licensing. Pure."""

import re
from functools import cache, lru_cache
from typing import Any, Final

WORD: Final = re.compile("[a-z]+(?:'[a-z]+)?")
STOP: Final = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "by",
        "can",
        "do",
        "for",
        "from",
        "get",
        "have",
        "how",
        "i",
        "in",
        "into",
        "is",
        "it",
        "me",
        "my",
        "need",
        "of",
        "on",
        "or",
        "our",
        "the",
        "this",
        "to",
        "we",
        "what",
        "when",
        "where",
        "which",
        "who",
        "with",
        "you",
        "your",
        "want",
        "apply",
    ]
)
# British endings and the American ones that stand for both.
SPELLINGS: Final = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        ("^licenc", "licens"),
        ("^practis", "practic"),
        ("^(de|of)fence", r"\1fense"),
        ("^cheque", "check"),
        ("^(pro)gramme", r"\1gram"),
        ("^(tyre)", "tire"),
        ("^(kerb)", "curb"),
        ("^(enrol|fulfil|instal)(?=$|s$|ment)", r"\1l"),
        ("^(cent|theat|met|lit)re(s?)$", r"\1er\2"),
        ("(?<=[a-z]{3})is(e[ds]?|ing|ations?|ers?)$", r"iz\1"),
        ("(?<=[a-z]{2})ys(e[ds]?|ing)$", r"yz\1"),
        ("^(col|lab|fav|hon|neighb|harb|behavi|hum|vap|rum)our", r"\1or"),
        ("(?<=[aeiou])ll(ed|ing|ers?|or)$", r"l\1"),
        ("^(judg|acknowledg)ement", r"\1ment"),
        ("^aeroplane", "airplane"),
        ("^(an|p)ae", r"\1e"),
    )
)


@cache
def _stemmer() -> Any:
    """Made when it is first needed: the package brings every language with it."""
    import snowballstemmer

    return snowballstemmer.stemmer("english")


@lru_cache(16384)
def stem(word: str) -> str:
    """One form of a word's spellings and endings."""
    for pattern, plain in SPELLINGS:
        word = pattern.sub(plain, word)
    found: str = _stemmer().stemWord(word)
    return found


def stems(text: str) -> list[str]:
    """The stems of the words of ``text`` (lower case) that say something."""
    return [stem(word) for word in WORD.findall(text) if word not in STOP]
