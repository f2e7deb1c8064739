"""Keeps the bodies of one node fresh: one leader among its processes, four looks a second.

The row of a hall is the message: no process has to tell another, so one killed after its commit
loses nothing. A body is made anew where the number is **another** than the one it was made from;
after a restored backup numbers begin lower, and "greater" would leave a hall stale for ever.
"""

import fcntl
import gzip
import logging
import os
import threading
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.utils import timezone

from openhall.hall.models import Hall
from openhall.hall.state.body import Estimates, body_of, close_connection, generations
from openhall.hall.waiting import Predictor

logger = logging.getLogger(__name__)
EVERY: Final = 0.25  # seconds between two looks
ESTIMATES_EVERY: Final = 15.0
READY: Final = (
    ".ready"  # every hall there is has a body: an unknown name is answered without asking
)


class Presser:
    """The bodies of a node in ``folder``. ``estimates`` says of a hall what each line waits."""

    def __init__(
        self, folder: Path, estimates: Callable[[int, date], Estimates] | None = None
    ) -> None:
        self.folder = folder
        self.estimates = estimates
        self.built: dict[int, tuple[Any, ...]] = {}
        self.slugs: dict[int, str] = {}
        self.said: dict[int, Estimates] = {}
        self.asked_at = -ESTIMATES_EVERY
        self.bodies = 0

    def look(self, now: float) -> int:
        """Make what has changed anew; how many bodies that were."""
        numbers, day, made = generations(), timezone.localdate(), 0
        if self.estimates is not None and now - self.asked_at >= ESTIMATES_EVERY:
            self.asked_at = now
            self.said = {pk: self.estimates(pk, day) for pk in numbers}
        if unknown := numbers.keys() - self.slugs.keys():
            self.slugs |= dict(Hall.objects.filter(pk__in=unknown).values_list("pk", "slug"))
        for pk, gen in numbers.items():
            wanted = (gen, day, repr(self.said.get(pk)))
            if pk not in self.slugs or self.built.get(pk) == wanted:
                continue
            # The number is read before the content: what changes between is made anew next time.
            self._store(self.slugs[pk], body_of(pk, self.slugs[pk], day, self.said.get(pk)))
            self.built[pk] = wanted
            made += 1
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / READY).touch()
        self.bodies += made
        return made

    def _store(self, slug: str, body: bytes) -> None:
        """Both forms under names of their own first, then in place at once."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for name, raw in (
            (f"{slug}.json.gz", gzip.compress(body, 6, mtime=0)),
            (f"{slug}.json", body),
        ):
            fresh = self.folder / f".{name}.{os.getpid()}"
            fresh.write_bytes(raw)
            fresh.replace(self.folder / name)


def press_for_ever(folder: Path, stop: threading.Event) -> None:
    """Wait to be the node's leader, then keep its bodies fresh. The kernel frees a killed leader's
    lock; each thread opens the file itself, since flock belongs to the open file."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".leader").open("w") as lock:
        while not stop.is_set():
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                stop.wait(1)
                continue
            break
        presser = Presser(folder, Predictor())
        while not stop.wait(EVERY):
            try:
                presser.look(time.monotonic())
            except Exception:
                logger.exception("The state of the halls could not be made")
                close_connection()
                stop.wait(5)


def begin(folder: Path | None = None) -> threading.Event:
    """Begin to press in a thread of this process; the answer stops it."""
    stop = threading.Event()
    threading.Thread(
        target=press_for_ever,
        args=(folder or settings.HALL_FOLDER, stop),
        name="hall-presser",
        daemon=True,
    ).start()
    return stop
