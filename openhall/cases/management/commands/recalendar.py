"""``openhall recalendar``: load an announced year and count every open case anew. 82."""

import csv
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from openhall.cases.actions.recalendar import OPEN, begin_recomputation, recompute
from openhall.cases.actions.rooms_above import recount
from openhall.cases.models import Case, Recomputation
from openhall.workdays.actions import load_year


def announced(path: Path) -> dict[int, dict[date, tuple[bool, str]]]:
    """The days of a file with the columns ``date,worked,name``, by year."""
    years: dict[int, dict[date, tuple[bool, str]]] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), start=2):
            try:
                day = date.fromisoformat(row["date"].strip())
                worked = {"0": False, "1": True}[row["worked"].strip()]
            except (KeyError, ValueError) as error:
                raise CommandError(
                    f"{path}, line {line}: want date (2027-02-05), worked (0 or 1) and name."
                ) from error
            years.setdefault(day.year, {})[day] = (worked, (row.get("name") or "").strip())
    return years


class Command(BaseCommand):
    help = "Load an announced calendar year and count the due dates of open cases anew"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--load", type=Path, help="CSV file: date,worked,name")
        parser.add_argument("--basis", default="", help="the notice that announced the year")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["load"] is not None:
            if not options["basis"].strip():
                raise CommandError("Name the notice with --basis; a calendar has its basis.")
            for year, days in announced(options["load"]).items():
                load_year(year, days, options["basis"])
                self.stdout.write(f"{year}: {len(days)} days as announced.")
        run = begin_recomputation(options["basis"] or "工作日历（行政许可法 82）")
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        console = Console(stderr=True)
        with Progress(*columns, TimeRemainingColumn(), console=console, transient=True) as bar:
            total = Case.objects.filter(OPEN).count()
            task = bar.add_task("Open cases counted anew", total=total)

            def told(at: Recomputation) -> None:
                bar.update(task, completed=at.looked_at)

            run = recompute(run, told)
        recount(run.cause, run.pk)
        self.stdout.write(
            f"{run.looked_at:,} open cases looked at, {run.changed:,} moved, each with its event; "
            f"longest lock {run.longest_lock * 1000:.0f} ms."
        )
