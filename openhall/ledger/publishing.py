"""Writing the log out as static files: tiles, bundles and the latest checkpoint.

Only what grew since the last time is written, each file under its final name in one step, the
checkpoint last: a reader never meets a checkpoint whose tiles are not there.
"""

import os
from pathlib import Path

from django.conf import settings

from openhall.ledger.models import Leaf
from openhall.ledger.queries import is_halted, latest_checkpoint, note_of, subtree_hashes
from openhall.ledger.rules.note import NotVerified, open_note, read_checkpoint
from openhall.ledger.rules.tiles import WIDTH, bundle, bundle_path, tile_path, tiles_of
from openhall.ledger.signing import public_verifier_key

CHECKPOINT, KEY = "checkpoint", "key"


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


def publish_log() -> int:
    """Bring the files up to the latest checkpoint; the number of files written.

    Nothing is written while an alarm is open.
    """
    latest = latest_checkpoint()
    since = published_size()
    if latest is None or latest.size < since or is_halted():
        return 0
    note = note_of(latest)
    if latest.size == since:  # the same tree; perhaps a witness has cosigned it meanwhile
        if note == published_note():
            return 0
        _put(folder() / CHECKPOINT, note.encode())
        return 1
    root, written = folder(), 0
    for level, number, width in tiles_of(latest.size, since):
        _put(root / tile_path(level, number, width), tile_bytes(level, number, width))
        written += 1
        if level == 0:
            _put(root / bundle_path(number, width), bundle_bytes(number, width))
            written += 1
    _put(root / KEY, (public_verifier_key() + "\n").encode())
    _put(root / CHECKPOINT, note.encode())
    return written + 2


def tile_bytes(level: int, number: int, width: int) -> bytes:
    """A tile as the database says it should be."""
    return b"".join(subtree_hashes(8 * level, number * WIDTH, width))


def bundle_bytes(number: int, width: int) -> bytes:
    """A bundle of entries as the database says it should be."""
    first = number * WIDTH
    rows = Leaf.objects.filter(index__gte=first, index__lt=first + width)
    bodies = rows.order_by("index").values_list("entry__body", flat=True)
    return bundle(bytes(body) for body in bodies)
