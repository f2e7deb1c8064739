"""The field's words, in code.

Each term has its stored code, its Chinese paper word, its English word and the clause it
comes from. Rooms declare their own terms in ``terms.py``; ``docs/glossary.md`` is generated
from them. Standard library only, because the pure rules import it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final, Self


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


LAWS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "行政许可法实施规范": "Norms for the Administrative Licensing Law",
        "行政许可法": "Administrative Licensing Law",
        "个人信息保护法": "Personal Information Protection Law",
        "民法典": "Civil Code",
        "民事诉讼法": "Civil Procedure Law",
        "行政诉讼法": "Administrative Procedure Law",
        "行政复议法": "Administrative Reconsideration Law",
        "电子签名法": "Electronic Signature Law",
        "网络安全法": "Cybersecurity Law",
        "重大行政决策程序暂行条例": "Interim Regulation on Major Administrative Decisions",
        "优化营商环境条例": "Regulation on the Business Environment",
        "行政处罚法": "Administrative Penalty Law",
        "监察法": "Supervision Law",
        "护照法": "Passport Law",
        "出境入境管理法": "Exit and Entry Administration Law",
        "居民身份证法": "Resident Identity Card Law",
    }
)
NUMERALS: Final = "零一二三四五六七八九"
ARTICLE: Final = re.compile(r"《(\w+)》第([一二三四五六七八九十]+)条")
PART: Final = re.compile(r" ([一二三四五六七八九十]+)(?=（|$)")
POINT: Final = re.compile(r"第([一二三四五六七八九十]+)款|第?（([一二三四五六七八九十]+)）项?")


def _number(numeral: str) -> int:
    """A Chinese numeral up to 99: 四十七 is 47."""
    tens, ten, ones = numeral.rpartition("十")
    return (NUMERALS.index(tens) if tens else 1) * 10 * bool(ten) + (
        NUMERALS.index(ones) if ones else 0
    )


def cited(basis: str) -> Said:
    """A clause as both languages cite it: 行政许可法 42, Administrative Licensing Law, art. 42.

    Numbers of documents stay as they are printed, and so does what is not a known law.
    """
    said = ARTICLE.sub(lambda found: f"{found[1]} {_number(found[2])}", basis)
    said = PART.sub(lambda found: f", part {_number(found[1])}", said)
    said = POINT.sub(lambda found: f"({_number(found[1] or found[2])})", said)
    for zh, en in LAWS.items():
        said = re.sub(rf"{zh} ?(?=\d)", f"{en}, art. ", said)
        said = re.sub(rf"{zh}(?![\u4e00-\u9fff])", en, said)
    said = re.sub(r"art\. (?=\d+(?:[(（]\S+?[)）])*、)", "arts. ", said)
    for zh, en in (("（", "("), ("）", ")"), ("、", ", "), ("；", "; "), ("，", ", ")):
        said = said.replace(zh, en)
    return Said(basis, said)
