"""The folders an installation owns besides its database."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings

SECRETS = "secrets"
LOCAL = "django.core.files.storage.FileSystemStorage"


def folders(*, with_secrets: bool = True) -> dict[str, Path]:
    """Name in a backup → folder on this disk. A folder kept in object storage is not listed:
    the bucket's own versioning protects it."""
    held = {
        "published": Path(settings.PUBLISHED_ROOT),
        "bank": Path(settings.BANK_STATEMENTS),
    }
    storages: dict[str, Any] = settings.STORAGES
    if storages["default"]["BACKEND"] == LOCAL:
        held["media"] = Path(settings.MEDIA_ROOT)
    private = storages["private"]
    if private["BACKEND"] == LOCAL:
        held["private"] = Path(private["OPTIONS"]["location"])
    if with_secrets:
        held[SECRETS] = Path(settings.HOME) / SECRETS
    return held


def members(held: dict[str, Path]) -> dict[str, Path]:
    """Every file in ``held`` by its name in the archive."""
    return {
        f"{name}/{path.relative_to(folder).as_posix()}": path
        for name, folder in held.items()
        for path in _files(folder)
    }


def _files(folder: Path) -> Iterator[Path]:
    for where, _subfolders, names in os.walk(folder):
        for name in names:
            path = Path(where) / name
            if path.is_file() and not path.is_symlink():
                yield path
