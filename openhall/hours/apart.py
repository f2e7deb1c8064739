"""Migration operations: the database itself keeps opening hours apart, on SQLite and PostgreSQL.

Opening hours that stood twice have closed halls elsewhere. Two spans of one weekday do not overlap,
and two versions of the hours of one thing do not hold on one day.
"""

from collections.abc import Sequence
from typing import Any

from django.db import migrations

CROSSED = "two spans of one weekday overlap"
TWICE = "other hours are in force on one of these days"


class SpansApart(migrations.RunPython):
    """No two rows of ``table`` with one ``owner`` and weekday at one time."""

    def __init__(self, table: str, owner: str) -> None:
        # One line for every opening, so that the built-in operator class of ranges says it.
        line = f"({owner} * 8 + weekday) * 1441"
        touch = (
            f"SELECT 1 FROM {table} WHERE {owner} = NEW.{owner} AND weekday = NEW.weekday "  # noqa: S608
            'AND "start" < NEW."end" AND NEW."start" < "end" AND id <> COALESCE(NEW.id, -1)'
        )

        def part(_apps: Any, editor: Any) -> None:
            if editor.connection.vendor == "postgresql":
                editor.execute(
                    f"ALTER TABLE {table} ADD CONSTRAINT {table}_apart EXCLUDE USING gist "
                    f'(int8range({line} + "start", {line} + "end") WITH &&)'
                )
                return
            for verb in ("INSERT", "UPDATE"):
                editor.execute(
                    f"CREATE TRIGGER {table}_apart_{verb.lower()} AFTER {verb} ON {table} "
                    f"WHEN EXISTS ({touch}) BEGIN SELECT RAISE(ABORT, '{CROSSED}'); END"
                )

        def join(_apps: Any, editor: Any) -> None:
            if editor.connection.vendor == "postgresql":
                editor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {table}_apart")
            else:
                _drop(editor, table)

        super().__init__(part, join)


class VersionsApart(migrations.RunPython):
    """No two published versions of ``table`` that hold on one day for one ``owner``.

    ``owner``: the column that names it, and the table it leads to. ``exceptions``: the table tells
    exceptions from the rule (``exception``, ``last_day``); a rule and an exception may meet.
    """

    def __init__(self, table: str, owner: tuple[str, str], *, exceptions: bool = False) -> None:
        column, leads_to = owner
        last = ("effective_until", *(("last_day",) if exceptions else ()))

        def until(row: str) -> str:
            return f"COALESCE({', '.join(f'{row}.{one}' for one in last)}, '9999-12-31')"

        when = "NEW.state IN ('published', 'superseded')"
        other = (
            f"SELECT 1 FROM {table} o WHERE o.{column} = NEW.{column} "  # noqa: S608
            + ("AND (o.exception = '') = (NEW.exception = '') " if exceptions else "")
            + "AND o.id <> NEW.id AND o.state IN ('published', 'superseded') "
            + f"AND o.effective_from <= {until('NEW')} AND {until('o')} >= NEW.effective_from"
        )

        def part(_apps: Any, editor: Any) -> None:
            if editor.connection.vendor == "postgresql":
                # Two at once both see nothing: the row of what is open is locked first.
                editor.execute(
                    f"CREATE FUNCTION {table}_apart() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                    f"IF {when} THEN PERFORM 1 FROM {leads_to} WHERE id = NEW.{column} "
                    f"FOR NO KEY UPDATE; IF EXISTS ({other}) THEN RAISE EXCEPTION '{TWICE}' "
                    "USING ERRCODE = 'exclusion_violation'; END IF; END IF; RETURN NEW; END $$"
                )
                editor.execute(
                    f"CREATE TRIGGER {table}_apart BEFORE INSERT OR UPDATE ON {table} "
                    f"FOR EACH ROW EXECUTE FUNCTION {table}_apart()"
                )
                return
            # A row that is being inserted has no id yet before it stands.
            found = other.replace("NEW.id", "COALESCE(NEW.id, -1)")
            for verb in ("INSERT", "UPDATE"):
                editor.execute(
                    f"CREATE TRIGGER {table}_apart_{verb.lower()} BEFORE {verb} ON {table} "
                    f"WHEN {when} AND EXISTS ({found}) BEGIN SELECT RAISE(ABORT, '{TWICE}'); END"
                )

        def join(_apps: Any, editor: Any) -> None:
            if editor.connection.vendor == "postgresql":
                editor.execute(f"DROP TRIGGER {table}_apart ON {table}")
                editor.execute(f"DROP FUNCTION {table}_apart()")
            else:
                _drop(editor, table)

        super().__init__(part, join)


def _drop(editor: Any, table: str) -> None:
    verbs: Sequence[str] = ("insert", "update")
    for verb in verbs:
        editor.execute(f"DROP TRIGGER {table}_apart_{verb}")
