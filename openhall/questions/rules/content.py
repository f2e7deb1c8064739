"""A question guide as values: questions, options, rules, results. B7.

A guide asks one question after another. Each question has rules, tried in order, and an
“otherwise”; a rule or the otherwise leads to the next question or to a result. A result names
items; an item line or a material line may itself hold only for some answers, so that one result
serves many people and each still sees only what is theirs. Pure: read from and written to JSON.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any, Final, TypeVar

from openhall.glossary import Said
from openhall.paging.typed import Unreadable
from openhall.questions.terms import QuestionKind

YES, NO = "yes", "no"
SMALLEST, LARGEST = 0, 1_000_000  # a number question's bounds unless it names its own
MOST_OPTIONS: Final = 8  # of a question with several answers: 2 to the 8th combinations
K = QuestionKind


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose. ``value`` goes into the application's form; empty: the label."""

    key: str
    label: str = ""
    label_en: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """Holds if ``question`` was answered with one of ``any``, or with least ≤ number ≤ most.

    For a question with several answers: if at least one of ``any`` was chosen.
    """

    question: str
    any: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """If all conditions hold, go on to the node ``to``."""

    when: tuple[Condition, ...] = ()
    to: str = ""


@dataclass(frozen=True, slots=True)
class Fill:
    """The answer is written into field ``field`` of the form of item ``item``."""

    item: str
    field: str


@dataclass(frozen=True, slots=True)
class Question:
    """One page: what is asked, why, and where each answer leads."""

    key: str
    kind: str = K.ONE.value
    text: str = ""
    text_en: str = ""
    help: str = ""
    help_en: str = ""
    why: str = ""
    why_en: str = ""
    unit: str = ""
    unit_en: str = ""
    least: int | None = None
    most: int | None = None
    options: tuple[Option, ...] = ()
    rules: tuple[Rule, ...] = ()
    otherwise: str = ""
    fills: tuple[Fill, ...] = ()

    def choices(self) -> tuple[Option, ...]:
        """What may be chosen; yes and no need no options of their own."""
        if self.kind != K.YES_NO:
            return self.options
        written = {one.key: one for one in self.options}
        return (
            written.get(YES, Option(YES, "是", "Yes")),
            written.get(NO, Option(NO, "否", "No")),
        )

    def bounds(self) -> tuple[int, int]:
        """The least and the most a number may be."""
        least = SMALLEST if self.least is None else self.least
        return least, LARGEST if self.most is None else self.most


@dataclass(frozen=True, slots=True)
class MaterialLine:
    """Whether material ``key`` applies (``needed``) when the conditions hold, and why."""

    key: str
    needed: bool = True
    reason: str = ""
    reason_en: str = ""
    when: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemLine:
    """Item ``item`` applies when the conditions hold. ``fees``: tariff codes; empty: all.

    Required materials apply unless a line leaves them out; others apply only where a line says so.
    """

    item: str
    when: tuple[Condition, ...] = ()
    materials: tuple[MaterialLine, ...] = ()
    fees: tuple[str, ...] = ()
    note: str = ""
    note_en: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """Where a path ends: what applies to you, in words and as items."""

    key: str
    title: str = ""
    title_en: str = ""
    note: str = ""
    note_en: str = ""
    items: tuple[ItemLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """A whole guide; the first question is where everybody begins."""

    questions: tuple[Question, ...] = ()
    results: tuple[Result, ...] = ()

    def question(self, key: str) -> Question | None:
        return next((one for one in self.questions if one.key == key), None)

    def result(self, key: str) -> Result | None:
        return next((one for one in self.results if one.key == key), None)

    def nodes(self) -> tuple["Question | Result", ...]:
        """Questions, then results, in the order they were written."""
        return (*self.questions, *self.results)

    def conditions(self) -> Iterable[Condition]:
        """Every condition anywhere in the guide."""
        for question in self.questions:
            for rule in question.rules:
                yield from rule.when
        for result in self.results:
            for line in result.items:
                yield from line.when
                for material in line.materials:
                    yield from material.when


# ---------------------------------------------------------------- JSON
NESTED: Final[Mapping[tuple[type, str], type]] = {
    (Content, "questions"): Question,
    (Content, "results"): Result,
    (Question, "options"): Option,
    (Question, "rules"): Rule,
    (Question, "fills"): Fill,
    (Rule, "when"): Condition,
    (Result, "items"): ItemLine,
    (ItemLine, "when"): Condition,
    (ItemLine, "materials"): MaterialLine,
    (MaterialLine, "when"): Condition,
}
LISTS: Final = {(Condition, "any"), (ItemLine, "fees")}
NUMBERS: Final = {"least", "most"}
NAMED: Final[Mapping[type, str]] = {
    Question: "key",
    Result: "key",
    Option: "key",
    Condition: "question",
    Fill: "item",
    ItemLine: "item",
    MaterialLine: "key",
}
T = TypeVar("T")


def parse(said: Any) -> Content:
    """The guide that ``said`` (JSON) describes. Raises :class:`Unreadable` with the place.

    Only the shape is judged here; whether the guide leads anywhere is for ``check``.
    """
    return _read(Content, said, "内容")


def _read(kind: type[T], said: Any, place: str) -> T:
    if not isinstance(said, Mapping):
        raise Unreadable(
            Said(f"{place}应当是一组名称和值。", f"“{place}” should be names with values.")
        )
    known = {one.name for one in fields(kind)}  # type: ignore[arg-type]
    if strange := sorted(set(said) - known):
        raise Unreadable(
            Said(
                f"{place}里有不认识的“{strange[0]}”。",
                f"“{place}” holds the unknown “{strange[0]}”.",
            )
        )
    if (name := NAMED.get(kind)) and not (isinstance(said.get(name), str) and said[name]):
        raise Unreadable(Said(f"{place}没有“{name}”。", f"“{place}” lacks “{name}”."))
    values: dict[str, Any] = {}
    for name, value in said.items():
        at = f"{place}.{name}"
        if (kind, name) in NESTED:
            inner = NESTED[kind, name]
            rows = enumerate(_list(value, at), start=1)
            values[name] = tuple(_read(inner, row, f"{at}[{n}]") for n, row in rows)
        elif (kind, name) in LISTS:
            values[name] = tuple(_text(one, at) for one in _list(value, at))
        elif name in NUMBERS:
            if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
                raise Unreadable(Said(f"{at}应当是整数。", f"“{at}” should be a whole number."))
            values[name] = value
        elif name == "needed":
            if not isinstance(value, bool):
                raise Unreadable(Said(f"{at}应当是真或者假。", f"“{at}” should be true or false."))
            values[name] = value
        else:
            values[name] = _text(value, at)
    if kind is Question and values.get("kind", K.ONE.value) not in K.codes():
        raise Unreadable(
            Said(
                f"{place}.kind“{values['kind']}”不是问题的种类。",
                f"“{values['kind']}” at “{place}” is no kind of question.",
            )
        )
    return kind(**values)


def _list(value: Any, place: str) -> Sequence[Any]:
    if not isinstance(value, list | tuple):
        raise Unreadable(Said(f"{place}应当是一列。", f"“{place}” should be a list."))
    return value


def _text(value: Any, place: str) -> str:
    if not isinstance(value, str):
        raise Unreadable(Said(f"{place}应当是文字。", f"“{place}” should be text."))
    return value


def written(content: Content) -> dict[str, Any]:
    """The guide as JSON, without what is empty; ``parse`` reads it back the same."""
    return {name: _plain(value) for name, value in asdict(content).items()}


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        kept = {name: _plain(one) for name, one in value.items()}
        return {name: one for name, one in kept.items() if one not in ("", [], None)}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value
