"""The rows that every act writes, by statements composed once instead of at each act.

Values pass through their fields as with the ORM (encryption, JSON, time zones); only composing the
SQL anew each time is saved, which was half of what an act took (``docs/measured.md``).
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, TypeVar

from django.db import connection
from django.db.models import Field, Model

from openhall.deeds.collecting import marked
from openhall.deeds.models import Kept
from openhall.vault.rows import next_number, sealed_fields

M = TypeVar("M", bound=Model)
RETURNING: Final = " RETURNING id"


@lru_cache(maxsize=128)
def _fields(model: type[Model], names: tuple[str, ...]) -> tuple[Field, ...]:
    return tuple(model._meta.get_field(name) for name in names)  # type: ignore[misc]


@lru_cache(maxsize=128)
def _insert(model: type[Model], names: tuple[str, ...]) -> str:
    columns = ", ".join(f'"{field.column}"' for field in _fields(model, names))
    places = ", ".join(["%s"] * len(names))
    table = model._meta.db_table
    return f'INSERT INTO "{table}" ({columns}) VALUES ({places}){RETURNING}'  # noqa: S608


@lru_cache(maxsize=128)
def _update(model: type[Model], names: tuple[str, ...]) -> str:
    columns = ", ".join(f'"{field.column}" = %s' for field in _fields(model, names))
    return f'UPDATE "{model._meta.db_table}" SET {columns} WHERE id = %s AND seq = %s'  # noqa: S608


def _prepared(model: type[Model], values: Mapping[str, Any], pk: int | None) -> list[Any]:
    sealed = sealed_fields(model)
    return [
        field.get_db_prep_save(
            value.pk
            if isinstance(value, Model)
            else field.placed(value, pk)
            if field in sealed
            else value,
            connection,
        )
        for field, value in zip(_fields(model, tuple(values)), values.values(), strict=True)
    ]


def _written(model: type[Model], values: Mapping[str, Any]) -> int:
    """Insert ``values``; under a number known before where one of them is sealed for its row."""
    pk = None
    if any(values.get(field.name) for field in sealed_fields(model)):
        pk = next_number(model)
        values = {"id": pk, **values}
    with connection.cursor() as cursor:
        cursor.execute(_insert(model, tuple(values)), _prepared(model, values, pk))
        return int(cursor.fetchone()[0])


def insert(model: type[M], **values: Any) -> M:
    """A new row of ``model``; every column without a database default must be given."""
    pk = _written(model, values)
    row = model(pk=pk, **values)
    row._state.adding = False
    row._state.db = "default"
    if issubclass(model, Kept):
        marked(model, pk, row)
    return row


@lru_cache(maxsize=128)
def _by_key(model: type[Model]) -> str:
    return f'SELECT id FROM "{model._meta.db_table}" WHERE key = %s'  # noqa: S608


def id_of_key(model: type[Model], key: str) -> int | None:
    """The event with the idempotency key ``key``, if there is one."""
    with connection.cursor() as cursor:
        cursor.execute(_by_key(model), [key])
        found = cursor.fetchone()
    return None if found is None else int(found[0])


def stand(row: Model) -> None:
    """Insert ``row`` as it is; every column but its key is written."""
    model = type(row)
    values = {
        field.name: getattr(row, field.attname)
        for field in model._meta.concrete_fields
        if not field.primary_key
    }
    row.pk = _written(model, values)
    row._state.adding, row._state.db = False, "default"


def stand_many(rows: Sequence[Model]) -> None:
    """Insert ``rows`` of one model as they are, by one statement; their keys are not read back.

    One that holds something sealed is bound to its own number, and is written by itself.
    """
    if not rows:
        return
    model = type(rows[0])
    sealed = [one.attname for one in sealed_fields(model)]
    for row in [row for row in rows if any(getattr(row, name) for name in sealed)]:
        stand(row)
    rows = [row for row in rows if row._state.adding]
    named = [(one.name, one.attname) for one in model._meta.concrete_fields if not one.primary_key]
    statement = _insert(model, tuple(name for name, _attname in named)).removesuffix(RETURNING)
    with connection.cursor() as cursor:
        cursor.executemany(
            statement,
            [_prepared(model, {n: getattr(row, a) for n, a in named}, None) for row in rows],
        )


def advance(model: type[Model], pk: int, seq: int, values: Mapping[str, Any]) -> bool:
    """Write ``values`` where the row still stands at ``seq``; False if it has moved on."""
    with connection.cursor() as cursor:
        cursor.execute(_update(model, tuple(values)), [*_prepared(model, values, pk), pk, seq])
        return bool(cursor.rowcount == 1)
