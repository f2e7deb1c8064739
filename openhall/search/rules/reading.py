"""A query as it is understood: its class, its words, what stands in quotes and what is unwanted."""

import re
from dataclasses import dataclass
from typing import Final

from openhall.search.rules.citing import Article, cited_article, cited_number
from openhall.search.rules.folding import HAN, LONGEST, clean, fold, is_han, runs, tidy
from openhall.search.terms import QueryClass

QUOTED: Final = re.compile('["“”«»「『]([^"“”«»「」『』]{1,60})["“”«»」』]')
UNWANTED: Final = re.compile(r"(?:^|\s)[-－]([^\s\-－]{1,30})")
BLANKS: Final = re.compile(r"[\s\u3000+,，、。;；|·]+")
ASKS: Final = re.compile(
    "[?？]|吗|怎么|怎样|如何|什么|哪些|哪个|哪里|是否|能否|可以|谁|为何|多少|多久|应当|能不能|有没有|我想|我要|帮我"
    "|啥|咋|哪儿|哪样|几点|好多钱|要带"
)
# What people say around the thing itself, spoken or typed; nobody looks for it.
POLITE: Final = re.compile(
    "^(请问|你好|您好|麻烦问一下|想问一下|请教一下|咨询一下|我想问|我想|我要|帮我查一?下?|帮我|查一下)[,，、\\s]*(一下)?"
)
LONG: Final = 24
ASKS_FROM: Final = 10
LETTERS: Final = 2


@dataclass(frozen=True, slots=True)
class Query:
    """What was asked. ``folded`` is everything wanted; ``words`` its parts as typed apart."""

    typed: str
    folded: str
    cls: QueryClass
    quoted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()
    number: str = ""
    article: Article | None = None

    @property
    def plain(self) -> str:
        """The letters, digits and characters alone."""
        return clean(self.folded)

    @property
    def says_nothing(self) -> bool:
        return not self.plain


def classified(folded: str) -> QueryClass:
    """How text that was folded is read."""
    if not HAN.search(folded):
        return QueryClass.LATIN if re.search("[a-z]", folded) else QueryClass.SHORT
    if len(re.sub("[^a-z]", "", folded)) >= LETTERS:
        return QueryClass.MIXED
    asks = (len(folded) >= ASKS_FROM and ASKS.search(folded)) or len(folded) > LONG
    return QueryClass.ASK if asks else QueryClass.SHORT


def read(typed: str) -> Query:
    """``typed`` as a query; the first signs of what is longer than anybody types."""
    typed = tidy(typed).strip()[:LONGEST]
    rest = typed
    unwanted = tuple(clean(fold(one)) for one in UNWANTED.findall(rest) if clean(fold(one)))
    rest = UNWANTED.sub(" ", rest)
    quoted = tuple(clean(fold(one)) for one in QUOTED.findall(rest) if clean(fold(one)))
    folded = BLANKS.sub(" ", fold(rest)).strip()
    spoken = POLITE.sub("", folded)
    if clean(spoken):
        folded = spoken
    cls = classified(folded)
    return Query(
        typed,
        folded,
        cls,
        quoted,
        unwanted,
        cited_number(rest),
        cited_article(rest),
    )


def stretches(query: Query) -> list[str]:
    """The runs of the query that its text is looked up by: for mixed ones the characters alone."""
    found = runs(query.folded)
    if query.cls == QueryClass.MIXED:
        return [run for run in found if is_han(run)]
    return found
