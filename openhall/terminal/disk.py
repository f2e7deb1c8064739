"""The journal on the disk: one append with fsync, one writer, a torn last line cut away. E1."""

import fcntl
import os
from pathlib import Path
from threading import RLock
from typing import Final

from openhall.terminal.rules.journal import Journal, read

PRIVATE: Final = 0o600


class InUse(Exception):
    """Another process writes this journal: two of them would print one number twice."""


class Disk:
    """The journal's file in ``folder``; ``journal`` is what its lines say."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.path, self.lock = folder / "journal", RLock()
        self.file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND, PRIVATE)
        try:
            fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as held:
            os.close(self.file)
            raise InUse(str(self.path)) from held
        raw = self.path.read_bytes()
        # What was appended to a torn line would be lost with it at the next start.
        whole = raw[: raw.rfind(b"\n") + 1]
        if len(whole) < len(raw):
            os.ftruncate(self.file, len(whole))
            os.fsync(self.file)
        place = os.open(folder, os.O_RDONLY)
        os.fsync(place)  # the file's own name must stand too
        os.close(place)
        self.journal: Journal = read(whole.decode().splitlines())

    def append(self, line: str) -> None:
        """``line`` stands on the disk before anything that follows from it is done."""
        with self.lock:
            raw = line.encode() + b"\n"
            if os.write(self.file, raw) != len(raw):
                raise OSError("the disk took only a part of a line")
            os.fsync(self.file)
            self.journal.take(line)

    def close(self) -> None:
        os.close(self.file)
