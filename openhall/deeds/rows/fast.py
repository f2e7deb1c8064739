"""The rows that every act writes, by statements composed once instead of at each act.

Values pass through their fields as with the ORM (encryption, JSON, time zones); only composing the
SQL anew each time is saved, which was half of what an act took (``docs/measured.md``).
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Field, Model

from openhall.deeds.collecting import marked
from openhall.deeds.models import Kept

M = TypeVar("M", bound=Model)


@lru_cache(maxsize=128)
def _fields(model: type[Model], names: tuple[str, ...]) -> tuple[Field, ...]:
    return tuple(model._meta.get_field(name) for name in names)  # type: ignore[misc]


@lru_cache(maxsize=128)
def _insert(model: type[Model], names: tuple[str, ...]) -> str:
    columns = ", ".join(f'"{field.column}"' for field in _fields(model, names))
    places = ", ".join(["%s"] * len(names))
    table = model._meta.db_table
    return f'INSERT INTO "{table}" ({columns}) VALUES ({places}) RETURNING id'  # noqa: S608


@lru_cache(maxsize=128)
def _update(model: type[Model], names: tuple[str, ...]) -> str:
    columns = ", ".join(f'"{field.column}" = %s' for field in _fields(model, names))
    return f'UPDATE "{model._meta.db_table}" SET {columns} WHERE id = %s AND seq = %s'  # noqa: S608


def _prepared(model: type[Model], values: Mapping[str, Any]) -> list[Any]:
    return [
        field.get_db_prep_save(value.pk if isinstance(value, Model) else value, connection)
        for field, value in zip(_fields(model, tuple(values)), values.values(), strict=True)
    ]


def insert(model: type[M], **values: Any) -> M:
    """A new row of ``model``; every column without a database default must be given."""
    with connection.cursor() as cursor:
        cursor.execute(_insert(model, tuple(values)), _prepared(model, values))
        pk = cursor.fetchone()[0]
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
    with connection.cursor() as cursor:
        cursor.execute(_insert(model, tuple(values)), _prepared(model, values))
        row.pk = cursor.fetchone()[0]
    row._state.adding, row._state.db = False, "default"


def advance(model: type[Model], pk: int, seq: int, values: Mapping[str, Any]) -> bool:
    """Write ``values`` where the row still stands at ``seq``; False if it has moved on."""
    with connection.cursor() as cursor:
        cursor.execute(_update(model, tuple(values)), [*_prepared(model, values), pk, seq])
        return bool(cursor.rowcount == 1)
