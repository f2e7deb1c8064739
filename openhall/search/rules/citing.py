"""Numbers and articles as people cite them: 国务院令第412号, 行政许可法 32. Pure."""

import re
from typing import Final, NamedTuple

from openhall.policies.rules.law_names import article_number, law_key
from openhall.search.rules.folding import clean, fold

DIGITS: Final = re.compile("[0-9]")
ORNAMENT: Final = re.compile("[第号總总]")
CITES_NUMBER: Final = re.compile(
    r"(令|发|函|办|字|公告|通知|规|政|释|号)\W*第?\W*\d{1,4}|\d{4}\W{0,3}\d{1,4}\W*号|^\W*第?\d{1,5}号"
)
ARTICLE: Final = re.compile(
    r"^[《\s]*(?P<law>[^\d《》第]{2,40}?)[》\s]*(?:第\s*)?"
    r"(?P<article>[零〇一二两三四五六七八九十百千]{1,9}|\d{1,4})\s*(?P<sign>条)?"
    r"(?:\s*第?.{1,3}[款项])*\s*$"
)
LAWS: Final = ("法", "条例", "规定", "办法", "细则", "解释", "典", "决定", "规则", "章程")


class Article(NamedTuple):
    """An article of a law, by the law's plain name."""

    law: str
    number: int


def number_key(told: str) -> str:
    """A number without its ornaments: 国务院令第412号 is 国务院令412."""
    return ORNAMENT.sub("", clean(fold(told)))


def cited_number(query: str) -> str:
    """The key of the document number that ``query`` is; empty if it is none."""
    folded = fold(query)
    if len(folded) > 40 or "条" in folded or not CITES_NUMBER.search(folded):
        return ""
    return number_key(folded)


def digits_in(key: str) -> str:
    """The digits of a number's key."""
    return "".join(DIGITS.findall(key))


def same_number(asked: str, number: str) -> bool:
    """Whether ``asked`` (a key) may mean ``number``: the same digits, and no sign it has not."""
    digits = digits_in(asked)
    letters = DIGITS.sub("", asked)
    return bool(digits) and digits == digits_in(number) and all(one in number for one in letters)


def cited_article(query: str) -> Article | None:
    """The article that ``query`` names, if it is a law's name with a number after it."""
    folded = fold(query).strip()
    found = ARTICLE.match(folded)
    if found is None:
        return None
    law = law_key(re.sub(r"[\s《》]", "", found["law"]))
    if not found["sign"] and not law.endswith(LAWS):
        return None
    number = article_number(f"第{found['article']}条")
    return Article(law, number) if number and len(law) >= 2 else None
