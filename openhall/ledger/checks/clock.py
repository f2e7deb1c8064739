"""The look at the clock before each sealing. What the last look saw stands in a file of the home,
so that a worker started anew still compares; each machine knows its own by its boot id."""

import json
import time
from datetime import datetime
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils import timezone

from openhall.ledger.models import Entry, Leaf
from openhall.ledger.rules.clock import PLACE, Tick, jumped
from openhall.ledger.rules.finding import Finding
from openhall.ledger.terms import RESOLVED

BOOT_ID: Final = Path("/proc/sys/kernel/random/boot_id")  # Linux; elsewhere one process's own
RESOLUTIONS: Final = 50  # alarms resolved most recently, among which that of a clock is looked for


def tick_now() -> Tick:
    """The clock of this moment."""
    boot = BOOT_ID.read_text().strip() if BOOT_ID.is_file() else ""
    running = time.clock_gettime(time.CLOCK_BOOTTIME) if boot else time.monotonic()
    return Tick(timezone.localtime(), boot or str(time.get_clock_info("monotonic")), running)


def clock_fault(*, remember: bool = True) -> Finding | None:
    """Why the clock cannot be believed now, or None. What was seen is remembered.

    A jump is told once: whoever resolves the alarm has set the clock right, or has found it right.
    """
    where = settings.LEDGER_CLOCK_FILE
    if not where:
        return None
    now = tick_now()
    found = jumped(_last(Path(where)), now, _sealed_at())
    if remember:
        _remember(Path(where), now)
    return found


def _last(where: Path) -> Tick | None:
    try:
        told = json.loads(where.read_text(encoding="utf-8"))
        return Tick(datetime.fromisoformat(told["wall"]), told["boot"], float(told["running"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None  # a first look, or a file that somebody cut short: there is nothing to hold to


def _remember(where: Path, now: Tick) -> None:
    told = {"wall": now.wall.isoformat(), "boot": now.boot, "running": now.running}
    partial = where.with_name(f".{where.name}.partial")
    partial.write_text(json.dumps(told), encoding="utf-8")
    partial.replace(where)


def _sealed_at() -> datetime | None:
    """When the last sealed entry was written; None if a resolved alarm of the clock came later.

    What was written under a clock put forward keeps its time; the resolution says so in the log.
    """
    leaf = Leaf.objects.order_by("-index").values_list("entry_id", "entry__written_at").first()
    if leaf is None:
        return None
    entry, written = leaf
    rows = Entry.objects.filter(kind=RESOLVED).order_by("-pk").values_list("pk", "body")
    for pk, body in rows[:RESOLUTIONS]:
        if json.loads(bytes(body)).get("place") == PLACE:
            return written if entry > pk else None
    return written
