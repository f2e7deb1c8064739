"""This node's index: found, followed, made anew by itself.

``settings.SEARCH_FOLDER`` holds one folder a generation and a file ``current`` that names the one
in use. Whoever searches first looks whether the outbox went on; one process of the node (it holds
the lock) takes the changes in, the others open the postings anew when the counter moved. What is
lost, torn or of another shape is made anew in a folder of its own; until then the old one answers.
"""

import fcntl
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from openhall.paging.whole import whole_or
from openhall.search.engines.port import Torn
from openhall.search.index.store import Store
from openhall.search.models import SearchChange
from openhall.search.rules.records import Record
from openhall.search.sources import sources

SHAPE: Final = "1"  # of the fields; another one: the index is made anew
SLACK: Final = 500  # rows read again, because numbers are not committed in order on PostgreSQL
AT_ONCE: Final = 2000
FIRST_WAIT: Final = 2.5  # seconds a search waits for the very first index


class Node:
    """The index of this process, opened once and shared by its threads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.pid = os.getpid()
        self.name = ""
        self.store: Store | None = None
        self.mutex = threading.Lock()
        self.beside: threading.Thread | None = None
        self.read: set[int] = set()  # changes taken in lately, so that none is taken twice

    # ------------------------------------------------------------ finding it
    def ready(self) -> Store | None:
        """The index, as new as the outbox; None while the first one is being made."""
        store = self._open()
        if store is None:
            self._make_anew(FIRST_WAIT)
            store = self._open()
        if store is not None:
            self._catch_up(store)
            store.follow()
        return store

    def _open(self) -> Store | None:
        """The generation in use; None if there is none, or it is torn."""
        try:
            name = (self.folder / "current").read_text().strip()
        except OSError:
            return None
        with self.mutex:
            if self.store is not None and name == self.name:
                return self.store
            folder = self.folder / name
            if not (folder / "records.sqlite3").exists():
                return None
            try:
                store = Store(folder, settings.SEARCH_ENGINE)
                if store.note("shape") != SHAPE or not _whole(store):
                    store.close()
                    return None
            except Torn:
                return None
            self.name, self.store = name, store
            return store

    # ------------------------------------------------------------ following
    def _catch_up(self, store: Store) -> None:
        newest = _newest()
        today = timezone.localdate().isoformat()
        at = int(store.note("at", "0"))
        if newest == at and store.note("day") == today:
            return
        with self.alone() as held:
            if not held:
                return  # another process of this node is at it
            if store.note("day") != today or newest < at:
                self._beside(self.compare, 0.0)
                if newest <= at:
                    return
            self.take_in(store)

    def take_in(self, store: Store) -> int:
        """Read the outbox on; how many records changed. The caller holds the lock."""
        at = int(store.note("at", "0"))
        rows = list(
            SearchChange.objects.filter(pk__gt=max(0, at - SLACK))
            .order_by("pk")
            .values_list("pk", "kind", "key")
        )
        fresh = [row for row in rows if row[0] > at or row[0] not in self.read]
        if not fresh:
            return 0
        touched = {(kind, key) for _pk, kind, key in fresh if kind in sources()}
        by_kind = {
            kind: [key for _kind, key in group]
            for kind, group in groupby(sorted(touched), key=lambda one: one[0])
        }
        today = timezone.localdate()
        count = 0
        for kind, keys in by_kind.items():
            whole = "" in keys or len(keys) > AT_ONCE
            count += self._again(store, kind, None if whole else keys, today)
        newest = max(at, rows[-1][0])
        store.change((), (), {"at": str(newest)})
        self.read = {row[0] for row in rows if row[0] > newest - SLACK}
        return count

    def _again(self, store: Store, kind: str, keys: list[str] | None, day: date) -> int:
        told: dict[str, Record] = {one.id: one for one in sources()[kind].records(keys, day)}
        known: set[str] = set()
        for key in [""] if keys is None else keys:
            known.update(store.ids_of(f"{kind}:{key}"))
        fresh, lost = store.change(told.values(), known - set(told), {})
        return fresh + lost

    # ------------------------------------------------------------ making it anew
    def compare(self, *, again: bool = False) -> int:
        """Hold every record against the tables, as each new day does; how many differed.

        What another process compared today stands, unless it is asked for ``again``.
        """
        store = self._open()
        if store is None:
            return 0
        with self.alone(wait=True):
            today, newest = timezone.localdate(), _newest()
            at = int(store.note("at", "0"))
            if not again and store.note("day") == today.isoformat() and at <= newest:
                return 0
            count = sum(self._again(store, name, None, today) for name in sources())
            store.change((), (), {"day": today.isoformat(), "at": str(newest)})
        return count

    def rebuild(self) -> int:
        """A new generation from the tables, put in the old one's place; how many records."""
        with self.alone(wait=True):
            today = timezone.localdate()
            newest = _newest()
            name = f"g{max(map(_serial, self.folder.glob('g*')), default=0) + 1}"
            store = Store(self.folder / name, settings.SEARCH_ENGINE)
            every = (one for source in sources().values() for one in source.records(None, today))
            notes = {"at": str(newest), "day": today.isoformat(), "shape": SHAPE}
            count = store.build(every, notes)
            store.close()
            waiting = self.folder / "current.new"
            waiting.write_text(name)
            waiting.replace(self.folder / "current")
            self.read = set()
            for old in self.folder.glob("g*"):
                if old.name not in (name, self.name):
                    shutil.rmtree(old, ignore_errors=True)
        return count

    def _make_anew(self, wait: float) -> None:
        self._beside(lambda: self.rebuild(), wait)

    def _beside(self, work: Any, wait: float) -> None:
        """Do ``work`` in a thread of its own; wait for it so many seconds."""
        if not settings.SEARCH_BESIDE:
            work()
            return
        with self.mutex:
            if self.beside is None or not self.beside.is_alive():

                def run() -> None:
                    try:
                        work()
                    finally:
                        connection.close()

                self.beside = threading.Thread(target=run, name="search", daemon=True)
                self.beside.start()
            thread = self.beside
        if wait and not transaction.get_connection().in_atomic_block:
            thread.join(wait)

    @contextmanager
    def alone(self, wait: bool = False) -> Iterator[bool]:
        """Hold the node's lock: whether it was got. Within the holder it is got again."""
        if getattr(_held, "deep", 0):
            yield True
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "lock").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            except OSError:
                yield False
                return
            _held.deep = 1
            try:
                yield True
            finally:
                _held.deep = 0

    # ------------------------------------------------------------ telling
    def health(self) -> dict[str, Any]:
        """Where this node's index stands beside the outbox."""
        store = self._open()
        newest = _newest()
        if store is None:
            return {"state": "missing", "newest": newest}
        told = store.engine.health()
        at = int(store.note("at", "0"))
        return {
            "state": "whole" if _whole(store) else "torn",
            "generation": self.name,
            "counter": store.counter(),
            "day": store.note("day"),
            "behind": SearchChange.objects.filter(pk__gt=at).count(),
            "kinds": store.counts(),
            **told,
        }

    def close(self) -> None:
        if self.store is not None:
            self.store.close()
        self.store, self.name = None, ""


_held = threading.local()
_nodes: dict[Path, Node] = {}


def _newest() -> int:
    """The last row of the outbox."""
    return SearchChange.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def _whole(store: Store) -> bool:
    """Whether the postings hold as many records as there are texts."""
    return int(store.engine.health()["records"]) == sum(store.counts().values())


def _serial(folder: Path) -> int:
    return whole_or(0, folder.name[1:])


def node() -> Node:
    """The node of this process; a child of a fork opens its own."""
    folder = Path(settings.SEARCH_FOLDER)
    found = _nodes.get(folder)
    if found is None or found.pid != os.getpid():
        found = _nodes[folder] = Node(folder)
    return found
