"""A new database drawn at once is the database that migrating step by step would have made."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.utils import translation

from openhall.config.management.commands.migrate import (
    draw_if_empty,
    with_what_they_stand_on,
)
from openhall.ledger.actions import append, seal
from openhall.ledger.publishing import publish_log
from tests import migrated

COMPARED = Path(__file__).with_name("drawn.lock")  # per database, the last tree compared: minutes
BY_CHANCE = {"translation_key"}  # Wagtail draws lots for it
A_MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+(\+00:00)?")


@contextmanager
def empty(name: str, folder: Path) -> Iterator[object]:
    """A database of its own, beside the tests' one; commands reach it by its alias."""
    other = connection.copy(name)
    if connection.vendor == "postgresql":
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}"')
        other.settings_dict["NAME"] = name
    else:
        other.settings_dict["NAME"] = str(folder / f"{name}.sqlite3")
        (folder / f"{name}.sqlite3").touch()  # a connection makes none (openhall.gate)
    kept = connections[DEFAULT_DB_ALIAS]
    connections[DEFAULT_DB_ALIAS] = other  # data steps of others ask for the default database
    other.alias = DEFAULT_DB_ALIAS
    try:
        yield other
    finally:
        other.close()
        connections[DEFAULT_DB_ALIAS] = kept
        if connection.vendor == "postgresql":
            with connection._nodb_cursor() as cursor:
                cursor.execute(f'DROP DATABASE "{name}"')


# ---------------------------------------------------------------- what a database holds
def asked(database, question: str) -> list[tuple]:
    with database.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchall()


def parts(statement: str) -> list[str]:
    """The columns and constraints of a CREATE TABLE, in no order."""
    inside = statement[statement.index("(") + 1 : statement.rindex(")")]
    found, depth, quoted, part = [], 0, "", ""
    for sign in inside:
        if quoted:
            quoted = "" if sign == quoted else quoted
        elif sign in "'\"":
            quoted = sign
        elif sign in "()":
            depth += 1 if sign == "(" else -1
        elif sign == "," and not depth:
            found.append(part.strip())
            part = ""
            continue
        part += sign
    return sorted([*found, part.strip()])


def drawn(database) -> dict[str, object]:
    """Tables, constraints, indexes and triggers."""
    if database.vendor == "postgresql":
        questions = {
            "column": "SELECT table_name, column_name, data_type, is_nullable, column_default,"
            " character_maximum_length, numeric_precision, numeric_scale, collation_name,"
            " identity_generation FROM information_schema.columns WHERE table_schema = 'public'",
            "constraint": "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid),"
            " condeferrable, condeferred FROM pg_constraint"
            " WHERE connamespace = 'public'::regnamespace",
            "index": "SELECT tablename, indexname, indexdef FROM pg_indexes"
            " WHERE schemaname = 'public'",
            "trigger": "SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid)"
            " FROM pg_trigger WHERE NOT tgisinternal",
            "function": "SELECT proname, prosrc FROM pg_proc p"
            " WHERE pronamespace = 'public'::regnamespace",
        }
        return {name: sorted(asked(database, question)) for name, question in questions.items()}
    found = {}
    for kind, name, table, statement in asked(
        database, "SELECT type, name, tbl_name, sql FROM sqlite_master"
    ):
        if statement is None or name.startswith("sqlite_"):
            continue  # made by SQLite itself for what the table's own statement says
        whole = kind != "table" or "VIRTUAL" in statement
        found[f"{kind} {name} of {table}"] = (
            " ".join(statement.split()) if whole else parts(statement)
        )
    return found


def sown(database) -> dict[str, list[str]]:
    """Every row of every table, what was numbered in another order told by its name."""
    types = {
        number: f"{app}.{model}"
        for number, app, model in asked(
            database, "SELECT id, app_label, model FROM django_content_type"
        )
    }
    permissions = {
        number: f"{types[of]} {code}"
        for number, of, code in asked(
            database, "SELECT id, content_type_id, codename FROM auth_permission"
        )
    }
    named = {"content_type_id": types, "permission_id": permissions}
    found = {}
    for table in database.introspection.table_names():
        with database.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{table}"')
            columns = [one[0] for one in cursor.description]
            rows = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
        numbered = table in ("django_content_type", "django_migrations") or "permission" in table
        found[table] = sorted(
            str(
                {
                    key: named.get(key, {}).get(value, A_MOMENT.sub("then", str(value)))
                    for key, value in row.items()
                    if key not in BY_CHANCE and not (numbered and key == "id")
                }
            )
            for row in rows
        )
    return found


# ---------------------------------------------------------------- the proof
def compared() -> dict[str, str]:
    """Database → the migrations that stood the comparison there (``tests.migrated.told``)."""
    lines = COMPARED.read_text().splitlines() if COMPARED.exists() else []
    return dict(line.split() for line in lines)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_drawn_at_once_is_what_migrating_step_by_step_makes(tmp_path):
    """Minutes; so only where a migration, a seed or a library changed since it was last green."""
    here = migrated.told()
    if compared().get(connection.vendor) == here:
        pytest.skip("these migrations were compared already (drawn.lock)")
    with empty("drawn", tmp_path) as database:
        call_command("migrate", verbosity=0)
        quick = drawn(database), sown(database)
    with empty("stepped", tmp_path) as database, translation.override(None):
        executor = MigrationExecutor(database)
        executor.migrate(with_what_they_stand_on(executor))  # alike in both; fewer models known
        call_command("migrate", verbosity=0, step_by_step=True)
        slow = drawn(database), sown(database)
    for kind in slow[0].keys() | quick[0].keys():
        assert quick[0].get(kind) == slow[0].get(kind)
    assert quick[1].keys() == slow[1].keys()
    for table, rows in slow[1].items():
        assert quick[1][table] == rows, table
    assert slow[1]["wagtailcore_page"]
    assert slow[1]["supervision_supervisionrule"]
    told = compared() | {connection.vendor: here}
    COMPARED.write_text("".join(f"{name} {digest}\n" for name, digest in sorted(told.items())))


@pytest.mark.django_db(transaction=True)
def test_a_database_that_has_tables_is_not_drawn(tmp_path):
    with empty("theirs", tmp_path) as database:
        with database.cursor() as cursor:
            cursor.execute("CREATE TABLE somebody_else (id integer)")
        assert not draw_if_empty(database)
        assert database.introspection.table_names() == ["somebody_else"]


@pytest.mark.django_db(transaction=True)
def test_one_app_asked_for_by_name_migrates_as_django_does(tmp_path):
    with empty("some", tmp_path) as database:
        call_command("migrate", "jobs", verbosity=0)
        applied = {label for label, _ in MigrationRecorder(database).applied_migrations()}
        assert applied == {"jobs"}


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only a file can be lost so")
def test_a_home_that_has_published_a_log_is_never_given_a_new_database(db, settings, tmp_path):
    settings.PUBLISHED_ROOT = tmp_path / "published"
    with transaction.atomic():
        append("test", {"n": 1})
    seal()
    publish_log()
    with empty("lost", tmp_path):
        (tmp_path / "lost.sqlite3").unlink()
        with pytest.raises(CommandError, match=r"published a log of \d+ entries"):
            call_command("migrate", verbosity=0)
        assert not (tmp_path / "lost.sqlite3").exists()
