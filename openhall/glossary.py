"""The field's words, in code.

Each term has its stored code, its Chinese paper word, its English word and the clause it
comes from. Rooms declare their own terms in ``terms.py``; ``docs/glossary.md`` is generated
from them. Standard library only, because the pure rules import it.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self


class Term(StrEnum):
    """One word of the field: ``ACCEPTED = "accepted", "受理", "Accepted", "行政许可法 32"``.

    The value is what is stored; ``zh`` is what stands on paper; ``basis`` is the clause.
    """

    zh: str
    en: str
    basis: str

    def __new__(cls, code: str, zh: str = "", en: str = "", basis: str = "") -> Self:
        term = str.__new__(cls, code)
        term._value_ = code
        term.zh = zh
        term.en = en
        term.basis = basis
        return term

    def said_in(self, language: str | None) -> str:
        """The word in ``language`` (an IETF tag such as ``zh-hans`` or ``en``)."""
        return self.en if (language or "").startswith("en") else self.zh

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Pairs of stored code and Chinese word, for a model field or a form."""
        return [(term.value, term.zh) for term in cls]

    @classmethod
    def codes(cls) -> list[str]:
        """Every stored code, for a database constraint."""
        return [term.value for term in cls]


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence or word that the law speaks, in both languages.

    For refusals, faults and names that are data; the pages' own words are gettext's. ``str()`` is
    the Chinese, which is what stands on paper.
    """

    zh: str
    en: str

    def said_in(self, language: str | None) -> str:
        """The sentence in ``language`` (an IETF tag such as ``zh-hans`` or ``en``)."""
        return self.en if (language or "").startswith("en") else self.zh

    def __str__(self) -> str:
        return self.zh

    def __add__(self, more: "Said") -> "Said":
        """One sentence after the other; English keeps a blank between them."""
        gap = " " if self.en and more.en else ""
        return Said(self.zh + more.zh, self.en + gap + more.en)

    def __bool__(self) -> bool:
        return bool(self.zh or self.en)
