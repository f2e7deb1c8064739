"""Copying the database out and in again, on either engine, while the site is running.

SQLite is copied with ``VACUUM INTO``, which does not disturb writers, and put back with the
one-step backup call, which is a single transaction for everyone connected. PostgreSQL's own
``pg_dump`` and ``pg_restore`` do the same there.
"""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from django.core.management.base import CommandError
from django.db import connection

NAMES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}


def member_name() -> str:
    """What the copy of this installation's database is called in an archive."""
    return NAMES[connection.vendor]


def _postgres(program: str, *options: str) -> None:
    found = shutil.which(program)
    if not found:
        raise CommandError(
            f"{program} is not installed; on Debian: apt-get install postgresql-client"
        )
    told = connection.settings_dict
    environment = os.environ | {
        variable: str(told[key])
        for variable, key in {
            "PGHOST": "HOST",
            "PGPORT": "PORT",
            "PGUSER": "USER",
            "PGPASSWORD": "PASSWORD",
        }.items()
        if told.get(key)
    }
    done = subprocess.run(  # noqa: S603 - our own program with our own options
        [found, *options], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise CommandError(f"{program} failed:\n{done.stderr.strip()}")


def copy_out(target: Path) -> None:
    """Write a consistent copy of the whole database to ``target``, which must not exist."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(target)])
        return
    name = str(connection.settings_dict["NAME"])
    _postgres("pg_dump", "--format=custom", "--no-owner", f"--file={target}", name)


def copy_in(source: Path) -> None:
    """Replace the whole database with the copy in ``source``, in one transaction."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(source)) as copy:
            if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise CommandError("The copy of the database fails SQLite's integrity check.")
            with connection.turn():  # type: ignore[attr-defined]  # openhall.gate
                copy.backup(connection.connection)
        connection.close()
        return
    name = str(connection.settings_dict["NAME"])
    connection.close()
    options = ("--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error")
    _postgres("pg_restore", *options, f"--dbname={name}", str(source))


def is_missing() -> bool:
    """Whether the database is a SQLite file that is not there."""
    if connection.vendor != "sqlite" or connection.is_in_memory_db():  # type: ignore[attr-defined]
        return False
    return not Path(str(connection.settings_dict["NAME"])).exists()


def begin() -> None:
    """Make the empty file of a SQLite database where none is.

    Only here: a connection never makes one (``openhall.gate``), so a file that was lost is told.
    """
    if is_missing():
        path = Path(str(connection.settings_dict["NAME"]))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)


def is_empty() -> bool:
    """Whether nothing would be lost by replacing the database: it has no tables yet."""
    return is_missing() or not connection.introspection.table_names()
