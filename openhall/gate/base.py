"""Django's SQLite with a fair gate around each outermost write transaction.

SQLite has one writer. ``BEGIN IMMEDIATE`` with a timeout never loses a write but lets an unlucky
writer wait for seconds, because it polls. Here writers queue: first on a ticket lock among the
threads of this process, then on ``flock`` (which the kernel grants in order) on a file beside the
database. **Every** writer queues, also a single statement outside a transaction: one that polled
past the queue would starve while the others followed each other ("database is locked").

SQLite would also make an empty database where the file is gone, and go on writing into a file
that was removed. Both are refused here: a city's records are not begun anew by accident.
The module must be called ``base``: Django looks for that name in a database backend.
"""

import fcntl
import os
import re
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

WRITES: Final = re.compile(
    r"\s*(?:INSERT|UPDATE|DELETE|REPLACE|CREATE|DROP|ALTER|REINDEX|ANALYZE|VACUUM\s*$"
    r"|WITH\b.*\b(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM)\b)",
    re.IGNORECASE | re.DOTALL,
)


class TicketLock:
    """A mutex that serves threads in the order they came."""

    def __init__(self) -> None:
        self._state = threading.Lock()
        self._held = False
        self._waiting: deque[threading.Event] = deque()

    def acquire(self) -> None:
        with self._state:
            if not self._held and not self._waiting:
                self._held = True
                return
            turn = threading.Event()
            self._waiting.append(turn)
        turn.wait()

    def release(self) -> None:
        with self._state:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._held = False


_tickets: dict[str, TicketLock] = {}
_tickets_guard = threading.Lock()


def _ticket(path: str) -> TicketLock:
    with _tickets_guard:
        return _tickets.setdefault(path, TicketLock())


class NotThere(OperationalError):
    """The database file is missing, or is another than the one that was opened."""


class _GatedCursor(base.SQLiteCursorWrapper):
    """A statement that writes outside a transaction takes its turn like everybody."""

    wrapper: "DatabaseWrapper"

    def execute(self, query: str, params: Any = None) -> Any:
        if WRITES.match(query):
            with self.wrapper.turn():
                return super().execute(query, params)
        return super().execute(query, params)

    def executemany(self, query: str, param_list: Any) -> Any:
        with self.wrapper.turn():
            return super().executemany(query, param_list)


_opened: dict[str, tuple[int, int]] = {}  # path -> device and inode of the file first opened


class DatabaseWrapper(base.DatabaseWrapper):
    """Holds the gate from BEGIN to COMMIT, ROLLBACK or close. In-memory databases have none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._gate_file: int | None = None
        self._gate_ticket: TicketLock | None = None

    def get_connection_params(self) -> dict[str, Any]:
        """Opened for reading and writing, never to be created (https://sqlite.org/uri.html)."""
        params: dict[str, Any] = super().get_connection_params()
        if not self.is_in_memory_db():
            params["database"] = f"file:{quote(str(Path(params['database']).absolute()))}?mode=rw"
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        if not self.is_in_memory_db():
            self._same_file()
        return super().get_new_connection(conn_params)

    def is_usable(self) -> bool:
        """Asked before each request: a file that is gone is not even read any longer."""
        if not self.is_in_memory_db():
            try:
                self._same_file()
            except NotThere:
                return False
        return bool(super().is_usable())

    def create_cursor(self, name: Any = None) -> Any:
        cursor = self.connection.cursor(factory=_GatedCursor)
        cursor.wrapper = self
        return cursor

    def _same_file(self) -> None:
        """Raise :class:`NotThere` where the file is gone or another than this process opened."""
        path = str(self.settings_dict["NAME"])
        try:
            found = Path(path).stat()
        except FileNotFoundError:
            raise NotThere(
                f"The database file {path} is not there. It is not made anew: put it back, or "
                "restore a backup (openhall restore). A first one is made by: openhall migrate"
            ) from None
        now = found.st_dev, found.st_ino
        if _opened.setdefault(path, now) != now:
            raise NotThere(
                f"The database file {path} was replaced while this program was running. Nothing "
                "is written into it: stop the site, then start it on the right file."
            )

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Hold the gate for what writes outside a transaction; inside one it is held already."""
        if self._gate_ticket is not None:
            yield
            return
        self._enter_gate()
        try:
            yield
        finally:
            self._leave_gate()

    def _enter_gate(self) -> None:
        name = str(self.settings_dict["NAME"])
        if self._gate_ticket is not None or self.is_in_memory_db():
            return
        path = name + ".gate"
        ticket, handle = _ticket(path), None
        ticket.acquire()
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            fcntl.flock(handle, fcntl.LOCK_EX)
            self._same_file()
        except BaseException:
            if handle is not None:
                os.close(handle)
            ticket.release()
            raise
        self._gate_file, self._gate_ticket = handle, ticket

    def _leave_gate(self) -> None:
        if self._gate_ticket is None:
            return
        handle, ticket = self._gate_file, self._gate_ticket
        self._gate_file = self._gate_ticket = None
        if handle is not None:
            os.close(handle)  # gives the flock back
        ticket.release()

    # The stubs do not know these four methods of Django's own wrapper.
    def _start_transaction_under_autocommit(self) -> None:
        self._enter_gate()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._leave_gate()
            raise

    def _commit(self) -> Any:
        try:
            return super()._commit()  # type: ignore[misc]
        finally:
            if self.connection is None or not self.connection.in_transaction:
                self._leave_gate()

    def _rollback(self) -> Any:
        try:
            return super()._rollback()  # type: ignore[misc]
        finally:
            self._leave_gate()

    def _close(self) -> Any:
        try:
            return super()._close()  # type: ignore[misc]
        finally:
            self._leave_gate()
