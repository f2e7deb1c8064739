"""A whole implementation list of 100,000 items, in and out: rows a second and memory.

Run: ``.venv/bin/python benchmarks/exchange.py [ITEMS]``. Beside it, in the same run: the bare ORM
writing the same rows without reading, checking or comparing anything.
"""

import json
import os
import resource
import sys
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ["DJANGO_SETTINGS_MODULE"] = "openhall.config.settings"
os.environ["OPENHALL_HOME"] = tempfile.mkdtemp(prefix="openhall-bench-")
os.environ |= {"OPENHALL_DEMO": "1", "OPENHALL_ALLOWED_HOSTS": "testserver"}

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from openhall.catalogue.actions.exchange import import_list  # noqa: E402
from openhall.catalogue.exchange.reading import read_items  # noqa: E402
from openhall.catalogue.exchange.writing import as_json_lines, record_of, records  # noqa: E402
from openhall.catalogue.models import (  # noqa: E402
    CatalogueEntry,
    Faq,
    FlowStep,
    Form,
    Item,
    ItemVersion,
    LawRef,
    Material,
)
from openhall.catalogue.queries import newest_versions  # noqa: E402
from openhall.deeds.doing import Doing  # noqa: E402
from openhall.deeds.keys import system_key  # noqa: E402
from openhall.demo.city import build  # noqa: E402

ITEMS = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
TOGETHER = 500


def operator() -> Doing:
    """The operator at the command line, now."""
    now = timezone.now()
    return Doing(None, now, system_key("benchmark", now.isoformat()))


def memory() -> float:
    """The most this process has held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def written(path: Path) -> None:
    """``ITEMS`` items after the demo's own, each with its rows, form and a code of its own."""
    models = [json.loads(line) for line in as_json_lines(records(newest_versions()[:50]))]
    with path.open("w", encoding="utf-8") as file:
        for n in range(ITEMS):
            one = models[n % len(models)] | {
                "code": f"B{n:07d}",
                "entry_code": f"BE{n:07d}",
                "inherits": "",
                "tariffs": [],
                "prerequisites": [],
            }
            file.write(json.dumps(one, ensure_ascii=False) + "\n")


def bare(count: int) -> float:
    """Seconds in which the ORM alone writes ``count`` such items."""
    version = newest_versions().first()
    assert version is not None
    record = record_of(version)
    organ = version.item.organ
    begin = perf_counter()
    with transaction.atomic():
        for first in range(0, count, TOGETHER):
            numbers = range(first, min(first + TOGETHER, count))
            entries = CatalogueEntry.objects.bulk_create(
                CatalogueEntry(code=f"OE{n:07d}", name=version.name, kind="1") for n in numbers
            )
            items = Item.objects.bulk_create(
                Item(code=f"O{n:07d}", entry=entry, organ=organ)
                for n, entry in zip(numbers, entries, strict=True)
            )
            made = ItemVersion.objects.bulk_create(
                ItemVersion(item=item, number=1, name=version.name) for item in items
            )
            for name, table in (("materials", Material), ("steps", FlowStep), ("faqs", Faq)):
                table._default_manager.bulk_create(
                    table(version=one, **row) for one in made for row in record[name]
                )
            LawRef.objects.bulk_create(LawRef(version=one, law="法") for one in made)
            Form.objects.bulk_create(
                Form(version=one, **row) for one in made for row in record["form"]
            )
        transaction.set_rollback(True)
    return perf_counter() - begin


def main() -> None:
    call_command("migrate", verbosity=0)
    build(timezone.localdate())
    path = Path(os.environ["OPENHALL_HOME"]) / "list.jsonl"
    written(path)

    def given() -> Iterator[tuple[int, object]]:
        return read_items(path)  # type: ignore[return-value]

    few = path.with_name("few.jsonl")
    with path.open(encoding="utf-8") as lines:
        few.write_text("".join(islice(lines, 2_000)), encoding="utf-8")
    import_list(lambda: read_items(few), few.name, operator(), dry_run=True)
    after_few = memory()
    begin = perf_counter()
    done = import_list(given, path.name, operator())  # type: ignore[arg-type]
    took = perf_counter() - begin
    assert (done.new, done.faults) == (ITEMS, [])
    grown = memory() - after_few
    print(f"{ITEMS:,} items in {took:,.1f} s: {ITEMS / took:,.0f} items/s, all checked, in one go")
    print(f"memory: {after_few:,.0f} MB after 2,000 items, {grown:+,.0f} MB after {ITEMS:,}")
    alone = bare(10_000)
    print(f"bare ORM, the same rows: {10_000 / alone:,.0f} items/s; ours is ", end="")
    print(f"{(ITEMS / took) / (10_000 / alone):.2f} × of it")
    begin = perf_counter()
    again = import_list(given, path.name, operator())  # type: ignore[arg-type]
    took = perf_counter() - begin
    assert again.unchanged == ITEMS
    print(f"a second time: {ITEMS / took:,.0f} items/s compared, 0 changed")
    begin, size = perf_counter(), 0
    for line in as_json_lines(records(newest_versions().order_by("item__code"))):
        size += len(line)
    took = perf_counter() - begin
    print(f"out: {ITEMS / took:,.0f} items/s, {size / 1e6:,.0f} MB; memory {memory():,.0f} MB")


if __name__ == "__main__":
    main()
