"""One migrated SQLite database, made once and copied into every test process.

Two hundred migrations cost some forty seconds; a copy costs none. The copy is told by what made
it: the migrations themselves, the triggers they install and the locked libraries. Any change of
those makes a new one. PostgreSQL is not copied, so one run of the suite still migrates for real,
and so does the first process of every SQLite run that finds no copy.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / ".pytest_cache" / "migrated"
TOLD_BY = ("openhall/**/migrations/*.py", "openhall/ledger/triggers.py", "uv.lock")


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


def take(database: Path) -> bool:
    """Put a copy at ``database``; False when none is kept."""
    kept = KEPT / f"{told()}.sqlite3"
    if kept.exists():
        shutil.copyfile(kept, database)
    return kept.exists()


def keep(database: Path) -> None:
    """Keep a copy of ``database``, which was migrated just now and is otherwise empty."""
    for old in KEPT.glob("*.sqlite3"):
        old.unlink()
    made = KEPT / f"{os.getpid()}.part"
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(made)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
    made.rename(KEPT / f"{told()}.sqlite3")
