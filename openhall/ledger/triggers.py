"""SQL for tables that only grow: UPDATE and DELETE are refused by the database itself. A5.

Used by migrations of this room and of rooms above that keep append-only events: one migration a
room, ``0002_only_grows``, names all its tables.
"""

from collections.abc import Callable
from typing import Any

from django.db.migrations import RunPython

MESSAGE = "{table} is append-only: what was recorded is never changed or removed"


def append_only(*tables: str, after_deed: bool = False) -> Callable[[Any, Any], None]:
    """A migration step that makes ``tables`` append-only on SQLite and PostgreSQL.

    ``after_deed``: the tables hold rows deeds are done to; a row is closed by its first deed.
    """
    until, only = ("", "")
    if after_deed:
        until = "IF TG_OP = 'UPDATE' AND OLD.seq = 0 THEN RETURN NEW; END IF; "
        only = "WHEN OLD.seq > 0 "

    def lay(apps: Any, schema_editor: Any) -> None:
        for table in tables:
            message = MESSAGE.format(table=table)
            if schema_editor.connection.vendor == "postgresql":
                schema_editor.execute(
                    f"CREATE FUNCTION {table}_only_grows() RETURNS trigger LANGUAGE plpgsql AS "
                    f"$$ BEGIN {until}RAISE EXCEPTION '{message}'; END $$"
                )
                schema_editor.execute(
                    f"CREATE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE ON {table} "
                    f"FOR EACH ROW EXECUTE FUNCTION {table}_only_grows()"
                )
                continue
            for verb in ("UPDATE", "DELETE"):
                schema_editor.execute(
                    f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} {only}"
                    f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
                )

    return lay


def lift(*tables: str) -> Callable[[Any, Any], None]:
    """The reverse step."""

    def take_away(apps: Any, schema_editor: Any) -> None:
        for table in tables:
            if schema_editor.connection.vendor == "postgresql":
                schema_editor.execute(f"DROP TRIGGER {table}_only_grows ON {table}")
                schema_editor.execute(f"DROP FUNCTION {table}_only_grows()")
                continue
            for verb in ("update", "delete"):
                schema_editor.execute(f"DROP TRIGGER {table}_no_{verb}")

    return take_away


class OnlyGrows(RunPython):
    """A room's one migration step that makes its append-only tables so.

    The step names its tables: a test asks the migrated database whether each has its triggers,
    because SQLite loses them without a word when a later migration makes a table anew.
    """

    def __init__(self, *tables: str, after_deed: bool = False) -> None:
        super().__init__(append_only(*tables, after_deed=after_deed), lift(*tables))
        self.tables = tables
