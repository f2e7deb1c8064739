"""Whose files they are: nobody else on the machine reads, writes or lists what a city keeps.

The database, the log of messages and sealed uploads lie in one folder; a stranger with an account
on the machine, or a backup programme of another department, is a reader too. 数据安全法 27.
"""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Final

UMASK: Final = 0o077
OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


def open_to_others(home: Path) -> Iterator[Path]:
    """Every file and folder of ``home`` that somebody else may read, write or enter."""
    for folder, _folders, names in os.walk(home):
        for path in (Path(folder), *(Path(folder) / name for name in names)):
            try:
                mode = path.lstat().st_mode
            except FileNotFoundError:  # it was removed meanwhile
                continue
            if not stat.S_ISLNK(mode) and mode & OTHERS:
                yield path


def tighten(home: Path) -> int:
    """Close what stands open; how many files and folders did."""
    done = 0
    for path in open_to_others(home):
        try:
            path.chmod(stat.S_IMODE(path.lstat().st_mode) & ~OTHERS)
            done += 1
        except (FileNotFoundError, PermissionError):
            continue
    return done
