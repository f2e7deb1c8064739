"""PostgreSQL: who answers from memory hears of each change before the change is answered for.

Each process that serves has a thread that listens, says in its row up to which number it has heard,
and renews its lease. Who publishes takes a number after the commit, notifies, and waits until every
process whose lease stands has heard it, at most ``PRESS_WAIT`` seconds. A process that could not
renew its lease answers nothing from memory; its clock for that is its own, the lease is counted by
the database's.
"""

import itertools
import logging
import os
import socket
import threading
import time
from typing import Any, Final

import psycopg
from django.conf import settings
from django.db import connection

from openhall.paging.whole import whole
from openhall.press.models import Node

logger = logging.getLogger(__name__)
CHANNEL: Final = "press"
SEQUENCE: Final = "press_change"
TABLE: Final = Node._meta.db_table
RENEWED: Final = 0.5  # seconds
STEP: Final = 0.0005


class Heard:
    """The sign of one process."""

    def __init__(self) -> None:
        self._count = itertools.count(1)
        self._now = b""
        self._until = 0.0  # by this machine's own clock, which nobody sets
        self.name = f"{socket.gethostname()}-{os.getpid()}-{os.urandom(3).hex()}"

    def now(self) -> bytes:
        return self._now if time.monotonic() < self._until else b""

    def change(self) -> None:
        """Notify, and wait for who answers from memory; never inside a transaction."""
        self._heard()
        if connection.in_atomic_block:
            return
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT nextval('{SEQUENCE}')")
            number = int(cursor.fetchone()[0])
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, str(number)])
            end = time.monotonic() + settings.PRESS_WAIT
            while time.monotonic() < end:
                cursor.execute(
                    f"SELECT count(*) FROM {TABLE} "  # noqa: S608
                    "WHERE until > clock_timestamp() AND seen < %s",
                    [number],
                )
                if not cursor.fetchone()[0]:
                    return
                time.sleep(STEP)

    def _heard(self) -> None:
        self._now = next(self._count).to_bytes(8, "big")

    # ------------------------------------------------------------ the thread
    def listen_for_ever(self, stop: threading.Event) -> None:
        """Listen until told to stop; begin anew where the connection is lost."""
        while not stop.is_set():
            try:
                with psycopg.connect(**_where(), autocommit=True) as own:
                    self._listen(own, stop)
            except Exception:
                logger.exception("The press could not listen to the database")
                stop.wait(1)
        self._until = 0.0

    def _listen(self, own: Any, stop: threading.Event) -> None:
        own.execute(f"LISTEN {CHANNEL}")
        own.execute(
            f"INSERT INTO {TABLE} (name, seen, until) "  # noqa: S608
            f"SELECT %s, last_value, clock_timestamp() - interval '1 second' FROM {SEQUENCE} "
            "ON CONFLICT (name) DO NOTHING",
            [self.name],
        )
        self._heard()  # what was committed while nobody listened was not heard
        seen = 0
        while not stop.is_set():
            begun = time.monotonic()
            self._renew(own, seen)
            # What was committed before the lease stands again was perhaps not heard.
            if begun > self._until:
                self._heard()
            self._until = begun + settings.PRESS_LEASE * 0.75
            # All of them first: what comes while a statement runs between two would be lost.
            for notice in list(own.notifies(timeout=RENEWED, stop_after=1)):
                self._heard()
                seen = max(seen, whole(notice.payload) or 0)
        own.execute(f"DELETE FROM {TABLE} WHERE name = %s", [self.name])  # noqa: S608

    def _renew(self, own: Any, seen: int) -> None:
        own.execute(
            f"UPDATE {TABLE} SET seen = GREATEST(seen, %s), "  # noqa: S608
            "until = clock_timestamp() + %s * interval '1 second' WHERE name = %s",
            [seen, settings.PRESS_LEASE, self.name],
        )


def _where() -> dict[str, Any]:
    """How this process's own connection is opened, from Django's."""
    params = dict(connection.get_connection_params())
    params.pop("cursor_factory", None)
    params.pop("context", None)
    params.pop("prepare_threshold", None)
    return params
