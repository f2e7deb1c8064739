"""Eight writers at one SQLite file: none is refused, every deed is done once."""

import sqlite3
import subprocess
import sys
import textwrap
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

from openhall.gate.base import WRITES, NotThere
from tests import migrated

pytestmark = pytest.mark.any_database

WRITER = """
    import os, sys
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    os.environ["OPENHALL_DATABASE_URL"] = "sqlite:///" + sys.argv[1]
    import django
    django.setup()
    from django.db import connection, transaction
    for _ in range(25):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT n FROM counted")
            (n,) = cursor.fetchone()
            cursor.execute("UPDATE counted SET n = %s", [n + 1])
"""


def test_writers_in_several_processes_queue_and_lose_nothing(tmp_path: Path):
    file = tmp_path / "hall.sqlite3"
    with sqlite3.connect(file) as database:
        database.execute("CREATE TABLE counted (n INTEGER)")
        database.execute("INSERT INTO counted VALUES (0)")
    database.close()
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(WRITER), str(file)],
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    said = [writer.communicate()[1] for writer in writers]
    assert [writer.returncode for writer in writers] == [0] * 4, said
    with sqlite3.connect(file) as database:
        assert database.execute("SELECT n FROM counted").fetchone() == (100,)
    database.close()


BUSY = """
    import os, sys
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    os.environ["OPENHALL_DATABASE_URL"] = "sqlite:///" + sys.argv[1]
    import django
    django.setup()
    from django.db import connection, transaction
    connection.settings_dict["OPTIONS"]["timeout"] = 0  # whoever does not queue is refused at once
    from openhall.jobs.actions import ask, fail, finish, renew, take
    from openhall.ledger.actions import append, seal
    from openhall.ledger.models import Alarm
    for number in range(12):
        ask("openhall.jobs.actions.forget_done")
        job = take(sys.argv[2])
        if job is not None:
            assert renew(job)
            assert (fail(job, "once more") if number % 4 == 0 else finish(job, number))
        with transaction.atomic():
            append("test", {"who": sys.argv[2], "n": number})
        seal()
    assert not Alarm.objects.exists(), Alarm.objects.first().sentence
"""


def test_workers_that_take_renew_end_and_seal_at_once_are_never_refused(
    django_db_setup, tmp_path: Path
):
    """What wrote outside a transaction (the end of a job) polled past the queue and starved."""
    file = tmp_path / "hall.sqlite3"
    if not migrated.take_file(file):
        pytest.skip("there is no migrated SQLite file to copy")
    with closing(sqlite3.connect(file)) as held:  # the last to close takes the whole file for it
        held.execute("PRAGMA journal_mode = WAL")
        workers = [
            subprocess.Popen(
                [sys.executable, "-c", textwrap.dedent(BUSY), str(file), str(number)],
                stderr=subprocess.PIPE,
                text=True,
            )
            for number in range(4)
        ]
        said = [worker.communicate()[1] for worker in workers]
        assert [worker.returncode for worker in workers] == [0] * 4, said
        done, entries, leaves, signed = (
            held.execute(sql).fetchone()[0]
            for sql in (
                "SELECT COUNT(*) FROM jobs_job WHERE state = 'done'",
                "SELECT COUNT(*) FROM ledger_entry WHERE kind = 'test'",
                "SELECT COUNT(*) FROM ledger_leaf",
                "SELECT MAX(size) FROM ledger_checkpoint",
            )
        )
    assert entries == 48
    assert done > 0
    assert signed == leaves >= 48


@pytest.fixture
def own(db, tmp_path):
    """A connection of its own to a small file."""
    if connection.vendor != "sqlite":
        pytest.skip("the gate is SQLite's")
    file = tmp_path / "hall.sqlite3"
    file.touch()
    other = connection.copy("own")
    other.settings_dict["NAME"] = str(file)
    with other.cursor() as cursor:
        cursor.execute("CREATE TABLE said (word TEXT)")
        cursor.execute("INSERT INTO said VALUES (%s)", ["kept"])
    yield other, file
    other.close()


def test_a_database_file_that_is_gone_is_refused_and_never_made_anew(own):
    other, file = own
    away = file.with_name("away.sqlite3")
    file.rename(away)
    with pytest.raises(NotThere, match="is not there"), other.cursor() as cursor:
        cursor.execute("INSERT INTO said VALUES ('into a file that nobody sees')")
    other.close()
    with pytest.raises(NotThere, match="openhall restore"):
        other.ensure_connection()
    assert not file.exists()
    away.rename(file)
    with other.cursor() as cursor:
        cursor.execute("SELECT word FROM said")
        assert cursor.fetchall() == [("kept",)]


def test_a_database_file_that_was_replaced_is_not_written_into(own):
    other, file = own
    assert other.is_usable()
    file.rename(file.with_name("away.sqlite3"))
    with closing(sqlite3.connect(file)) as another:
        another.execute("CREATE TABLE said (word TEXT)")
    assert not other.is_usable()
    with pytest.raises(NotThere, match="was replaced"), other.cursor() as cursor:
        cursor.execute("UPDATE said SET word = 'lost'")
    other.close()
    with pytest.raises(NotThere, match="was replaced"):
        other.ensure_connection()
    with closing(sqlite3.connect(file)) as another:
        assert another.execute("SELECT COUNT(*) FROM said").fetchone() == (0,)


@pytest.mark.parametrize(
    ("statement", "writes"),
    [
        ("UPDATE a SET b = 1", True),
        ("\n  insert into a values (1)", True),
        ("WITH x AS (SELECT 1) DELETE FROM a", True),
        ("WITH x AS (SELECT updated FROM a) SELECT * FROM x", False),
        ("SELECT 'UPDATE'", False),
        ("PRAGMA table_info(a)", False),
        ("BEGIN IMMEDIATE", False),
        ("VACUUM INTO 'copy'", False),
        ("VACUUM", True),
    ],
)
def test_what_writes_is_told_from_what_reads(statement, writes):
    assert bool(WRITES.match(statement)) == writes
