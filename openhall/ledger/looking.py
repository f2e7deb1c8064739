"""A look at everything as of one moment, while the site goes on: for the two commands."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def one_moment() -> Iterator[None]:
    """Every reading inside sees the database as it stood at the first one. Nothing is written."""
    if connection.in_atomic_block:  # one moment already; a second transaction cannot begin
        yield
        return
    if connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")  # not atomic(): that would take the writer's turn
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")
