"""What a questionnaire and a score sheet must ask, and which of their answers are what."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from math import fsum
from typing import Any, Final

from openhall.forms.rules import Field, FormDefinition
from openhall.forms.terms import FieldKind
from openhall.glossary import Said
from openhall.surveys.terms import Instrument, Invalid, Level

SERVED, OVERALL = "served", "overall"
NOT_SERVED: Final = "no"
LEVELS: Final = tuple(level.value for level in Level)
BAD: Final = (Level.NO.value, Level.NOT_AT_ALL.value)
POINTS: Final[Mapping[str, int]] = {"5": 100, "4": 80, "3": 60, "2": 30, "1": 0}  # 10/8/6/3/0
MOST_POINTS: Final = 100


def levels_of(form: FormDefinition) -> list[Field]:
    """The questions answered by a level, the one of the whole first."""
    found = [
        one
        for one in form
        if one.kind == FieldKind.CHOICE and {o.value for o in one.options} >= set(LEVELS)
    ]
    return sorted(found, key=lambda one: one.key != OVERALL)


def causes_of(form: FormDefinition) -> list[Field]:
    """The questions asked only after a bad answer: what was wrong."""
    known = {one.key for one in levels_of(form)}
    return [
        one
        for one in form
        if one.kind in (FieldKind.CHOICES, FieldKind.CHOICE)
        and one.show_if is not None
        and any(leaf.field in known for leaf in one.show_if.leaves())
    ]


def marks_of(form: FormDefinition) -> list[Field]:
    """The heads of a score sheet: numbers from 0 to 100."""
    return [one for one in form if one.kind == FieldKind.NUMBER]


def faults_of_instrument(which: Instrument, form: FormDefinition) -> Iterator[Said]:
    """What forbids using this form as this instrument."""
    if which == Instrument.SHEET:
        marks = marks_of(form)
        if not marks:
            yield Said(
                "打分表至少要有一项0—100分的评分。",
                "A score sheet asks for one mark from 0 to 100 at least.",
            )
        for one in marks:
            if (one.minimum, one.maximum) != ("0", "100"):
                yield Said(
                    f"“{one.label}”应为0—100分。", f"“{one.called('en')}” is a mark from 0 to 100."
                )
        return
    if OVERALL not in {one.key for one in levels_of(form)}:
        yield Said(
            "调查表须有一道五级总体评价题，代码为overall，选项值为5至1。",
            "A questionnaire asks one question of five levels about the whole: key “overall”, "
            "options 5 to 1.",
        )
    served = form.field(SERVED)
    if served is None or NOT_SERVED not in {one.value for one in served.options}:
        yield Said(
            "调查表须先问是否到该单位办过事，代码为served，选项值为yes、no：没有办过事的问卷无效。",
            "A questionnaire first asks whether one was served there (key “served”, options yes "
            "and no): who was not does not count.",
        )


@dataclass(frozen=True, slots=True)
class Counted:
    """An answer as it counts: ``why_not`` says why it does not."""

    why_not: Invalid | None
    level: str = ""
    mark: float | None = None


def counted(
    which: Instrument, form: FormDefinition, answers: Mapping[str, Any], *, late: bool
) -> Counted:
    """Whether an answer counts, by rules that stood before the survey began."""
    if late:
        return Counted(Invalid.LATE)
    if which == Instrument.SHEET:
        marks = [_number(answers.get(one.key)) for one in marks_of(form)]
        told = [one for one in marks if one is not None]
        if 2 * len(told) < len(marks) or not told:
            return Counted(Invalid.TOO_LITTLE)
        return Counted(None, mark=fsum(told) / len(told))
    if answers.get(SERVED) == NOT_SERVED:
        return Counted(Invalid.NOT_SERVED)
    asked = levels_of(form)
    answered = [one for one in asked if answers.get(one.key)]
    if 2 * len(answered) < len(asked) or answers.get(OVERALL) not in LEVELS:
        return Counted(Invalid.TOO_LITTLE)
    return Counted(None, level=str(answers[OVERALL]))


def _number(said: Any) -> float | None:
    try:
        found = float(Decimal(str(said)))
    except (InvalidOperation, ValueError):
        return None
    return found if 0 <= found <= MOST_POINTS else None
