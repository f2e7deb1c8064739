"""The longest write of an anonymous visitor under any file: how long SQLite's one writer is held.

Run on a copy of a city (it writes into it):
``OPENHALL_DEMO=1 OPENHALL_HOME=/tmp/copy python benchmarks/anonymous_write.py [FILES]``. Each odd
file is posted to an application as a browser does. Limit: the gate is held 0.5 s at most by any one
transaction. Status 1 if it is missed.
"""

import os
import re
import sys
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openhall.config.settings")
os.environ |= {"OPENHALL_THROTTLES": "0", "OPENHALL_ALLOWED_HOSTS": "testserver"}

import django  # noqa: E402

django.setup()

from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from django.test import Client  # noqa: E402

from openhall.applying.actions.drafting import start_draft  # noqa: E402
from openhall.catalogue.models import ItemVersion  # noqa: E402
from openhall.config.staticfiles import gather_if_changed  # noqa: E402
from openhall.files.judges import judged, judges  # noqa: E402
from openhall.files.models import Upload  # noqa: E402
from openhall.gate.base import DatabaseWrapper  # noqa: E402
from tests.factories.odd_files import odd_files, seeds  # noqa: E402

FILES = int(sys.argv[1]) if len(sys.argv) > 1 else 200
LIMIT = 0.5  # seconds
EACH = 15  # files of one draft; more are refused before they are kept

held: list[float] = []
_enter, _leave = DatabaseWrapper._enter_gate, DatabaseWrapper._leave_gate
_since: dict[int, float] = {}


def _timed_enter(self: DatabaseWrapper) -> None:
    _enter(self)
    _since[id(self)] = perf_counter()


def _timed_leave(self: DatabaseWrapper) -> None:
    if id(self) in _since:
        held.append(perf_counter() - _since.pop(id(self)))
    _leave(self)


def main() -> int:
    gather_if_changed()
    version = ItemVersion.objects.filter(state="published", materials__isnull=False).first()
    key = ""
    judged("first.pdf", b"%PDF-")
    DatabaseWrapper._enter_gate, DatabaseWrapper._leave_gate = _timed_enter, _timed_leave
    client, draft, before = Client(), None, Upload.objects.count()
    for place, (name, content) in enumerate([*seeds().items(), *odd_files(FILES)]):
        if place % EACH == 0:
            draft = start_draft(version, None)
            session = client.session
            session["held_drafts"] = [draft.pk]
            session.save()
            page = client.get(f"/drafts/{draft.pk}/papers/").content.decode()
            key = re.findall(r'<input[^>]*name="([^"]+)"[^>]*type="file"', page) or re.findall(
                r'<input[^>]*type="file"[^>]*name="([^"]+)"', page
            )
            key = key[0]
        client.post(
            f"/drafts/{draft.pk}/papers/", {key: SimpleUploadedFile(name or "x", content or b"x")}
        )
    judges.end()
    longest, taken = max(held), Upload.objects.count() - before
    sys.stdout.write(
        f"{len(held)} writes under {place + 1} files ({taken} taken): median "
        f"{sorted(held)[len(held) // 2] * 1000:.1f} ms, longest {longest * 1000:.0f} ms "
        f"(limit {LIMIT * 1000:.0f}).\n"
    )
    return 1 if longest > LIMIT else 0


if __name__ == "__main__":
    sys.exit(main())
