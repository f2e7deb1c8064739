"""What a form is: its questions as values. ``reading`` makes them from JSON and back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from openhall.forms.terms import FieldKind
from openhall.glossary import Said

K = FieldKind
MARKERS: Final = (K.NOTE, K.SECTION, K.PAGE)
"""What stands between questions and is never answered."""
CELLS: Final = tuple(kind for kind in FieldKind if kind not in (K.SECTION, K.PAGE))
"""Kinds that fit a row of a table; a table in a table's row is the last."""
WITH_OPTIONS: Final = (K.CHOICE, K.CHOICES, K.RANKING, K.MATRIX)
MOST_ROWS: Final = 50
MOST_FIELDS: Final = 1000
TESTS: Final = (
    "is",
    "is_not",
    "at_least",
    "at_most",
    "more_than",
    "less_than",
    "contains",
    "answered",
)


class NotAForm(ValueError):
    """Which part cannot be read, and why: ``at`` is a key or a place such as ``3.options``."""

    def __init__(self, at: str, said: Said) -> None:
        super().__init__(f"{at}: {said.en}")
        self.at, self.said = at, said


@dataclass(frozen=True, slots=True)
class Condition:
    """Whether earlier answers are as said. One test of one answer, or several joined.

    ``test`` is one of ``TESTS`` with ``field`` and ``values``; ``all``, ``any`` or ``not`` with
    ``parts``; or ``holds`` with a ``formula``. An answer that is not there passes no test except
    ``answered`` with ``false``.
    """

    field: str
    test: str
    values: tuple[str, ...] = ()
    parts: tuple["Condition", ...] = ()
    formula: str = ""

    def leaves(self) -> Iterator["Condition"]:
        """The single tests it is made of."""
        if self.test in ("all", "any", "not"):
            for one in self.parts:
                yield from one.leaves()
        else:
            yield self


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose; ``show_if``: offered only after these answers."""

    value: str
    label: str
    label_en: str = ""
    show_if: Condition | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """What must hold of the answers besides the kind's own rule, and the office's own sentence."""

    must: Condition
    message: str = ""
    message_en: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One question, or one thing between questions.

    Limits are numbers, days (``2003-05-26`` or ``today``), signs or rows; one that begins with
    ``=`` is a formula. ``within`` is what the section and the page it stands in demand, worked out
    when the form is read; it is not stored.
    """

    key: str
    kind: FieldKind
    label: str
    label_en: str = ""
    help: str = ""
    help_en: str = ""
    why: str = ""  # why we ask
    why_en: str = ""
    required: bool = False
    options: tuple[Option, ...] = ()
    show_if: Condition | None = None
    minimum: str = ""
    maximum: str = ""
    pattern: str = ""  # one of values.PATTERNS
    columns: tuple["Field", ...] = ()
    formula: str = ""
    decimals: int | None = None
    unit: str = ""
    unit_en: str = ""
    accept: tuple[str, ...] = ()  # of a file: pdf, jpg, png …
    statement: str = ""  # words of a statement or a note
    statement_en: str = ""
    example: Any = ""
    example_en: Any = ""
    required_if: Condition | None = None
    checks: tuple[Check, ...] = ()
    regex: str = ""  # a pattern written by the office
    message: str = ""  # said instead of the kind's own sentence
    message_en: str = ""
    missing: str = ""  # said instead of "fill in"
    missing_en: str = ""
    least_words: str = ""
    most_words: str = ""
    default: Any = ""
    read_only: bool = False
    hidden: bool = False
    look: str = ""  # see LOOKS
    listed: str = ""  # a list kept elsewhere: countries, currencies
    rows: tuple[Option, ...] = ()  # of a matrix: what is judged by the scale
    fact: str = ""  # what the answer is, whatever it is called: a code of ``facts.json``
    within: Condition | None = None

    def called(self, language: str | None) -> str:
        return said_in(language, self.label, self.label_en)

    def words_of(self, value: object, language: str | None) -> str:
        """The word of a chosen value; the value itself where it is not among the options."""
        for option in self.options:
            if option.value == str(value):
                return said_in(language, option.label, option.label_en)
        return str(value)

    @property
    def is_marker(self) -> bool:
        """Whether it only stands between questions."""
        return self.kind in MARKERS

    @property
    def is_answered(self) -> bool:
        """Whether the applicant answers it: it is no heading, not reckoned, and not unseen."""
        return not (self.is_marker or self.hidden or self.read_only or self.kind == K.COMPUTED)

    @property
    def asks_files(self) -> bool:
        """Whether files are uploaded for it: its own, or those of its rows, all under its key."""
        return self.kind == K.FILE or any(one.kind == K.FILE for one in self.columns)

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """All conditions it speaks in, of whatever use."""
        told = [self.show_if, self.within, self.required_if, *(one.must for one in self.checks)]
        told += [one.show_if for one in self.options]
        return tuple(one for one in told if one is not None)


LOOKS: Final[Mapping[FieldKind, tuple[str, ...]]] = {
    K.NOTE: ("info", "warning", "fold"),
    K.TABLE: ("cards",),
    K.CHOICE: ("list",),
    K.PLACE: ("world",),
    K.STATEMENT: ("signature",),
}
"""How a kind may be shown otherwise than it usually is."""


@dataclass(frozen=True, slots=True)
class FormDefinition:
    """Title and questions, in the order they are asked."""

    title: str
    title_en: str
    fields: tuple[Field, ...]

    def field(self, key: str) -> Field | None:
        return next((one for one in self.fields if one.key == key), None)

    def only(self, keys: set[str]) -> "FormDefinition":
        """The questions that a supplement reopened."""
        return replace(self, fields=tuple(one for one in self.fields if one.key in keys))

    def __iter__(self) -> Iterator[Field]:
        return iter(self.fields)


def files_in(field: Field, answer: Any) -> list[Any]:
    """What an answer says of files: its own, or those in all its rows."""
    if field.kind == K.FILE:
        return answer if isinstance(answer, list) else []
    rows = answer if isinstance(answer, list) else []
    return [
        one
        for row in rows
        for column in field.columns
        if column.kind == K.FILE and isinstance(row, Mapping)
        for one in row.get(column.key) or []
    ]


def said_in(language: str | None, zh: str, en: str) -> str:
    """The English words where they are asked for and exist, else the Chinese."""
    return en if (language or "").startswith("en") and en else zh


def both(first: Condition | None, second: Condition | None) -> Condition | None:
    """A condition that demands both."""
    told = [one for one in (first, second) if one is not None]
    return Condition("", "all", parts=tuple(told)) if len(told) > 1 else next(iter(told), None)


def placed(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """The fields, each with what the section and the page it stands in demand."""
    page: Condition | None = None
    section: Condition | None = None
    made = []
    for one in fields:
        if one.kind == K.PAGE:
            page, section = one.show_if, None
            within = None
        elif one.kind == K.SECTION:
            section = one.show_if
            within = page
        else:
            within = both(page, section)
        made.append(one if one.within == within else replace(one, within=within))
    return tuple(made)
