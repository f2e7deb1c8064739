"""The folders an installation owns besides its database, and a still picture of them.

While a backup is made people go on sending and withdrawing papers and the log is published. Each
file is therefore held by a second name (a hard link) in a folder of the backup's own: what is
removed or replaced meanwhile stays there as it was.
"""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from openhall.ledger.publishing import CHECKPOINT, folder, published_note
from openhall.ledger.signing import public_verifier_key

SECRETS: Final = "secrets"
PUBLISHED: Final = "published"
WITNESSES: Final = "witnesses"  # one file, not a folder
OURS_ALONE: Final = (SECRETS, "private")  # nobody else on the machine may look inside
WRITTEN_BY_OTHERS: Final = ("bank",)  # may be written in place: copied, not linked
LOCAL: Final = "django.core.files.storage.FileSystemStorage"


def folders() -> dict[str, Path]:
    """Name in a backup → folder on this disk, without the keys. A folder kept in object storage is
    not listed: the bucket's own versioning protects it."""
    held = {
        PUBLISHED: Path(settings.PUBLISHED_ROOT),
        "bank": Path(settings.BANK_STATEMENTS),
    }
    storages: dict[str, Any] = settings.STORAGES
    if storages["default"]["BACKEND"] == LOCAL:
        held["media"] = Path(settings.MEDIA_ROOT)
    private = storages["private"]
    private = private["OPTIONS"].get("inner", private)  # sealed files are copied as they lie there
    if private["BACKEND"] == LOCAL:
        held["private"] = Path(private["OPTIONS"]["location"])
    return held


def keys() -> Path:
    """The folder of the keys, which are kept apart."""
    return Path(settings.HOME) / SECRETS


def keys_told() -> dict[str, str]:
    """By what a backup knows its keys again; says nothing of the keys themselves."""
    first = hashlib.sha256(b"openhall backup: vault\x00" + settings.VAULT_KEYS[0].encode())
    return {"vault": first.hexdigest()[:16], "ledger": public_verifier_key()}


class Picture:
    """Files held still in ``room``, which lies on the disk of the files themselves."""

    def __init__(self, room: Path) -> None:
        self.room = room

    def hold_published(self) -> None:
        """The published log as of its checkpoint now; to be called before the database is copied.

        The note is read first, so all its files are there; what is published later was signed
        before the database is copied, so nothing held is longer than the copy.
        """
        note = published_note()
        self._hold(PUBLISHED, folders()[PUBLISHED])
        held = self.room / PUBLISHED / folder().relative_to(folders()[PUBLISHED]) / CHECKPOINT
        held.unlink(missing_ok=True)  # a second name of the real file: never written through
        if note:
            held.parent.mkdir(parents=True, exist_ok=True)
            held.write_text(note, encoding="utf-8")

    def hold_uploads(self) -> None:
        """Everything else. Called before and after the database is copied: a file is stored before
        the row that names it and removed after it, so every file that the copy names is held."""
        for name, where in folders().items():
            if name != PUBLISHED:
                self._hold(name, where)
        if settings.LEDGER_WITNESSES_FILE.is_file():
            shutil.copy2(settings.LEDGER_WITNESSES_FILE, self.room / WITNESSES)

    def _hold(self, name: str, where: Path) -> None:
        for path in files(where):
            target = self.room / name / path.relative_to(where)
            target.parent.mkdir(parents=True, exist_ok=True)
            with suppress(FileExistsError, FileNotFoundError):  # held already, or gone already
                if name in WRITTEN_BY_OTHERS:
                    shutil.copy2(path, target)
                else:
                    _second_name(path, target)

    def members(self) -> dict[str, Path]:
        """Every file held by its name in the archive."""
        return {path.relative_to(self.room).as_posix(): path for path in files(self.room)}


def _second_name(path: Path, target: Path) -> None:
    try:
        os.link(path, target)
    except (FileExistsError, FileNotFoundError):
        raise
    except OSError:  # another disk, or one that knows no links
        shutil.copy2(path, target)


def files(where: Path) -> Iterator[Path]:
    """Every plain file below ``where``, none that is only half written."""
    for folder_, _subfolders, names in os.walk(where):
        for name in names:
            path = Path(folder_) / name
            if path.is_file() and not path.is_symlink() and not name.startswith("."):
                yield path
