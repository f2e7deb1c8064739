"""Eight writers at one SQLite file: none is refused, every deed is done once."""

import sqlite3
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

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
        for _ in range(8)
    ]
    said = [writer.communicate()[1] for writer in writers]
    assert [writer.returncode for writer in writers] == [0] * 8, said
    with sqlite3.connect(file) as database:
        assert database.execute("SELECT n FROM counted").fetchone() == (200,)
    database.close()
