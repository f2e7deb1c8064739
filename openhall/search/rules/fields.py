"""The tokens of a record, field by field, with no engine in mind.

``name`` and the names of other letters are on heads only: title words, pairs and characters,
syllable pairs as read and loosely, letter triples, initials, English stems and their triples;
``pairs`` is the clean text of title and body in 1- and 2-grams, ``sounds`` the same in signs of
syllables, 2-grams. An engine may make those two itself from the texts.
"""

from dataclasses import dataclass
from typing import Final

from openhall.search.rules.citing import digits_in, number_key
from openhall.search.rules.english import stems
from openhall.search.rules.folding import HAN, clean, fold, runs
from openhall.search.rules.grams import grams, joined, pairs, signs, words
from openhall.search.rules.pinyin import loose, read_aloud, sounding, syllables
from openhall.search.rules.records import Record

# Fields of tokens, with the weight of each: measured, see docs/decisions/0032.
WEIGHTS: Final = {
    "tw": 3.0,
    "tb": 2.0,
    "tc": 0.4,
    "py": 1.6,
    "pf": 0.6,
    "l3": 0.35,
    "i3": 1.0,
    "i2": 0.5,
    "en": 3.0,
    "e3": 0.35,
    "be": 0.8,
    "b": 1.2,
    "p": 0.8,
}
TOKENS: Final = ("tw", "tb", "tc", "py", "pf", "l3", "i3", "i2", "en", "e3", "be")
TEXTS: Final = {"b": (1, 2), "p": (2, 2)}  # least and most signs of a gram
EXACT: Final = ("id", "key", "root", "kind", "unit", "no", "nd", "art")


@dataclass(frozen=True, slots=True)
class Analysed:
    """A record as an engine takes it."""

    tokens: dict[str, list[str]]
    texts: dict[str, str]
    exact: dict[str, str]
    head: bool
    day: int
    level: int


def day_number(record: Record) -> int:
    """20031126 for a day; 0 where there is none."""
    return int(record.day.strftime("%Y%m%d")) if record.day else 0


def analysed(record: Record) -> Analysed:
    """The tokens, texts and exact words of ``record``."""
    body = clean(fold(record.body))
    tokens: dict[str, list[str]] = {}
    if record.head:
        tokens = _of_names(record)
    number = number_key(record.number) if record.number else ""
    return Analysed(
        tokens,
        {"b": clean(fold(record.title)) + body, "p": sounding(body)},
        {
            "id": record.id,
            "key": f"{record.kind}:{record.key}",
            "root": record.root,
            "kind": record.kind,
            "unit": record.unit,
            "no": number,
            "nd": digits_in(number),
            "art": f"{record.law}#{record.article}" if record.law and record.article else "",
        },
        record.head,
        day_number(record),
        record.level,
    )


def _of_names(record: Record) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {name: [] for name in TOKENS}
    told = [fold(name) for name in (record.title, *record.names)]
    for name in told:
        if HAN.search(name):
            _read(name, found)
    english = " ".join([record.title_en.lower(), *(n for n in told if not HAN.search(n))])
    found["en"] = stems(english)
    found["e3"] = list(dict.fromkeys(g for word in found["en"] for g in grams(f"^{word}$", 3)))
    found["be"] = list(dict.fromkeys(stems(record.body_en.lower())))
    if record.number:
        found["tw"] += [number_key(record.number)]
    return {name: list(dict.fromkeys(tokens)) for name, tokens in found.items() if tokens}


def _read(name: str, found: dict[str, list[str]]) -> None:
    stretches = runs(name)
    natural, usual = list(read_aloud(name)), syllables(name)
    found["tw"] += words(name)
    found["tb"] += pairs(stretches)
    found["tc"] += signs(stretches)
    found["py"] += joined(natural)
    if usual != natural:
        found["py"] += joined(usual)
    found["pf"] += joined([loose(one) for one in natural])
    found["l3"] += grams("".join(natural), 3)
    initials = [one[0] for one in natural]
    found["i2"] += grams(initials, 2)
    found["i3"] += grams(initials, 3)
