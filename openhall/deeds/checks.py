"""The programme refuses to start where a table of deeds could be changed unseen."""

from typing import Any

from django.core import checks
from django.db import connections

from openhall.deeds.kinds import kinds

TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'",
}


def unguarded(using: str = "default") -> list[str]:
    """Tables of deeds that exist and lack one of their append-only triggers."""
    connection = connections[using]
    vendor = connection.vendor
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        cursor.execute(TRIGGERS[vendor])
        triggers = {row[0] for row in cursor.fetchall()}
    lacking = []
    for table in sorted({kind.events._meta.db_table for kind in kinds()} & there):
        wanted = (
            {f"{table}_only_grows"}
            if vendor == "postgresql"
            else {f"{table}_no_update", f"{table}_no_delete"}
        )
        if not wanted <= triggers:
            lacking.append(table)
    return lacking


@checks.register(checks.Tags.database)
def deeds_only_grow(databases: Any = None, **_more: Any) -> list[checks.Error]:
    """One error for each table of deeds without its triggers."""
    return [
        checks.Error(
            f"The table {table} of deeds has lost its append-only triggers.",
            hint="Restore the database from a backup, or run `openhall audit` and lay them again.",
            id="deeds.E001",
        )
        for using in databases or ()
        for table in unguarded(using)
    ]
