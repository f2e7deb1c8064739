"""The programme refuses to start where a table of deeds could be changed unseen, or where the log
could not tell a deed from what it says of itself."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from django.core import checks
from django.db import connections

from openhall.deeds.kinds import Kind, kinds
from openhall.deeds.models import DeedAbout
from openhall.ledger.models import Entry
from openhall.ledger.terms import OF_THE_LOG

TAG: Final = "deeds"  # what `openhall serve` asks before it starts
TRIGGERS: Final = {
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


@checks.register(checks.Tags.database, TAG)
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


# What every entry of a deed says under a name of its own (writer.body_of, ledger append).
SAID_BY_EVERY_ENTRY: Final = frozenset(
    {"kind", "v", "log", "seq", "act", "desk", "event_time", "entry_time"}
    | {"facts", "commitments", "row", "rows", "open"}
)


def misnamed(declared: Iterable[Kind]) -> Iterator[tuple[str, str]]:
    """Names that cannot be those of kinds of deeds or of what their entries say; each with why."""
    for kind in declared:
        longest = min(
            Entry._meta.get_field("kind").max_length or 0,
            DeedAbout._meta.get_field("subject").max_length or 0,
        )
        if kind.name in OF_THE_LOG:
            yield kind.name, "the log names its own entries so"
        if kind.name in SAID_BY_EVERY_ENTRY:
            yield kind.name, "every entry says something else under this name"
        if not kind.name or len(kind.name) > longest or kind.name != kind.name.strip().lower():
            yield kind.name, f"it must be 1 to {longest} signs, small letters, no blanks around"
        for column in kind.columns:
            if column in SAID_BY_EVERY_ENTRY or column == kind.name:
                yield f"{kind.name}.{column}", "the entry says something else under this name"


@checks.register(TAG)
def deeds_are_told_from_the_log(**_more: Any) -> list[checks.Error]:
    """One error for each kind of deeds whose entries could be taken for others."""
    return [
        checks.Error(
            f"A kind of deeds cannot be named {name!r}: {why}.",
            hint="Give the kind, or the column, another name in the room's kinds.py.",
            id="deeds.E002",
        )
        for name, why in misnamed(kinds())
    ]
