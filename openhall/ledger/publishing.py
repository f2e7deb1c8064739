"""Writing the log out as static files: tiles, bundles and the latest checkpoint.

Only what grew since the last time is written, each file under its final name in one step, the
checkpoint last: a reader never meets a checkpoint whose tiles are not there.
"""

import os
from pathlib import Path

from django.conf import settings

from openhall.ledger.models import Leaf
from openhall.ledger.queries import latest_checkpoint, subtree_hashes
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


def published_size() -> int:
    """How many leaves the published checkpoint covers; 0 when none or not ours."""
    try:
        note = (folder() / CHECKPOINT).read_text()
        return read_checkpoint(open_note(note, public_verifier_key())).size
    except (OSError, NotVerified):
        return 0


def publish_log() -> int:
    """Bring the files up to the latest checkpoint; the number of files written."""
    latest = latest_checkpoint()
    since = published_size()
    if latest is None or latest.size <= since:
        return 0
    root, written = folder(), 0
    for level, number, width in tiles_of(latest.size, since):
        first = number * WIDTH
        hashes = subtree_hashes(8 * level, first, width)
        _put(root / tile_path(level, number, width), b"".join(hashes))
        written += 1
        if level == 0:
            rows = Leaf.objects.filter(index__gte=first, index__lt=first + width)
            bodies = rows.order_by("index").values_list("entry__body", flat=True)
            _put(root / bundle_path(number, width), bundle(bytes(body) for body in bodies))
            written += 1
    _put(root / KEY, (public_verifier_key() + "\n").encode())
    _put(root / CHECKPOINT, latest.note.encode())
    return written + 2
