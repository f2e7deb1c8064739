"""Asking the judging process about a file, always before the act: nobody waits for it."""

import atexit
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import Any, Final

from openhall.deeds.collecting import under_way
from openhall.files.rules.uploads import Judged, too_hard
from openhall.files.terms import FileNote
from openhall.files.wire import MOST_WALL, receive, send
from openhall.glossary import Said

AT_ONCE: Final = 2  # files judged at the same time for one web process
PATIENCE: Final = 30.0  # seconds a file waits for its turn


class Unanswered(Exception):
    """The judging process gave no answer over this file: it ran out of time or memory, or died."""


class Judges:
    """One judging process for this process, begun with the first file and begun anew if it dies."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._turns = threading.BoundedSemaphore(AT_ONCE)
        self._process: subprocess.Popen[bytes] | None = None
        self._calls: socket.socket | None = None
        self._of = 0

    def _begin(self) -> socket.socket:
        if self._calls is not None:
            self._calls.close()
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "openhall.files.judging_process"],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={"PYTHONPATH": os.pathsep.join(p for p in sys.path if p), "LANG": "C.UTF-8"},
                cwd="/",
                start_new_session=True,
            )
        self._calls, self._of = ours, os.getpid()
        return ours

    def end(self) -> None:
        """Let the process go; the next file begins another."""
        with self._guard:
            if self._calls is not None and self._of == os.getpid():
                self._calls.close()
                if self._process is not None:
                    self._process.wait()
            self._calls = self._process = None

    def _hand_over(self, handle: int) -> None:
        with self._guard:
            alive = self._process is not None and self._of == os.getpid()
            if not alive or self._process is None or self._process.poll() is not None:
                self._calls = self._begin()
            assert self._calls is not None
            socket.send_fds(self._calls, [b"f"], [handle])

    def ask(
        self, words: dict[str, str], content: bytes, seconds: float = MOST_WALL
    ) -> tuple[dict[str, object], bytes]:
        """The process's answer within ``seconds``. Raises :class:`Unanswered`."""
        if not self._turns.acquire(timeout=PATIENCE):
            raise Unanswered
        try:
            ours, theirs = socket.socketpair()
            with ours:
                ours.settimeout(seconds + 5)
                with theirs:
                    self._hand_over(theirs.fileno())
                send(ours, words, content)
                return receive(ours)
        except (OSError, EOFError, ValueError) as problem:
            raise Unanswered from problem
        finally:
            self._turns.release()


judges = Judges()
atexit.register(judges.end)


def judged(name: str, content: bytes) -> Judged:
    """What the file is. Raises ``RuntimeError`` within an act: one file must not stop all writing.

    A file whose checking does not end is refused with a sentence, never taken.
    """
    if under_way() is not None:
        raise RuntimeError("A file is judged before its act, not within it.")
    try:
        said, small = judges.ask({"do": "judge", "name": name}, content)
        fault = said["fault"]
        return Judged(
            Said(str(fault[0]), str(fault[1])) if isinstance(fault, list) else None,
            str(said["name"]),
            str(said["media_type"]),
            int(str(said["pages"])),
            FileNote(str(said["note"])),
            small,
        )
    except (Unanswered, KeyError, TypeError, ValueError):
        return Judged(too_hard(name))


def read_apart(
    reader: Callable[[bytes], dict[str, Any]], content: bytes, seconds: int = int(MOST_WALL)
) -> dict[str, Any]:
    """What ``reader``, a plain function of a module that knows no Django, says of ``content``.

    It runs where a foreign file can do no harm: bounded in time (``seconds``) and memory, without
    secrets. What it says passes as JSON. Raises :class:`Unanswered` where it did not end or fell,
    and ``RuntimeError`` within an act.
    """
    if under_way() is not None:
        raise RuntimeError("A file is read before its act, not within it.")
    words = {"module": reader.__module__, "reader": reader.__name__, "seconds": str(seconds)}
    return judges.ask({"do": "read", **words}, content, seconds)[0]


def drawn(content: bytes, media_type: str, mark: str) -> bytes:
    """A PDF of ``content`` with ``mark`` across each page, drawn where printing cannot suffer.

    A file that cannot be drawn gives a page that says so: whoever looks always gets an answer.
    """
    words = {"do": "draw", "media_type": media_type, "mark": mark}
    try:
        return judges.ask(words, content)[1]
    except Unanswered:
        return judges.ask(words, b"")[1]
