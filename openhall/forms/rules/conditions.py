"""Whether a condition holds of the answers so far, and which answers it speaks of."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from openhall.forms.rules.definition import Condition
from openhall.forms.rules.formula import FormulaFault, is_true, names_in, tree_of
from openhall.forms.rules.values import decimal_of
from openhall.paging.days import day_of


def holds(condition: Condition, answers: Mapping[str, Any], today: date | None) -> bool:
    """Whether ``condition`` holds of ``answers``; without a day, nothing that asks for it does."""
    match condition.test:
        case "all":
            return all(holds(one, answers, today) for one in condition.parts)
        case "any":
            return any(holds(one, answers, today) for one in condition.parts)
        case "not":
            return not holds(condition.parts[0], answers, today)
        case "holds":
            return is_true(condition.formula, answers, today)
    return _passes(condition, answers.get(condition.field))


def _passes(condition: Condition, answer: Any) -> bool:
    blank = answer is None or answer in ("", [], {})
    if condition.test == "answered":
        return blank == ("false" in condition.values)
    if blank:
        return False
    if condition.test in ("at_least", "at_most", "more_than", "less_than"):
        return _compares(condition, answer)
    if condition.test == "contains":
        if isinstance(answer, list):
            return bool({str(one) for one in answer} & set(condition.values))
        return any(value in str(answer) for value in condition.values)
    given = answer if isinstance(answer, list) else [answer]
    said = {str(one).lower() if isinstance(one, bool) else str(one) for one in given}
    named = bool(said & set(condition.values))
    return named if condition.test == "is" else not named


def _compares(condition: Condition, answer: Any) -> bool:
    limit = condition.values[0] if condition.values else ""
    for read in (decimal_of, day_of):
        left, right = read(answer), read(limit)
        if left is not None and right is not None:
            return {
                "at_least": left >= right,  # type: ignore[operator]
                "at_most": left <= right,  # type: ignore[operator]
                "more_than": left > right,  # type: ignore[operator]
                "less_than": left < right,  # type: ignore[operator]
            }[condition.test]
    return False


def fields_named(condition: Condition) -> set[str]:
    """The keys a condition speaks of; those of a formula nobody can read are none."""
    named: set[str] = set()
    for leaf in condition.leaves():
        if leaf.test != "holds":
            named.add(leaf.field)
            continue
        try:
            named |= names_in(leaf.formula)
        except FormulaFault:
            continue
    return named


def renamed(
    condition: Condition | None, keys: Mapping[str, str], speaking: Callable[[str], str]
) -> Condition | None:
    """The condition with the fields it names under other keys; ``speaking`` rewrites a formula."""
    if condition is None:
        return None
    parts = tuple(one for part in condition.parts if (one := renamed(part, keys, speaking)))
    return replace(
        condition,
        field=keys.get(condition.field, condition.field),
        parts=parts,
        formula=speaking(condition.formula) if condition.formula else "",
    )


def tree(condition: Condition) -> list[Any]:
    """The condition as nested lists, which the page's own script can follow."""
    if condition.test in ("all", "any", "not"):
        return [condition.test, *map(tree, condition.parts)]
    if condition.test == "holds":
        return ["holds", tree_of(condition.formula)]
    return [condition.test, condition.field, list(condition.values)]
