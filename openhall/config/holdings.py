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

from openhall.config import environment as env
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


def keys_told() -> dict[str, Any]:
    """By what a backup knows its keys again; says nothing of the keys themselves.

    Every key of both rings, the one in use first: until ``openhall keys rotate`` is through, what
    is under the older ones needs them.
    """
    return {
        **_rings(settings.VAULT_KEYS, settings.BLIND_KEYS),
        "ledger": public_verifier_key(),
    }


def keys_of(folder: Path) -> dict[str, Any]:
    """What :func:`keys_told` will say of the rings once ``folder`` holds the keys here.

    As the settings read them: what stands in the environment goes before the files.
    """

    def kept(name: str) -> str:
        file = folder / name
        return file.read_text(encoding="utf-8").strip() if file.is_file() else ""

    named = env.words("VAULT_KEYS")
    vault = named or [env.text("VAULT_KEY") or kept("vault_key")]
    of_old = vault[-1] if named else kept("blind_key") or kept("vault_key")
    index = env.words("BLIND_KEYS") or [env.text("BLIND_KEY") or of_old]
    return _rings(vault, index)


def _rings(vault: list[str], index: list[str]) -> dict[str, list[str]]:
    return {
        "vault": [_known(b"vault", one) for one in vault],
        "index": [_known(b"index", one) for one in index],
    }


def _known(ring: bytes, key: str) -> str:
    return hashlib.sha256(b"openhall backup: " + ring + b"\x00" + key.encode()).hexdigest()[:16]


KEYS_CALLED: Final = {
    "vault": "OPENHALL_VAULT_KEYS: sealed personal data could not be read",
    "index": "OPENHALL_BLIND_KEYS: nobody would be found by a number or code",
    "ledger": "LEDGER_SIGNING_KEY_FILE: the log could not be continued",
}


def keys_lacking(told: dict[str, Any], has: dict[str, Any]) -> list[str]:
    """What of the keys that a backup has ``told`` is not among those ``has`` tells, and what that
    would mean. A backup from before the index was told says nothing of it."""

    def ring(one: Any) -> set[str]:
        return {one} if isinstance(one, str) else set(one or ())

    return [
        meaning
        for name, meaning in KEYS_CALLED.items()
        if name in told and not ring(told[name]) <= ring(has.get(name))
    ]


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
