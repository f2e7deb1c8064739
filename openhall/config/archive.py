"""One archive file with everything an installation is: its database and its files.

The archive is a ``.tar.gz`` that any system can open. Its last member is a manifest with the size
and SHA-256 of every other member; nothing is put in place before all of them agree.
"""

import hashlib
import io
import json
import tarfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any

MANIFEST = "manifest.json"
FORMAT = 2
Told = Callable[[str, int], None]  # the member's name, the bytes just handled


class NotAnArchive(Exception):
    """The file is not a whole, unaltered archive of OpenHall; the message says why."""


@dataclass
class Contents:
    """What an archive says of itself: free facts, and each member's size and SHA-256."""

    facts: dict[str, Any]
    files: dict[str, dict[str, Any]] = field(default_factory=dict)


class _Counted(io.RawIOBase):
    """Reads a file through to the end while hashing it and telling how far it is."""

    def __init__(self, source: IO[bytes], name: str, told: Told) -> None:
        self.source, self.name, self.told = source, name, told
        self.digest, self.size = hashlib.sha256(), 0

    def read(self, size: int = -1) -> bytes:
        piece = self.source.read(size)
        self.digest.update(piece)
        self.size += len(piece)
        self.told(self.name, len(piece))
        return piece

    def facts(self) -> dict[str, Any]:
        return {"sha256": self.digest.hexdigest(), "size": self.size}


def pack(target: Path, members: dict[str, Path], facts: dict[str, Any], told: Told) -> Contents:
    """Write ``members`` (name in the archive → file) to ``target``, readable by its owner only.

    The file appears under its name only when it is whole.
    """
    contents = Contents(facts | {"format": FORMAT})
    partial = target.with_name(target.name + ".partial")
    partial.unlink(missing_ok=True)
    partial.touch(mode=0o600, exist_ok=False)
    try:
        with tarfile.open(partial, "w:gz", compresslevel=6) as archive:
            for name, path in sorted(members.items()):
                with path.open("rb") as source:
                    entry = archive.gettarinfo(arcname=name, fileobj=source)
                    counted = _Counted(source, name, told)
                    archive.addfile(entry, counted)
                    contents.files[name] = counted.facts()
            told_all = json.dumps(
                {"facts": contents.facts, "files": contents.files}, ensure_ascii=False, indent=1
            ).encode()
            entry = tarfile.TarInfo(MANIFEST)
            entry.size = len(told_all)
            archive.addfile(entry, io.BytesIO(told_all))
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
    return contents


def _safe(name: str) -> PurePosixPath:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or not path.parts:
        raise NotAnArchive(f"The archive names a file outside itself: {name}")
    return path


def unpack(source: Path, folder: Path, told: Told) -> Contents:
    """Unpack ``source`` into the empty ``folder`` and compare every member with the manifest.

    Raises ``NotAnArchive`` if a member is missing, added or altered, or if the file is cut short.
    """
    found: dict[str, dict[str, Any]] = {}
    manifest: dict[str, Any] | None = None
    try:
        with tarfile.open(source, "r:gz") as archive:
            for entry in archive:
                stream = archive.extractfile(entry) if entry.isreg() else None
                if stream is None:
                    raise NotAnArchive(f"{entry.name} is not a plain file.")
                if entry.name == MANIFEST:
                    manifest = json.load(stream)
                    continue
                path = folder.joinpath(*_safe(entry.name).parts)
                path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                counted = _Counted(stream, entry.name, told)
                with path.open("wb") as copy:
                    while piece := counted.read(1 << 20):
                        copy.write(piece)
                path.chmod(0o600)
                found[entry.name] = counted.facts()
    except (tarfile.TarError, EOFError, OSError, ValueError) as problem:
        raise NotAnArchive(f"The file cannot be read as an archive: {problem}") from problem
    if manifest is None or manifest.get("facts", {}).get("format") != FORMAT:
        raise NotAnArchive("The archive has no manifest that this version can read.")
    wanted = manifest["files"]
    for name in sorted(set(wanted) | set(found)):
        if wanted.get(name) != found.get(name):
            raise NotAnArchive(f"{name} is missing or has been altered since the backup.")
    return Contents(manifest["facts"], wanted)
