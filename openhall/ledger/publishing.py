"""Writing the log out as static files: tiles, bundles and the latest checkpoint.

Only what grew since the last time is written, each file under its final name in one step, the
checkpoint last: a reader never meets a checkpoint whose tiles are not there. A file that was lost
since (a disk, a restored backup, a careless hand) is written again.
"""

import logging
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Final

from django.conf import settings

from openhall.ledger.models import Leaf
from openhall.ledger.queries import is_halted, latest_checkpoint, note_of, subtree_hashes
from openhall.ledger.rules.note import NotVerified, open_note, read_checkpoint
from openhall.ledger.rules.tiles import WIDTH, bundle, bundle_path, tile_path, tiles_of
from openhall.ledger.signing import public_verifier_key

CHECKPOINT, KEY = "checkpoint", "key"
BUNDLE: Final = re.compile(r"(?P<number>(?:x[0-9]{3}/)*[0-9]{3})(?:\.p/(?P<width>[0-9]{1,3}))?")
HASH: Final = 32  # bytes of one hash in a tile
PATIENCE: Final = 600.0  # seconds between two looks for lost files in one process
_looked: dict[Path, float] = {}  # when this process last looked, by folder
log = logging.getLogger(__name__)


def folder() -> Path:
    """Where the published log stands."""
    return Path(settings.PUBLISHED_ROOT) / "ledger"


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    partial.write_bytes(content)
    partial.replace(path)


def published_note() -> str:
    """The checkpoint file as it stands; empty when there is none."""
    try:
        return (folder() / CHECKPOINT).read_text(encoding="utf-8")
    except OSError:
        return ""


def published_size() -> int:
    """How many leaves the published checkpoint covers; 0 when none or not ours."""
    try:
        return read_checkpoint(open_note(published_note(), public_verifier_key())).size
    except NotVerified:
        return 0


def publish_log(*, whole: bool = False) -> int:
    """Bring the files up to the latest checkpoint; the number of files written.

    Nothing is written while an alarm is open. Lost files are looked for at the first time in a
    process, then every ten minutes, or when the ``whole`` is asked for.
    """
    latest = latest_checkpoint()
    since = published_size()
    if latest is None or latest.size < since or is_halted():
        return 0
    written = _lost_again(since) if since and (whole or _is_due()) else 0
    note = note_of(latest)
    if latest.size == since:  # the same tree; perhaps a witness has cosigned it meanwhile
        if note == published_note():
            return written
        _put(folder() / CHECKPOINT, note.encode())
        return written + 1
    for level, number, width in tiles_of(latest.size, since):
        written += _put_tile(level, number, width)
    _put(folder() / KEY, (public_verifier_key() + "\n").encode())
    _put(folder() / CHECKPOINT, note.encode())
    return written + 2


def _put_tile(level: int, number: int, width: int) -> int:
    root = folder()
    _put(root / tile_path(level, number, width), tile_bytes(level, number, width))
    if level:
        return 1
    _put(root / bundle_path(number, width), bundle_bytes(number, width))
    return 2


def _is_due() -> bool:
    last = _looked.get(folder())
    return last is None or monotonic() - last > PATIENCE


def _lost_again(size: int) -> int:
    """Write again what of the first ``size`` entries' files is missing or cut short; how many.

    Only names and lengths are looked at, a folder at a time: some 0.1 s for a million entries.
    What a file holds is compared by night (``checks.published``).
    """
    _looked[folder()] = monotonic()
    there = {f"tile/{path}": length for path, length in _lengths(folder() / "tile")}
    lost: list[tuple[int, int, int]] = []
    for level, number, width in tiles_of(size):
        short = there.get(tile_path(level, number, width)) != width * HASH
        if short or (level == 0 and not there.get(bundle_path(number, width))):
            lost.append((level, number, width))
    if lost:
        names = ", ".join(tile_path(*one) for one in lost[:5])
        log.warning("%s published files were lost and are written again: %s", len(lost), names)
    keyless = not (folder() / KEY).is_file()
    if keyless:
        _put(folder() / KEY, (public_verifier_key() + "\n").encode())
    return sum(_put_tile(*one) for one in lost) + keyless


def _lengths(root: Path, under: str = "") -> Iterator[tuple[str, int]]:
    """Every file below ``root`` by its path there, and its length."""
    try:
        found = list(os.scandir(root))
    except FileNotFoundError:
        return
    for one in found:
        if one.is_dir(follow_symlinks=False):
            yield from _lengths(Path(one.path), f"{under}{one.name}/")
        else:
            yield under + one.name, one.stat(follow_symlinks=False).st_size


@dataclass(frozen=True, slots=True)
class Published:
    """What stands outside the database: the checkpoint, and how many entries the longest bundle
    reaches to, whatever the checkpoint says.

    Read before the database is: what was published then is never longer than the log.
    """

    note: str
    longest: int

    @classmethod
    def now(cls) -> "Published":
        reaches = (_reach(path) for path, _length in _lengths(folder() / "tile/entries"))
        longest = max(reaches, default=0)
        return cls(published_note(), longest)


def _reach(path: str) -> int:
    """The entries up to the end of the bundle at ``path`` (``x001/234.p/17``); 0 for others."""
    found = BUNDLE.fullmatch(path)
    if found is None:
        return 0
    number = int(found["number"].replace("/", "").replace("x", ""))
    return number * WIDTH + int(found["width"] or WIDTH)


def tile_bytes(level: int, number: int, width: int) -> bytes:
    """A tile as the database says it should be."""
    return b"".join(subtree_hashes(8 * level, number * WIDTH, width))


def bundle_bytes(number: int, width: int) -> bytes:
    """A bundle of entries as the database says it should be."""
    first = number * WIDTH
    rows = Leaf.objects.filter(index__gte=first, index__lt=first + width)
    bodies = rows.order_by("index").values_list("entry__body", flat=True)
    return bundle(bytes(body) for body in bodies)
