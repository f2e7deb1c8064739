"""Walking a question guide: which question comes next, and every way there is. B7.

``walk`` is total: whatever the answers, it says which question is asked next or which result is
reached; on a guide the checker accepted it always ends in a result. ``paths`` lists every way by
*kinds of answer*: answers that no condition of the guide tells apart are one kind, so the list is
exact and as short as it can be.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain, combinations
from typing import Final

from openhall.questions.rules.content import (
    MOST_OPTIONS,
    Condition,
    Content,
    ItemLine,
    MaterialLine,
    Question,
)
from openhall.questions.terms import QuestionKind as K

MOST_PATHS: Final = 300
Answer = str | int | frozenset[str]
Answers = Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class Kind:
    """Answers to one question that the guide treats alike; ``example`` is one of them.

    ``keys`` for options (of one answer), ``sets`` for several, ``range`` for a number.
    """

    question: str
    example: Answer
    keys: tuple[str, ...] = ()
    sets: tuple[frozenset[str], ...] = ()
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """Where a walk stands: the questions asked so far, then the next one or the result.

    ``stuck`` names the question that led nowhere; a guide without faults has none.
    """

    asked: tuple[str, ...] = ()
    question: str = ""
    result: str = ""
    stuck: str = ""


@dataclass(frozen=True, slots=True)
class Path:
    """One way through the guide: the kind of answer at each question, and the result."""

    kinds: tuple[Kind, ...]
    result: str

    def answers(self) -> dict[str, Answer]:
        """One person who would go this way."""
        return {kind.question: kind.example for kind in self.kinds}


class TooMany(ValueError):
    """More than ``MOST_PATHS`` ways: nobody could read them."""


# ---------------------------------------------------------------- conditions
def holds(condition: Condition, answers: Answers) -> bool:
    """Whether ``condition`` is true; a question that was not asked makes it false."""
    answer = answers.get(condition.question)
    if answer is None:
        return False
    if isinstance(answer, frozenset):
        return bool(answer & set(condition.any))
    if isinstance(answer, int):
        within = condition.least is None or condition.least <= answer
        return within and (condition.most is None or answer <= condition.most)
    return answer in condition.any


def all_hold(when: Iterable[Condition], answers: Answers) -> bool:
    return all(holds(condition, answers) for condition in when)


def fits(question: Question, answer: Answer | None) -> bool:
    """Whether ``answer`` is one that ``question`` allows."""
    if isinstance(answer, bool) or answer is None:
        return False
    known = {one.key for one in question.choices()}
    if question.kind == K.NUMBER:
        least, most = question.bounds()
        return isinstance(answer, int) and least <= answer <= most
    if question.kind == K.MANY:
        return isinstance(answer, frozenset) and answer <= known
    return isinstance(answer, str) and answer in known


def taken(question: Question, answers: Answers) -> tuple[int | None, str]:
    """The number of the first rule that holds (none for otherwise) and where it leads."""
    for number, rule in enumerate(question.rules):
        if all_hold(rule.when, answers):
            return number, rule.to
    return None, question.otherwise


def walk(content: Content, answers: Answers) -> Step:
    """Ask in order, as far as the answers go. An answer that does not fit is asked again."""
    if not content.questions:
        return Step(stuck="-")
    at, asked, said = content.questions[0].key, list[str](), dict[str, Answer]()
    while (question := content.question(at)) is not None:
        if at in said:
            return Step(tuple(asked), stuck=asked[-1])  # a loop, which the checker refuses
        answer = answers.get(at)
        if answer is None or not fits(question, answer):
            return Step(tuple(asked), question=at)
        asked.append(at)
        said[at] = answer
        _number, at = taken(question, said)
    if content.result(at) is None:
        return Step(tuple(asked), stuck=asked[-1])
    return Step(tuple(asked), result=at)


def answered(content: Content, answers: Answers) -> dict[str, Answer]:
    """Only the answers the walk really used."""
    return {key: answers[key] for key in walk(content, answers).asked}


# ---------------------------------------------------------------- what a result says
def items_for(content: Content, result: str, answers: Answers) -> list[ItemLine]:
    """The item lines of the result that hold for these answers."""
    found = content.result(result)
    lines = found.items if found is not None else ()
    return [line for line in lines if all_hold(line.when, answers)]


def line_for(line: ItemLine, material: str, answers: Answers) -> MaterialLine | None:
    """The first line about ``material`` that holds for these answers."""
    for one in line.materials:
        if one.key == material and all_hold(one.when, answers):
            return one
    return None


# ---------------------------------------------------------------- every way
def kinds_of(question: Question, conditions: Iterable[Condition]) -> list[Kind]:
    """The answers to ``question``, gathered by which of the conditions they satisfy."""
    mine = [one for one in conditions if one.question == question.key]
    if question.kind == K.NUMBER:
        return _ranges(question, mine)
    options = [one.key for one in question.choices()]
    answers: list[Answer] = list(options)
    if question.kind == K.MANY:
        sizes = range(min(len(options), MOST_OPTIONS) + 1)
        subsets = chain.from_iterable(combinations(options[:MOST_OPTIONS], n) for n in sizes)
        answers = [frozenset(one) for one in subsets]
    alike: dict[tuple[bool, ...], list[Answer]] = {}
    for answer in answers:
        mark = tuple(holds(one, {question.key: answer}) for one in mine)
        alike.setdefault(mark, []).append(answer)
    return [
        Kind(
            question.key,
            group[0],
            keys=tuple(one for one in group if isinstance(one, str)),
            sets=tuple(one for one in group if isinstance(one, frozenset)),
        )
        for group in alike.values()
    ]


def _ranges(question: Question, conditions: list[Condition]) -> list[Kind]:
    """The number line cut where a condition begins or ends."""
    least, most = question.bounds()
    if least > most:
        return []
    cuts = {least}
    for one in conditions:
        cuts |= {one.least} if one.least is not None else set()
        cuts |= {one.most + 1} if one.most is not None else set()
    starts = sorted(cut for cut in cuts if least <= cut <= most)
    ends = [*(start - 1 for start in starts[1:]), most]
    return [
        Kind(question.key, start, least=start, most=end)
        for start, end in zip(starts, ends, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Trail:
    """A way as far as it goes: it ends at ``end``, or ``end`` is where it got lost or went round.

    ``rules``: for each question asked, the number of the rule taken, none for otherwise.
    """

    kinds: tuple[Kind, ...]
    rules: tuple[int | None, ...]
    end: str


def trails(content: Content, most: int = MOST_PATHS) -> list[Trail]:
    """Every way, also those that lead nowhere. Raises :class:`TooMany`."""
    conditions = list(content.conditions())
    kinds = {one.key: kinds_of(one, conditions) for one in content.questions}
    found: list[Trail] = []

    def go(at: str, trail: Trail, said: dict[str, Answer]) -> None:
        question = content.question(at)
        if question is None or at in said or not kinds[at]:
            found.append(Trail(trail.kinds, trail.rules, at))
            if len(found) > most:
                raise TooMany
            return
        for kind in kinds[at]:
            now = said | {at: kind.example}
            number, to = taken(question, now)
            go(to, Trail((*trail.kinds, kind), (*trail.rules, number), to), now)

    if content.questions:
        go(content.questions[0].key, Trail((), (), ""), {})
    return found


def paths(content: Content, most: int = MOST_PATHS) -> list[Path]:
    """Every way that reaches a result. Raises :class:`TooMany`."""
    known = {one.key for one in content.results}
    return [Path(one.kinds, one.end) for one in trails(content, most) if one.end in known]


def longest(content: Content, key: str) -> int:
    """The most questions anybody may still be asked from ``key`` on, itself included."""
    known: dict[str, int] = {}

    def from_(at: str, above: frozenset[str]) -> int:
        question = content.question(at)
        if question is None or at in above:
            return 0
        if at not in known:
            onward = {rule.to for rule in question.rules} | {question.otherwise}
            known[at] = 1 + max((from_(to, above | {at}) for to in onward), default=0)
        return known[at]

    return from_(key, frozenset())
