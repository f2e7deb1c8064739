"""Steps of building a form: each takes the questions and gives the questions after it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from openhall.forms.rules.definition import Field, Option
from openhall.forms.terms import FieldKind

K = FieldKind
FRESH: Final = {
    K.CHOICE: (Option("yes", "是", "Yes"), Option("no", "否", "No")),
    K.CHOICES: (Option("a", "选项一", "First option"), Option("b", "选项二", "Second option")),
}


def added(fields: Sequence[Field], kind: FieldKind) -> tuple[Field, ...]:
    """A new question of ``kind`` at the end, with a key nobody has."""
    columns: tuple[Field, ...] = ()
    if kind == K.TABLE:
        columns = (Field("name", K.TEXT, "名称", "Name", required=True),)
    fresh = Field(
        _free_key(fields, kind.value),
        kind,
        kind.zh,
        kind.en,
        options=FRESH.get(kind, ()),
        columns=columns,
    )
    return (*fields, fresh)


def moved(fields: Sequence[Field], key: str, by: int) -> tuple[Field, ...]:
    """``key`` one place up (-1) or down (+1); at the end of the way it stays."""
    rows = list(fields)
    at = _place(rows, key)
    to = at + by
    if at >= 0 and 0 <= to < len(rows):
        rows[at], rows[to] = rows[to], rows[at]
    return tuple(rows)


def copied(fields: Sequence[Field], key: str) -> tuple[Field, ...]:
    """A copy of ``key`` right after it, with a key of its own."""
    at = _place(fields, key)
    if at < 0:
        return tuple(fields)
    twin = replace(fields[at], key=_free_key(fields, fields[at].key))
    return (*fields[: at + 1], twin, *fields[at + 1 :])


def removed(fields: Sequence[Field], key: str) -> tuple[Field, ...]:
    return tuple(one for one in fields if one.key != key)


def changed(fields: Sequence[Field], key: str, new: Field) -> tuple[Field, ...]:
    """``new`` in the place of ``key``; conditions on the old key follow a new name."""
    made = []
    for one in fields:
        made.append(new if one.key == key else one)
    return tuple(made)


def _place(fields: Sequence[Field], key: str) -> int:
    return next((place for place, one in enumerate(fields) if one.key == key), -1)


def _free_key(fields: Sequence[Field], wish: str) -> str:
    taken = {one.key for one in fields}
    stem = wish.rstrip("0123456789").rstrip("_")[:36] or "field"
    return next(key for key in (wish, *(f"{stem}_{n}" for n in range(2, 1000))) if key not in taken)
