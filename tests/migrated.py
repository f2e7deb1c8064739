"""One migrated database, made once and copied into every test process.

A new database costs its seconds (see ``openhall migrate``); a copy costs none. The copy is
told by what made it: the migrations, what they sow, their triggers and the locked libraries. Any
change of those makes a new one. On SQLite the copy is a file kept between runs; on PostgreSQL a
template that lives as long as the cluster, so that the first process of each run makes it anew.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / ".pytest_cache" / "migrated"
TOLD_BY = (
    "openhall/**/migrations/*.py",
    "openhall/*/seeds/*.json",
    "openhall/ledger/triggers.py",
    "openhall/config/management/commands/migrate.py",
    "uv.lock",
)


def told() -> str:
    """The name of a database migrated by what lies in this tree today."""
    digest = hashlib.sha256()
    for pattern in TOLD_BY:
        for path in sorted(ROOT.glob(pattern)):
            digest.update(str(path.relative_to(ROOT)).encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:24]


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Hold the folder: the second process waits and then finds what the first one made."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def take(connection: Any) -> bool:
    """Put a copy where the tests of this process look; False when none is kept."""
    if connection.vendor == "postgresql":
        return _take_template(connection)
    return take_file(Path(connection.settings_dict["TEST"]["NAME"]))


def kept_file() -> Path:
    """Where the migrated SQLite file of this tree lies, if a run of the tests left one."""
    return KEPT / f"{told()}.sqlite3"


def take_file(database: Path) -> bool:
    """Put a copy of the kept SQLite file at ``database``, an empty file and False if none is."""
    kept = kept_file()
    if not kept.exists():
        database.touch()  # a connection makes none (openhall.gate)
        return False
    shutil.copyfile(kept, database)
    return True


def keep(connection: Any) -> None:
    """Keep a copy of this process's database, migrated just now and otherwise empty."""
    if connection.vendor == "postgresql":
        _keep_template(connection)
        return
    for old in KEPT.glob("*.sqlite3"):
        old.unlink()
    made = KEPT / f"{os.getpid()}.part"
    source = connection.settings_dict["NAME"]
    with closing(sqlite3.connect(source)) as whole, closing(sqlite3.connect(made)) as copy:
        whole.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
    made.rename(kept_file())


def _take_template(connection: Any) -> bool:
    template, mine = f"migrated_{told()}", connection.creation._get_test_db_name()
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template])
        found = cursor.fetchone() is not None
        if found:
            cursor.execute(f'CREATE DATABASE "{mine}" TEMPLATE "{template}"')
    return found


def take_again(connection: Any) -> None:
    """After a test that commits: its tables were emptied, and what the migrations sowed with them.

    PostgreSQL alone; on SQLite such tests leave the copy as it was made.
    """
    if connection.vendor == "postgresql":
        mine = connection.settings_dict["NAME"]
        connection.close()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{mine}" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{mine}" TEMPLATE "migrated_{told()}"')


def _keep_template(connection: Any) -> None:
    template, mine = f"migrated_{told()}", connection.settings_dict["NAME"]
    connection.close()  # a database is copied only while nobody uses it
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{template}" TEMPLATE "{mine}"')
