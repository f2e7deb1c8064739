"""Triggers that say what a change touched, in the transaction of the change. Both databases.

Signals of the ORM miss what is written by statement; a trigger sees all. It writes only tags that
some page was made from, so a city without stored pages pays one look-up. Laid when the press begins
and looked at by ``drain``: SQLite loses a trigger without a word when a migration makes its table
anew.
"""

import hashlib
from typing import Final

from django.db import connection, transaction

from openhall.press.models import MadeFrom, Touched
from openhall.press.watching.tables import Watched, watched

TOUCHED: Final = Touched._meta.db_table
MADE_FROM: Final = MadeFrom._meta.db_table
PREFIX: Final = "press_w_"
VERBS: Final = ("insert", "update", "delete", "parts")  # "parts": only columns that parts show


def _sides(verb: str) -> tuple[str, ...]:
    return {"insert": ("NEW",), "delete": ("OLD",)}.get(verb, ("OLD", "NEW"))


def _select(one: Watched, verb: str) -> str:
    cast = "::text" if connection.vendor == "postgresql" else ""
    tags = [f"'{one.table}'"]
    if verb == "parts":
        tags = [f"'{one.table}#'", f"'{one.table}.{one.key}=' || NEW.\"{one.key}\"{cast} || '#'"]
    for side in () if verb == "parts" else _sides(verb):
        tags += [f"'{one.table}.{col}=' || {side}.\"{col}\"{cast}" for col in one.columns]
    listed = ", ".join(tags)
    return (
        f"INSERT INTO {TOUCHED} (tag) SELECT DISTINCT tag FROM {MADE_FROM} "  # noqa: S608
        f"WHERE tag IN ({listed})"
    )


def _differ(names: list[str]) -> str:
    """Whether any of these columns is another than before."""
    other = "IS DISTINCT FROM" if connection.vendor == "postgresql" else "IS NOT"
    return " OR ".join(f'OLD."{name}" {other} NEW."{name}"' for name in names)


def _when(one: Watched, verb: str) -> str:
    """For which changes of a row; empty for all."""
    if verb == "parts":
        return f"WHEN ({_differ(sorted(one.parts))}) "
    if verb != "update" or not (one.quiet or one.parts):
        return ""
    loud = [col for col in one.every if col not in one.quiet | one.parts]
    return f"WHEN ({_differ(loud)}) "


def _name(one: Watched, verb: str) -> str:
    """With a mark of what it does in it, so that one of another version is known by its name."""
    mark = hashlib.sha256((_select(one, verb) + _when(one, verb)).encode()).hexdigest()[:8]
    return f"{PREFIX}{one.table[:36]}_{verb[0]}_{mark}"


def _event(verb: str) -> str:
    return "UPDATE" if verb == "parts" else verb.upper()


def _sqlite(one: Watched, verb: str) -> list[str]:
    return [
        f'CREATE TRIGGER "{_name(one, verb)}" AFTER {_event(verb)} ON "{one.table}" '
        f"{_when(one, verb)}BEGIN {_select(one, verb)}; END"
    ]


def _postgresql(one: Watched, verb: str) -> list[str]:
    name = _name(one, verb)
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"{_select(one, verb)}; IF FOUND THEN PERFORM pg_notify('press', ''); END IF; "
        f"RETURN NULL; END $$",
        f'CREATE TRIGGER "{name}" AFTER {_event(verb)} ON "{one.table}" '
        f"FOR EACH ROW {_when(one, verb)}EXECUTE FUNCTION {name}()",
    ]


def wanted() -> dict[str, tuple[str, list[str]]]:
    """Each trigger by its name: its table and the statements that make it."""
    make = _postgresql if connection.vendor == "postgresql" else _sqlite
    return {
        _name(one, verb): (one.table, make(one, verb))
        for one in watched().values()
        for verb in VERBS
        if verb != "parts" or one.parts
    }


def laid() -> dict[str, str]:
    """The triggers of the press that stand in the database, with their tables."""
    if connection.vendor == "postgresql":
        sql = (
            "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "WHERE t.tgname LIKE 'press\\_w\\_%%'"
        )
    else:
        sql = (
            "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' "
            "AND name LIKE 'press\\_w\\_%%' ESCAPE '\\'"
        )
    with connection.cursor() as cursor:
        cursor.execute(sql, [])
        return {str(name): str(table) for name, table in cursor.fetchall()}


def missing() -> set[str]:
    """The triggers that should stand and do not."""
    return wanted().keys() - laid().keys()


def lay() -> int:
    """Make what is missing and take away what is of another version; how many were made.

    What changed while one was missing is not known: then every page is stale.
    """
    if not (missing() or laid().keys() - wanted().keys()):
        return 0
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('openhall.press'))")
        those, standing = wanted(), laid()
        for name in standing.keys() - those.keys():
            _drop(cursor, name, standing[name])
        made = sorted(those.keys() - standing.keys())
        for name in made:
            for statement in those[name][1]:
                cursor.execute(statement.replace("%", "%%"), [])
        if made:
            from openhall.press.actions.marks import mark_all

            mark_all()
    return len(made)


def lift() -> int:
    """Take every trigger of the press away; how many there were."""
    standing = laid()
    with transaction.atomic(), connection.cursor() as cursor:
        for name, table in standing.items():
            _drop(cursor, name, table)
    return len(standing)


def _drop(cursor: object, name: str, table: str) -> None:
    if connection.vendor == "postgresql":
        cursor.execute(f'DROP TRIGGER "{name}" ON "{table}"')  # type: ignore[attr-defined]
        cursor.execute(f"DROP FUNCTION {name}()")  # type: ignore[attr-defined]
    else:
        cursor.execute(f'DROP TRIGGER "{name}"')  # type: ignore[attr-defined]
