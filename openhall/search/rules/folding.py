"""One spelling for what people type in many: width, traditional script, case. Pure.

Every fold is sign by sign, so that a place in the folded text leads back to the text as written:
the highlight needs it.
"""

import re
import unicodedata
from functools import cache
from typing import Final

import opencc

LONGEST: Final = 120  # signs of a query that are read; nobody types more into a box
FIRST, LAST = 0x3400, 0x9FFF  # the Han characters that are folded and read aloud
HAN: Final = re.compile("[\u3400-\u9fff]")
NOT_TEXT: Final = re.compile(
    "[\x00-\x1f\x7f\u200b-\u200f\u2028-\u202e\ufeff\ud800-\udfff\ue000-\uf8ff]"
)
NOT_WORDS: Final = re.compile("[^a-z0-9\u3400-\u9fff]+")
RUN: Final = re.compile("[\u3400-\u9fff]+|[a-z0-9]+")


@cache
def _simplified() -> dict[int, str]:
    """Traditional characters with the simplified one each stands for."""
    signs = [chr(code) for code in range(FIRST, LAST + 1)]
    told = opencc.OpenCC("t2s").convert("\n".join(signs)).split("\n")
    return {
        ord(sign): plain
        for sign, plain in zip(signs, told, strict=True)
        if len(plain) == 1 and plain != sign
    }


@cache
def _traditional() -> re.Pattern[str]:
    return re.compile("[" + "".join(map(chr, sorted(_simplified()))) + "]")


def tidy(text: str) -> str:
    """Without what is no text: controls, NUL, half of a pair, direction marks, private signs."""
    return NOT_TEXT.sub(" ", text)


def fold(text: str) -> str:
    """Half width, simplified, lower case."""
    if not text.isascii():
        text = tidy(text)
        if not unicodedata.is_normalized("NFKC", text):
            text = unicodedata.normalize("NFKC", text)
        if _traditional().search(text):
            text = text.translate(_simplified())
    return text.lower()


def clean(folded: str) -> str:
    """Only letters, digits and Han characters."""
    return NOT_WORDS.sub("", folded)


def cleaned_with_places(text: str) -> tuple[str, list[int]]:
    """``clean(fold(text))`` and, for each sign of it, the place in ``text`` it comes from."""
    signs: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        for one in clean(fold(sign)):
            signs.append(one)
            places.append(place)
    return "".join(signs), places


def runs(folded: str) -> list[str]:
    """Stretches of Han characters, and of letters and digits."""
    return RUN.findall(folded)


def is_han(run: str) -> bool:
    return run[:1] > "\u3000"
