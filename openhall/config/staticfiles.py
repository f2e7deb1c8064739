"""Static files gathered only when a source changed, so that starting stays quick."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

STAMP = ".gathered"


def _fingerprint() -> str:
    """Names, sizes and times of every source, in order, and the storage that will keep them."""
    seen = hashlib.sha256(f"{settings.STORAGES['staticfiles']}{settings.SHEETS}".encode())
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda pair: pair[0]):
            facts = Path(storage.path(name)).stat()
            seen.update(f"{name}\0{facts.st_size}\0{facts.st_mtime_ns}\n".encode())
    return seen.hexdigest()


def gather_if_changed() -> bool:
    """Gather into ``STATIC_ROOT``; return whether there was anything to do."""
    stamp = Path(settings.STATIC_ROOT) / STAMP
    now = _fingerprint()
    if stamp.exists() and stamp.read_text() == now:
        return False
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(now)
    return True
