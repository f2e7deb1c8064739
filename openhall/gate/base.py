"""Django's SQLite with a fair gate around each outermost write transaction.

SQLite has one writer. ``BEGIN IMMEDIATE`` with a timeout never loses a write but lets an unlucky
writer wait for seconds, because it polls. Here writers queue: first on a ticket lock among the
threads of this process, then on ``flock`` (which the kernel grants in order) on a file beside the
database. The module must be called ``base``: Django looks for that name in a database backend.
"""

import fcntl
import os
import threading
from collections import deque
from typing import Any

from django.db.backends.sqlite3 import base


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


class DatabaseWrapper(base.DatabaseWrapper):
    """Holds the gate from BEGIN to COMMIT, ROLLBACK or close. In-memory databases have none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._gate_file: int | None = None
        self._gate_ticket: TicketLock | None = None

    def _enter_gate(self) -> None:
        name = str(self.settings_dict["NAME"])
        if self._gate_ticket is not None or self.is_in_memory_db():
            return
        path = name + ".gate"
        ticket = _ticket(path)
        ticket.acquire()
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            fcntl.flock(handle, fcntl.LOCK_EX)
        except BaseException:
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
