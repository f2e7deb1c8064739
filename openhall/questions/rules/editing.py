"""Changing a draft of a question guide, one step at a time: each answers with a new guide. B7.

Nothing is judged here. An editor may leave a rule that leads nowhere and mend it in the next step;
the checker says so until then.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from openhall.paging.whole import whole_or
from openhall.questions.rules.content import (
    Content,
    ItemLine,
    MaterialLine,
    Question,
    Result,
    Rule,
)

T = TypeVar("T")


def free_key(content: Content, prefix: str) -> str:
    """The first of q1, q2 … that no node has."""
    used, number = {one.key for one in content.nodes()}, 1
    while f"{prefix}{number}" in used:
        number += 1
    return f"{prefix}{number}"


def put_question(content: Content, question: Question) -> Content:
    """Replace the question of this key, or add it at the end."""

    def key_of(one: Question) -> str:
        return one.key

    return replace(content, questions=_put(content.questions, question, key_of))


def put_result(content: Content, result: Result) -> Content:
    """Replace the result of this key, or add it at the end."""

    def key_of(one: Result) -> str:
        return one.key

    return replace(content, results=_put(content.results, result, key_of))


def _put(rows: tuple[T, ...], row: T, name: Callable[[T], str]) -> tuple[T, ...]:
    if any(name(one) == name(row) for one in rows):
        return tuple(row if name(one) == name(row) else one for one in rows)
    return (*rows, row)


def put_rule(content: Content, key: str, number: int | None, rule: Rule) -> Content:
    """Replace rule ``number`` (from 1) of a question, or add one at the end."""
    question = content.question(key)
    if question is None:
        return content
    return put_question(content, replace(question, rules=_nth(question.rules, number, rule)))


def put_line(content: Content, key: str, number: int | None, line: ItemLine) -> Content:
    """Replace item ``number`` (from 1) of a result, or add one at the end."""
    result = content.result(key)
    if result is None:
        return content
    return put_result(content, replace(result, items=_nth(result.items, number, line)))


def _nth(rows: tuple[T, ...], number: int | None, row: T) -> tuple[T, ...]:
    if number is None or not 1 <= number <= len(rows):
        return (*rows, row)
    return (*rows[: number - 1], row, *rows[number:])


def put_material(line: ItemLine, key: str, said: MaterialLine | None) -> ItemLine:
    """What the guide says of material ``key``; none to leave it as the item has it."""
    kept = tuple(one for one in line.materials if one.key != key)
    return replace(line, materials=kept if said is None else (*kept, said))


# ---------------------------------------------------------------- order and removal
def moved(content: Content, way: str, node: str, part: str = "") -> Content:
    """``way`` is up, down or remove; ``part`` is empty for the node, or rule:2, item:1."""
    if not part:
        questions = [one.key for one in content.questions]
        results = [one.key for one in content.results]
        return replace(
            content,
            questions=_shift(content.questions, _place(questions, node), way),
            results=_shift(content.results, _place(results, node), way),
        )
    name, _, number = part.partition(":")
    place = whole_or(0, number) - 1
    question, result = content.question(node), content.result(node)
    if name == "rule" and question is not None:
        rules = _shift(question.rules, place, way)
        return put_question(content, replace(question, rules=rules))
    if name == "item" and result is not None:
        return put_result(content, replace(result, items=_shift(result.items, place, way)))
    return content


def _place(keys: list[str], key: str) -> int:
    return keys.index(key) if key in keys else -1


def _shift(rows: tuple[T, ...], place: int, way: str) -> tuple[T, ...]:
    if not 0 <= place < len(rows):
        return rows
    rest = [*rows[:place], *rows[place + 1 :]]
    if way == "remove":
        return tuple(rest)
    rest.insert(max(place - 1, 0) if way == "up" else place + 1, rows[place])
    return tuple(rest)
