"""Steps of building a form: each takes the questions and gives the questions after it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from openhall.forms.rules.blocks import BLOCKS
from openhall.forms.rules.conditions import renamed
from openhall.forms.rules.definition import Condition, Field, Option, placed
from openhall.forms.terms import FieldKind

K = FieldKind
TWO: Final = (Option("a", "选项一", "First option"), Option("b", "选项二", "Second option"))
FRESH: Final = {
    K.CHOICE: (Option("yes", "是", "Yes"), Option("no", "否", "No")),
    K.CHOICES: TWO,
    K.RANKING: TWO,
    K.MATRIX: (Option("good", "满意", "Good"), Option("bad", "不满意", "Bad")),
}


def added(fields: Sequence[Field], kind: FieldKind) -> tuple[Field, ...]:
    """A new question of ``kind`` at the end, with a key nobody has."""
    columns: tuple[Field, ...] = ()
    if kind == K.TABLE:
        columns = (Field("name", K.TEXT, "名称", "Name", required=True),)
    fresh = Field(
        free_key(fields, kind.value),
        kind,
        kind.zh,
        kind.en,
        options=FRESH.get(kind, ()),
        columns=columns,
        rows=(Option("one", "第一项", "First"),) if kind == K.MATRIX else (),
    )
    return placed((*fields, fresh))


def with_block(fields: Sequence[Field], name: str) -> tuple[Field, ...]:
    """The questions of a block at the end, under keys nobody has."""
    made = list(fields)
    for one in BLOCKS[name][1]:
        made.append(replace(one, key=free_key(made, one.key)))
    return placed(tuple(made))


def moved(fields: Sequence[Field], key: str, by: int) -> tuple[Field, ...]:
    """``key`` one place up (-1) or down (+1); at the end of the way it stays."""
    rows = list(fields)
    at = _place(rows, key)
    to = at + by
    if at >= 0 and 0 <= to < len(rows):
        rows[at], rows[to] = rows[to], rows[at]
    return placed(tuple(rows))


def copied(fields: Sequence[Field], key: str) -> tuple[Field, ...]:
    """A copy of ``key`` right after it, with a key of its own."""
    at = _place(fields, key)
    if at < 0:
        return tuple(fields)
    twin = replace(fields[at], key=free_key(fields, fields[at].key))
    return (*fields[: at + 1], twin, *fields[at + 1 :])


def removed(fields: Sequence[Field], key: str) -> tuple[Field, ...]:
    return placed(tuple(one for one in fields if one.key != key))


def changed(fields: Sequence[Field], key: str, new: Field) -> tuple[Field, ...]:
    """``new`` in the place of ``key``; conditions on the old key follow a new name."""
    made = []
    for one in fields:
        if one.key == key:
            made.append(new)
        elif new.key != key and one.show_if:
            made.append(replace(one, show_if=renamed(one.show_if, {key: new.key}, str)))
        else:
            made.append(one)
    return placed(tuple(made))


def with_other(field: Field, fields: Sequence[Field]) -> tuple[Field, Field]:
    """The choice with “other” among its options, and the question which one that is."""
    code = free_value(field.options, "other")
    options = (*field.options, Option(code, "其他", "Other"))
    which = Field(
        free_key([*fields, field], f"{field.key}_other"[:36]),
        K.TEXT,
        f"{field.label}：其他（请写明）",
        f"{field.called('en')}: other (say which)",
        required=True,
        show_if=_is(field.key, code),
    )
    return replace(field, options=options), which


def _is(key: str, value: str) -> Condition:
    return Condition(key, "is", (value,))


def _place(fields: Sequence[Field], key: str) -> int:
    return next((place for place, one in enumerate(fields) if one.key == key), -1)


def free_key(fields: Sequence[Field], wish: str) -> str:
    """A key no question has; nobody types one."""
    taken = {one.key for one in fields}
    stem = wish.rstrip("0123456789").rstrip("_")[:36] or "field"
    return next(key for key in (wish, *(f"{stem}_{n}" for n in range(2, 1200))) if key not in taken)


def free_value(options: Sequence[Option], wish: str) -> str:
    """A code no option has."""
    taken = {one.value for one in options}
    return next(
        code for code in (wish, *(f"{wish}_{n}" for n in range(2, 1200))) if code not in taken
    )
