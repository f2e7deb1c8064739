"""How much room is left where the records stand."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Room:
    """Free and whole size in bytes, and the share of file entries that is free (0–1)."""

    free: int
    whole: int
    entries: float


def room_at(folder: Path) -> Room:
    """The room of the disk that holds ``folder``; raises ``OSError`` where there is none."""
    found, names = shutil.disk_usage(folder), os.statvfs(folder)
    # Some file systems count no entries at all; those never run out of them.
    entries = names.f_favail / names.f_files if names.f_files else 1.0
    return Room(found.free, found.total, entries)


def is_disk_full(fault: BaseException) -> bool:
    """Whether a database refused to write because there is no room (SQLITE_FULL, 53100)."""
    chain: BaseException | None = fault
    while chain is not None:
        if "disk is full" in str(chain) or getattr(chain, "sqlstate", None) == "53100":
            return True
        if isinstance(chain, OSError) and chain.errno == 28:  # ENOSPC
            return True
        chain = chain.__cause__
    return False
