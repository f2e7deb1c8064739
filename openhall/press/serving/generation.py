"""How a process learns that something changed, without asking the database at each request.

A sign of eight bytes: as long as it is the same, what was looked up holds. On SQLite it stands in a
mapped file that all processes of the machine see; who has committed writes another random one, so
that no order of writers can bring an old one back. What commits unheard (a statement by hand) is
seen within a quarter of a second by a look at the counter of touched rows. On PostgreSQL see
``listening``.
"""

import logging
import mmap
import os
import threading
from pathlib import Path
from typing import Final, Protocol

from django.conf import settings
from django.db import connection

from openhall.press.models import Touched

logger = logging.getLogger(__name__)
EVERY: Final = 0.25  # seconds between two looks
NAME: Final = "generation"
SIZE: Final = 8


class Sign(Protocol):
    """What stands for the state of all pages."""

    def now(self) -> bytes:
        """Other bytes after any change; empty where this process does not know."""

    def change(self) -> None:
        """Something was committed: everybody knows before this returns."""


class FileSign:
    """The sign of one machine."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = folder / NAME
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            if os.fstat(handle).st_size < SIZE:
                os.pwrite(handle, os.urandom(SIZE), 0)
            self._map = mmap.mmap(handle, SIZE)
        finally:
            os.close(handle)
        self._looked = 0
        self._seen = b""

    def now(self) -> bytes:
        return self._map[:SIZE] + self._seen

    def change(self) -> None:
        self._map[:SIZE] = os.urandom(SIZE)

    def look(self) -> None:
        """See what was committed unheard."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT seq FROM sqlite_sequence WHERE name = %s", [Touched._meta.db_table]
            )
            row = cursor.fetchone()
        looked = int(row[0]) if row else 0
        if looked != self._looked:
            self._looked = looked
            self._seen = looked.to_bytes(8, "big")

    def look_for_ever(self, stop: threading.Event) -> None:
        """In a thread of its own."""
        while not stop.wait(EVERY):
            try:
                self.look()
            except Exception:
                logger.exception("The press could not look for changes")
                self._seen = os.urandom(SIZE)
                connection.close()
                stop.wait(2)


_sign: Sign | None = None
_guard = threading.Lock()


def sign() -> Sign:
    """The sign of this process."""
    global _sign
    with _guard:
        if _sign is None:
            if connection.vendor == "postgresql":
                from openhall.press.serving.listening import Heard

                _sign = Heard()
            else:
                _sign = FileSign(Path(settings.PRESS_ROOT))
        return _sign


def forget() -> None:
    """Another folder, another sign: for tests."""
    global _sign
    with _guard:
        _sign = None


def begin() -> threading.Event:
    """Look, or listen, in a thread of this process; the answer stops it."""
    stop = threading.Event()
    found = sign()
    target = getattr(found, "look_for_ever", None) or getattr(found, "listen_for_ever", None)
    if target is not None:
        threading.Thread(target=target, args=(stop,), name="press", daemon=True).start()
    return stop


def announce() -> None:
    """What this process has committed is known everywhere before this returns."""
    if settings.PRESS:
        sign().change()
