"""The number of a row before it is written, so that what is sealed in it is bound to it at once.

For tables with sealed columns only. SQLite's own counter is moved on by one statement, so two
writers never get one number; PostgreSQL's sequence does the same. 个人信息保护法 51.
"""

from functools import lru_cache
from typing import Any

from django.db import connections, models, transaction

from openhall.vault.fields import EncryptedTextField


@lru_cache(maxsize=512)
def sealed_fields(model: Any) -> tuple[EncryptedTextField, ...]:
    """The sealed columns of ``model``."""
    return tuple(f for f in model._meta.concrete_fields if isinstance(f, EncryptedTextField))


def next_number(model: type[models.Model], using: str = "default") -> int:
    """A number that no row of ``model`` has or will be given."""
    table, connection = model._meta.db_table, connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            assert model._meta.pk is not None
            named = [connection.ops.quote_name(table), model._meta.pk.column]
            cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, %s))", named)
            return int(cursor.fetchone()[0])
        ask = "UPDATE sqlite_sequence SET seq = seq + 1 WHERE name = %s RETURNING seq"
        cursor.execute(ask, [table])
        if (found := cursor.fetchone()) is None:  # the first row of this table
            cursor.execute(
                "INSERT INTO sqlite_sequence (name, seq) SELECT %s, 0 "
                "WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = %s)",
                [table, table],
            )
            cursor.execute(ask, [table])
            found = cursor.fetchone()
        return int(found[0])


plain_update = models.QuerySet.update


def update_by_row(rows: models.QuerySet, /, **values: Any) -> int:
    """``QuerySet.update``; a sealed column is written row by row, for each row seals its own.

    It stands in place of Django's own (``apps.py``), because it must hold behind every manager:
    the related and base ones are made by Django. What ``rows`` asks is asked again at each row.
    """
    model: Any = rows.model
    sealed = [
        one
        for one in sealed_fields(model)
        if isinstance(said := values.get(one.name), str) and said
    ]
    if not sealed:
        return plain_update(rows, **values)
    asked: Any = rows.all()
    asked._for_write, done = True, 0  # the rows are read where they are written, not at a replica
    with transaction.atomic(using=asked.db):
        asked = asked.using(asked.db)
        for pk in list(asked.order_by().values_list("pk", flat=True)):
            own = {one.name: one.placed(values[one.name], pk) for one in sealed}
            done += plain_update(asked.filter(pk=pk), **values | own)
    return done


def number_first(model: type[models.Model]) -> None:
    """Let new rows of ``model`` take their number ahead of writing, where something is sealed.

    Its key is Django's own and stays it, for migrations and for whoever reads its kind.
    """
    pk: Any = model._meta.pk

    def number(instance: Any) -> int | None:
        if any(instance.__dict__.get(one.attname) for one in sealed_fields(model)):
            return next_number(model, instance._state.db or "default")
        return None

    pk.get_pk_value_on_save = number
    pk.has_default = lambda: True  # a new row is inserted, not first looked for
    pk.get_default = lambda: None
