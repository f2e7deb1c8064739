"""Nothing has been released: a room's tables are drawn once, in at most three migrations."""

import json
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations import RunPython, RunSQL
from django.db.migrations.loader import MigrationLoader

from openhall.hours.apart import SpansApart, VersionsApart
from openhall.ledger.triggers import OnlyGrows

STEPS = ("0001_initial", "only_grows", "seeds")  # the later two keep their order, not their number


def rooms() -> dict[str, dict[str, list]]:
    """Every room of ours that has migrations, with the operations of each."""
    loader, found = MigrationLoader(None), {}
    for (label, name), migration in sorted(loader.disk_migrations.items()):
        if migration.__module__.startswith("openhall."):
            found.setdefault(label, {})[name] = migration.operations
    return found


ROOMS = rooms()


def kind(name: str) -> str:
    return name if name == "0001_initial" else name.partition("_")[2]


def declared() -> list[str]:
    """The tables that some migration says only grow."""
    return sorted(
        table
        for steps in ROOMS.values()
        for operations in steps.values()
        for operation in operations
        if isinstance(operation, OnlyGrows)
        for table in operation.tables
    )


@pytest.mark.parametrize("room", sorted(ROOMS))
def test_a_room_has_one_drawing_one_lock_and_its_seeds(room):
    kinds = [kind(name) for name in ROOMS[room]]
    assert kinds == [step for step in STEPS if step in kinds]


@pytest.mark.parametrize("room", sorted(ROOMS))
def test_a_drawing_only_draws_a_lock_only_locks_and_seeds_only_sow(room):
    for name, operations in ROOMS[room].items():
        what = {type(operation) for operation in operations}
        if kind(name) == "only_grows":  # and what the database itself refuses, by triggers
            assert {OnlyGrows} <= what <= {OnlyGrows, RunPython, SpansApart, VersionsApart}
        elif kind(name) == "seeds":
            assert what == {RunPython}
        else:
            assert not what & {OnlyGrows, RunPython, RunSQL}


@pytest.mark.django_db
def test_the_models_are_drawn_whole():
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=0)


def test_append_only_tables_are_named_once():
    assert len(declared()) == len(set(declared())) >= 14


@pytest.mark.django_db
@pytest.mark.parametrize("table", declared())
def test_a_table_said_to_only_grow_has_its_triggers(table):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # 27 = for each row (1), before (2), delete (8), update (16)
            cursor.execute(
                "SELECT tgname, tgtype FROM pg_trigger WHERE tgrelid = %s::regclass"
                " AND NOT tgisinternal AND tgenabled = 'O'",
                [table],
            )
            assert cursor.fetchall() == [(f"{table}_only_grows", 27)]
        else:
            cursor.execute(
                "SELECT name, sql LIKE '%%RAISE(ABORT%%' FROM sqlite_master"
                " WHERE type = 'trigger' AND tbl_name = %s ORDER BY name",
                [table],
            )
            assert cursor.fetchall() == [(f"{table}_no_delete", 1), (f"{table}_no_update", 1)]


@pytest.mark.django_db
def test_the_database_itself_refuses_to_change_what_was_recorded():
    from django.utils.timezone import now

    from openhall.ledger.models import Entry

    Entry.objects.create(kind="test", body=b"said", leaf_hash=b"once", written_at=now())
    for statement in ("UPDATE ledger_entry SET kind = 'x'", "DELETE FROM ledger_entry"):
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("model", "file"),
    [
        ("supervision.SupervisionRule", "rules.json"),
        ("supervision.ScoreWeight", "weights.json"),
        ("supervision.BonusRule", "bonuses.json"),
        ("catalogue.HollowPhrase", "hollow_phrases.json"),
    ],
)
def test_what_a_city_begins_with_stands_in_data_files(model, file):
    model = apps.get_model(model)
    folder = Path(apps.get_app_config(model._meta.app_label).path) / "seeds"
    rows = json.loads((folder / file).read_text(encoding="utf-8"))
    assert model.objects.count() == len(rows) > 0
