"""Everyday words for official ones, boosts and pinned answers: what staff keep, and its effect.

房产证 means 不动产权证书; whoever types the first finds the second. The word may itself be typed
wrongly, in letters or in traditional script.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, Final

from openhall.glossary import Said
from openhall.search.rules.english import stems
from openhall.search.rules.folding import HAN, clean, fold
from openhall.search.rules.grams import whole_words
from openhall.search.rules.likeness import one_slip
from openhall.search.rules.pinyin import loose_letters, read_aloud, sounding
from openhall.search.rules.reading import ASKS, Query, read
from openhall.search.terms import QueryClass

SHARE: Final = 0.97  # what was meant fits a little less than what was typed
LIKELY: Final = 0.9  # and less where the everyday word itself was typed wrongly
CORE: Final = 0.95
LESS: Final = 0.04  # for each meaning after the first
WHOLE: Final = 0.3  # the everyday word is all that was typed
LONGEST_CORE: Final = 16
ONLY_ASKS: Final = """
请问 怎么 怎样 如何 什么 哪些 哪个 哪里 哪儿 哪样 为什么 怎么办 咋 咋个 咋办 啥 啥子 谁
几点 好多 好久
需要 应该 要 得 想 想要 想问 可以 能 能否 能不能 是否 吗 呢 啊 呀 吧 的 了 才 就 还 也 都
办理 办 办的 手续 材料 申请 证 证件 准备 条件 流程 一下 一个 一家 多少 多少钱 多久 多长
时间 时候 现在 我 我们 我家 自己 去 在 是 有 给 帮 到 和 跟 把 被 从
"""
ASKING: Final = frozenset(ONLY_ASKS.split())
LEAST, MOST = 0.2, 1.6
MEANINGS: Final = 6
SLIPS_FROM: Final = 3  # shorter words are too near to each other
# 开餐馆 is said 开个小餐馆, 补身份证 is said 补一下身份证: a deed, what is small talk, its thing.
DEEDS: Final = "开办补换领交退查卖买租建改迁报考挂装摆养种"
SMALL_TALK: Final = "(?:一下|一|两|几|了|个|家|间|张|本|份|块|辆|只|套|点|小|大|新|我|的|自己|儿)*"


@dataclass(frozen=True)
class Everyday:
    """One everyday word with the official words it means."""

    said: str
    means: tuple[str, ...]

    @cached_property
    def plain(self) -> str:
        return clean(fold(self.said))

    @cached_property
    def spoken(self) -> re.Pattern[str] | None:
        """The word with small talk between its deed and its thing; None where it names no deed."""
        if len(self.plain) < SLIPS_FROM or self.plain[0] not in DEEDS:
            return None
        return re.compile(self.plain[0] + SMALL_TALK + re.escape(self.plain[1:]))

    @cached_property
    def letters(self) -> str:
        return "".join(read_aloud(fold(self.said)))

    @cached_property
    def stems(self) -> tuple[str, ...]:
        return () if HAN.search(self.said) else tuple(stems(self.said.lower()))


@dataclass(frozen=True, slots=True)
class Meant:
    """A query in official words: how much its finds count, and what is added to them.

    ``said`` is False for what the sentence is about, in the person's own words.
    """

    query: Query
    share: float
    bonus: float
    said: bool = True


@dataclass(frozen=True, slots=True)
class Pin:
    """A record that stands first for a query on some days, and why."""

    query: str
    record: str
    first_day: date
    last_day: date | None
    reason: str

    def holds(self, plain: str, day: date) -> bool:
        held = self.first_day <= day and (self.last_day is None or day <= self.last_day)
        return held and clean(fold(self.query)) == plain


@dataclass(frozen=True)
class Rules:
    """One version of what staff keep."""

    words: tuple[Everyday, ...] = ()
    boosts: Mapping[str, float] | None = None
    pins: tuple[Pin, ...] = ()

    def meant(self, query: Query) -> list["Meant"]:
        """What ``query`` may mean in official words, the likeliest first."""
        found: dict[str, Meant] = {}
        heard = [(word, how) for word in self.words if (how := _matched(query, word)) is not None]
        for word, (rest, share, bonus) in heard:
            if _within_a_longer(word, [one for one, _how in heard], query.plain):
                continue
            for place, official in enumerate(word.means[:MEANINGS]):
                told = read(f"{official} {rest}" if rest else official)
                told = replace(told, cls=_class_of(told))
                less = share * (1 - LESS * place)
                found.setdefault(told.folded, Meant(told, less, bonus * (1 - 0.1 * place)))
        if asks(query) and (core := essence(query.folded)):
            told = read(core)
            if told.cls == QueryClass.SHORT and told.folded != query.folded:
                found.setdefault(told.folded, Meant(told, CORE, 0.0, said=False))
        return list(found.values())[: 2 * MEANINGS]

    def pinned(self, query: Query, day: date) -> list[Pin]:
        return [pin for pin in self.pins if pin.holds(query.plain, day)]


def asks(query: Query) -> bool:
    """Whether it is said as a question, however short: 小孩上户口要什么."""
    han = query.cls in (QueryClass.ASK, QueryClass.SHORT)
    return query.cls == QueryClass.ASK or (han and bool(ASKS.search(query.folded)))


def _within_a_longer(word: "Everyday", heard: Sequence["Everyday"], plain: str) -> bool:
    """Whether only a part of a longer everyday word was heard: 身份证 in 补身份证."""
    if not word.plain or word.plain not in plain:
        return False
    longer = [
        one
        for one in heard
        if len(one.plain) > len(word.plain) and word.plain in one.plain and one.plain in plain
    ]
    left = plain
    for one in longer:
        left = left.replace(one.plain, " ")
    return bool(longer) and word.plain not in left


def _class_of(told: Query) -> QueryClass:
    return QueryClass.SHORT if told.cls == QueryClass.ASK else told.cls


def essence(folded: str) -> str:
    """What a sentence is about: its words without those that only ask."""
    told = [word for word in whole_words(folded) if word not in ASKING]
    return "".join(told) if 2 <= len("".join(told)) <= LONGEST_CORE else ""


def _matched(query: Query, word: Everyday) -> tuple[str, float, float] | None:
    """What is left of ``query`` beside ``word``, how surely it was meant, and what that adds.

    None where the word is not in the query. A word that is the whole query, exactly, counts as the
    official name; one that was only likely meant counts less than what was typed.
    """
    plain = query.plain
    if query.cls == QueryClass.LATIN:
        letters = re.sub("[^a-z]", "", query.folded)
        if word.letters and letters == word.letters:
            return "", SHARE, WHOLE
        if word.letters and loose_letters(letters) == loose_letters(word.letters):
            return "", LIKELY, WHOLE
        told = stems(query.folded)
        if word.stems and all(stem in told for stem in word.stems):
            return "", SHARE, WHOLE if len(told) == len(word.stems) else 0.0
        return None
    if not word.plain:
        return None
    if word.plain == plain:
        return "", 1.0, WHOLE
    heard = word.plain if word.plain in plain else ""
    if not heard and word.spoken and (said := word.spoken.search(plain)):
        heard = said.group()
    if heard:
        rest = essence(plain.replace(heard, " ", 1))
        return rest if len(rest) > 1 else "", SHARE, 0.0 if rest else WHOLE / 2
    if len(word.plain) < SLIPS_FROM or not HAN.search(plain):
        return None
    if sounding(word.plain) == sounding(plain):
        return "", LIKELY, WHOLE
    near = one_slip(plain) if abs(len(word.plain) - len(plain)) <= 1 else None
    return ("", LIKELY, 0.0) if near is not None and near.fullmatch(word.plain) else None


def rules_from(
    words: Iterable[Mapping[str, Any]],
    boosts: Iterable[Mapping[str, Any]] = (),
    pins: Iterable[Mapping[str, Any]] = (),
    day: date | None = None,
) -> Rules:
    """The rules as they are kept; boosts past their last ``day`` left out."""
    return Rules(
        tuple(Everyday(row["said"], tuple(row["means"])) for row in words),
        {
            row["record"]: float(row["weight"])
            for row in boosts
            if day is None or not row.get("until") or day <= date.fromisoformat(row["until"])
        },
        tuple(
            Pin(
                row["query"],
                row["record"],
                date.fromisoformat(row["from"]),
                date.fromisoformat(row["until"]) if row.get("until") else None,
                row["reason"],
            )
            for row in pins
        ),
    )


def faults_in(
    words: Sequence[Mapping[str, Any]],
    boosts: Sequence[Mapping[str, Any]],
    pins: Sequence[Mapping[str, Any]],
    first_day: date,
) -> Iterator[Said]:
    """What forbids publishing the rules."""
    seen: set[str] = set()
    for row in words:
        plain = clean(fold(row["said"]))
        if not plain or not row["means"]:
            yield Said(
                f"俗称“{row['said']}”没有写明对应的规范用语。",
                f"“{row['said']}” says no official word.",
            )
        if plain in seen:
            yield Said(f"俗称“{row['said']}”出现了两次。", f"“{row['said']}” stands twice.")
        seen.add(plain)
    for row in boosts:
        if not LEAST <= float(row["weight"]) <= MOST:
            yield Said(
                f"“{row['record']}”的权重应当在{LEAST}至{MOST}之间。",
                f"The weight of “{row['record']}” must lie between {LEAST} and {MOST}.",
            )
    for row in (*boosts, *pins):
        if not str(row.get("reason", "")).strip():
            yield Said(f"“{row['record']}”没有写明理由。", f"“{row['record']}” gives no reason.")
        if row.get("until") and date.fromisoformat(row["until"]) < first_day:
            yield Said(
                f"“{row['record']}”在施行之前就已经到期。",
                f"“{row['record']}” ends before the rules begin.",
            )


def changed(old: Sequence[str], new: Sequence[str]) -> list[tuple[str, int | None, int | None]]:
    """Records whose place differs: the record, its place before, its place after (from 1)."""
    before = {one: place for place, one in enumerate(old, start=1)}
    after = {one: place for place, one in enumerate(new, start=1)}
    return [
        (one, before.get(one), after.get(one))
        for one in dict.fromkeys([*new, *old])
        if before.get(one) != after.get(one)
    ]
