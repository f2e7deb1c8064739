"""``openhall recalendar``: take in a notice of days off and count every open case anew. 82."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)

from openhall.cases.actions.recalendar import OPEN, begin_recomputation, recompute, would_move
from openhall.cases.actions.rooms_above import recount
from openhall.cases.models import Case, Recomputation
from openhall.deeds.doing import Doing
from openhall.deeds.keys import system_key
from openhall.policies.day_notices import days_of_notice
from openhall.workdays.actions import take_in
from openhall.workdays.queries import announced_years, calendar_after, standing_days
from openhall.workdays.rules.notices import NotANotice, Plan, judged

MOST = 60  # days told one by one
MOST_BASIS = 200


@contextmanager
def _progress(words: str) -> Iterator[tuple[Progress, TaskID]]:
    """A bar over the open cases."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    console = Console(stderr=True)
    with Progress(*columns, TimeRemainingColumn(), console=console, transient=True) as bar:
        yield bar, bar.add_task(words, total=Case.objects.filter(OPEN).count())


class Command(BaseCommand):
    help = (
        "Take in a notice of days off (as published, or a list of days) and count the due dates "
        "of open cases anew. The notice changes the days it names and no others; it announces a "
        "year only if it is whole. What would change is told first and asked for."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--load",
            type=Path,
            help="the notice: web page, PDF, DOCX, OFD or text; or its days as CSV, JSON or ICS",
        )
        parser.add_argument("--basis", default="", help="the notice itself: its title and number")
        parser.add_argument(
            "--dry-run", action="store_true", help="tell what would change, no more"
        )
        parser.add_argument("--yes", action="store_true", help="do not ask")
        parser.add_argument(
            "--past", action="store_true", help="change days that are over as well (a correction)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        basis = options["basis"].strip()
        if options["load"] is not None and not self._taken_in(options, basis):
            return
        if options["load"] is None and options["dry_run"]:
            raise CommandError("--dry-run tells what a notice would change: give it with --load.")
        self._recompute(basis or "工作日历（行政许可法 82）")

    def _taken_in(self, options: dict[str, Any], basis: str) -> bool:
        """Whether the notice was taken in; False after a trial run."""
        if not options["dry_run"] and not basis:
            raise CommandError("Name the notice with --basis; a calendar has its basis.")
        if len(basis) > MOST_BASIS:
            raise CommandError(f"--basis is longer than {MOST_BASIS} signs.")
        plan = self._plan(options["load"])
        if plan.past and not options["past"]:
            days = ", ".join(str(day) for day in plan.past[:MOST])
            raise CommandError(
                f"The notice changes days that are over: {days}. Cases were decided by them. Add "
                "--past if it is a correction. Nothing was changed."
            )
        self._tell(plan)
        if options["dry_run"]:
            self.stdout.write("Nothing was changed.")
            return False
        if not options["yes"]:
            self._confirm()
        take_in(plan, basis, Doing(None, timezone.now(), system_key("notice", uuid4())))
        return True

    def _plan(self, path: Path) -> Plan:
        try:
            named = days_of_notice(path.read_bytes())
            return judged(named, standing_days(), announced_years(), timezone.localdate())
        except OSError as error:
            raise CommandError(f"Cannot read {path}: {error.strerror}.") from error
        except NotANotice as fault:
            raise CommandError(f"{path} was not taken in; nothing was changed.\n{fault}") from fault

    def _tell(self, plan: Plan) -> None:
        for year in plan.announce:
            named = sum(day.year == year for day in plan.write)
            self.stdout.write(f"{year}: announced, {named} days named.")
        self.stdout.write(f"{len(plan.turned)} days change.")
        for day, (worked, name) in list(plan.turned.items())[:MOST]:
            turned = "worked" if worked else "a day off"
            self.stdout.write(f"  {day:%Y-%m-%d %a}: {turned} {name}".rstrip())
        with _progress("Open cases looked at") as (bar, task):
            moved = would_move(calendar_after(plan), lambda at: bar.update(task, completed=at))
        self.stdout.write(f"{moved:,} open cases move.")

    def _confirm(self) -> None:
        if not sys.stdin.isatty():
            raise CommandError("Nothing was changed. To take it in without being asked, add --yes.")
        if input("Take it in? [y/N] ").strip().lower() not in ("y", "yes", "是"):
            raise CommandError("Nothing was changed.")

    def _recompute(self, cause: str) -> None:
        run = begin_recomputation(cause)
        with _progress("Open cases counted anew") as (bar, task):

            def told(at: Recomputation) -> None:
                bar.update(task, completed=at.looked_at)

            run = recompute(run, told)
        recount(run.cause, run.pk)
        self.stdout.write(
            f"{run.looked_at:,} open cases looked at, {run.changed:,} moved, each with its event; "
            f"longest lock {run.longest_lock * 1000:.0f} ms."
        )
