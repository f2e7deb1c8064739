"""The log at a million entries: appending, sequencing, proving, verifying; beside their limits.

Run: ``.venv/bin/python benchmarks/ledger.py [ENTRIES]``. Limits: an append a tenth of its act,
verification of 1,000,000 entries in 60 s at flat memory.
"""

import os
import resource
import sys
import tempfile
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openhall.config.settings")
os.environ["OPENHALL_HOME"] = tempfile.mkdtemp(prefix="openhall-bench-")

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from openhall.ledger.actions import append, sequence, sign_checkpoint  # noqa: E402
from openhall.ledger.models import Entry  # noqa: E402
from openhall.ledger.queries import entry_bodies, latest_checkpoint, receipt_for  # noqa: E402
from openhall.ledger.rules import merkle  # noqa: E402
from openhall.ledger.rules.canonical import canonical  # noqa: E402
from openhall.ledger.rules.note import open_note, read_checkpoint  # noqa: E402
from openhall.ledger.signing import public_verifier_key  # noqa: E402
from openhall.ledger.verify import verify_log  # noqa: E402

ENTRIES = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
APPENDS, PROOFS, BATCH = 2_000, 500, 20_000


def body(number: int) -> dict[str, object]:
    """An entry of the size of a real one."""
    return {
        "v": 1,
        "log": "openhall",
        "case": f"20261124-{number:08X}",
        "seq": 3,
        "act": "hand_over",
        "stage": "handling",
        "organ": "cd-mzh",
        "item": "510100-0019",
        "desk": "window",
        "event_time": "2026-11-24T10:05:00+08:00",
        "entry_time": "2026-11-24T10:05:01+08:00",
        "facts": {"things": 3},
        "commitments": {"taker": "sha256:" + "0" * 64},
    }


def megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        begin = perf_counter()
        for number in range(APPENDS):
            append("case", body(number))
        appended = (perf_counter() - begin) / APPENDS
    for first in range(APPENDS, ENTRIES, BATCH):
        rows = []
        for number in range(first, min(first + BATCH, ENTRIES)):
            raw = canonical({"kind": "case", **body(number)})
            rows.append(
                Entry(
                    kind="case",
                    body=raw,
                    leaf_hash=merkle.leaf_hash(raw),
                    written_at=timezone.now(),
                )
            )
        Entry.objects.bulk_create(rows, batch_size=2_000)
    begin = perf_counter()
    while sequence():
        pass
    sequenced = ENTRIES / (perf_counter() - begin)
    begin = perf_counter()
    sign_checkpoint()
    signed = perf_counter() - begin
    ids = list(Entry.objects.order_by("?").values_list("pk", flat=True)[:PROOFS])
    begin = perf_counter()
    for pk in ids:
        receipt_for(pk)
    proved = PROOFS / (perf_counter() - begin)
    latest = latest_checkpoint()
    assert latest is not None
    checkpoint = read_checkpoint(open_note(latest.note, public_verifier_key()))
    before = megabytes()
    begin = perf_counter()
    for _hashed in verify_log(entry_bodies(), checkpoint):
        pass
    verified = perf_counter() - begin
    print(f"entries                      {ENTRIES:>12,}")
    print(f"append, inside its act       {appended * 1e6:>12,.0f} µs")
    print(f"sequencing                   {sequenced:>12,.0f} entries/s")
    print(f"signing a checkpoint         {signed * 1e3:>12,.1f} ms")
    print(f"proofs                       {proved:>12,.0f} /s")
    print(f"verifying the whole log      {verified:>12,.1f} s   (limit 60 s at 1,000,000)")
    print(f"memory it added              {megabytes() - before:>12,.1f} MB  (limit: flat)")


if __name__ == "__main__":
    main()
