"""``openhall audit``: the nightly look by hand, on everything, now."""

import json
from argparse import ArgumentParser
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from openhall.ledger.checks import ASKED, LOOKED_AT, held_by, look_at_log, witnesses_asked
from openhall.ledger.looking import one_moment
from openhall.ledger.publishing import Published
from openhall.ledger.queries import latest_checkpoint, size_now
from openhall.ledger.rules.finding import Finding
from openhall.ledger.witnesses import witnesses

MOST = 1_000  # findings told; that there are more is said


class Command(BaseCommand):
    help = (
        "Look at everything as every night: the log, what is published, and all that hangs on it. "
        "It names each place at which something is wrong and ends with status 1 if anything is. "
        "It only reads: no alarm is raised and publication goes on (the nightly look does that)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="one JSON object on the output")
        parser.add_argument(
            "--offline",
            action="store_true",
            help="ask no witness: for a copy restored elsewhere, which is behind what they saw",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        begun = monotonic()
        ask = not options["offline"]
        published = Published.now()  # before the database
        found: list[Finding] = []
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        console = Console(stderr=True)
        with (
            one_moment(),
            Progress(*columns, TimeElapsedColumn(), console=console, transient=True) as bar,
        ):
            size = size_now()
            latest = latest_checkpoint()
            task = bar.add_task("The log", total=size)
            for step in look_at_log(size, published):
                if isinstance(step, int):
                    bar.update(task, completed=step)
                else:
                    found.append(step)
            for path in settings.LEDGER_CHECKS:
                bar.update(task, description=path.removeprefix("openhall."))
                found.extend(held_by(path, 0, size))
        if ask:
            found.extend(witnesses_asked())
        looked = [*LOOKED_AT, *([ASKED] if ask and witnesses() else []), *settings.LEDGER_CHECKS]
        said = {
            "log": settings.LEDGER_ORIGIN,
            "entries": size,
            "signed": latest.size if latest else 0,
            "looked_at": looked,
            "findings": [
                {"place": one.place, "sentence": one.sentence, "sentence_en": one.sentence_en}
                for one in found
            ],
            "seconds": round(monotonic() - begun, 3),
        }
        if options["json"]:
            self.stdout.write(json.dumps(said, ensure_ascii=False, indent=1))
            if found:
                raise SystemExit(1)
            return
        self.stdout.write(f"{size:,} entries, {said['signed']:,} of them signed. Looked at:")
        for one in looked:
            self.stdout.write(f"  {one}")
        for finding in found[:MOST]:
            self.stdout.write(f"{finding.place}\n  {finding.sentence_en}\n  {finding.sentence}")
        if found:
            more = f", the first {MOST} of them told above" if len(found) > MOST else ""
            raise CommandError(f"{len(found)} findings{more}. Nothing was changed.")
        self.stdout.write(f"Nothing is wrong ({said['seconds']} s).")
