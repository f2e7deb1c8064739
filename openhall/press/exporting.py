"""The same pages as files: for an outage or a copy elsewhere. Only what changed is written."""

import gzip
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from openhall.press.bodies import body_of
from openhall.press.models import Page
from openhall.press.shell import shell

INDEX: Final = ".pages.json"
NAME: Final = "index.html"


@dataclass(slots=True)
class Exported:
    """How many files were written, left as they were and taken away; what has no file name."""

    written: int = 0
    same: int = 0
    gone: int = 0
    skipped: int = 0


def _file(folder: Path, path: str) -> Path | None:
    """Where a page stands; none for one with words after "?", or that would leave the folder."""
    if "?" in path or not path.endswith("/"):
        return None
    parts = [part for part in path.split("/") if part]
    if any(part.startswith(".") or "\\" in part for part in parts):
        return None
    return folder.joinpath(*parts, NAME)


def export(folder: Path) -> Exported:
    """Write every stored page below ``folder``, each plain and gzipped, and take away what is
    stored no longer. A page that is stale just now is written as it last was."""
    folder.mkdir(parents=True, exist_ok=True)
    index = folder / INDEX
    before: dict[str, str] = json.loads(index.read_text()) if index.is_file() else {}
    now: dict[str, str] = {}
    told = Exported()
    rows = Page.objects.filter(body__isnull=False, shell=shell()).order_by("path")
    for path, sha256 in rows.values_list("path", "body_id"):
        file = _file(folder, path)
        if file is None or sha256 is None:
            told.skipped += 1
            continue
        now[path] = sha256
        if before.get(path) == sha256 and file.is_file():
            told.same += 1
            continue
        body = body_of(sha256)
        file.parent.mkdir(parents=True, exist_ok=True)
        _write(file.with_name(NAME + ".gz"), gzip.compress(body, 9, mtime=0))
        _write(file, body)
        told.written += 1
    for path in before.keys() - now.keys():
        file = _file(folder, path)
        if file is not None:
            file.unlink(missing_ok=True)
            file.with_name(NAME + ".gz").unlink(missing_ok=True)
            told.gone += 1
    _write(index, json.dumps(now, indent=0, sort_keys=True).encode())
    return told


def _write(file: Path, body: bytes) -> None:
    fresh = file.with_name(f".{file.name}.{os.getpid()}")
    fresh.write_bytes(body)
    fresh.chmod(0o644)
    fresh.replace(file)
