"""``openhall press``: how the stored pages stand, made anew, as files, and the days of the past."""

from argparse import ArgumentParser
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count, Sum

from openhall.press import actions
from openhall.press.actions.days import name_days
from openhall.press.crawling import crawl
from openhall.press.exporting import export
from openhall.press.models import Body, Page, Touched
from openhall.press.past import days_kept, past, proof
from openhall.press.watching import triggers


class Command(BaseCommand):
    help = (
        "How the stored pages stand. With rebuild: make every page that can be reached from the "
        "first one. With export FOLDER: the same pages as files. With days: name the days that are "
        "over. With at DAY ADDRESS: what a page showed on a day. With off: take the triggers away"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        jobs = parser.add_subparsers(dest="job")
        jobs.add_parser("health", help="how the stored pages stand (the same as nothing)")
        rebuild = jobs.add_parser("rebuild", help="make every page that can be reached")
        rebuild.add_argument("--most", type=int, default=20_000, help="pages at most")
        files = jobs.add_parser("export", help="the stored pages as files")
        files.add_argument("folder", type=Path)
        jobs.add_parser("days", help="name the days that are over in the log")
        at = jobs.add_parser("at", help="what an address showed on a day")
        at.add_argument("day", type=date.fromisoformat)
        at.add_argument("address")
        jobs.add_parser("look", help="compare every stored page with a fresh making")
        jobs.add_parser("off", help="take the triggers away, before the press is left off for good")

    def handle(self, *args: Any, job: str | None, **asked: Any) -> None:
        getattr(self, f"_{job or 'health'}")(**asked)

    def _health(self, **asked: Any) -> None:
        kinds = Page.objects.filter(body__isnull=False).values("kind").annotate(many=Count("pk"))
        stale = Page.objects.filter(body__isnull=False, stale=True).count()
        kept = Body.objects.aggregate(many=Count("pk"), size=Sum("length"))
        laid, lost = len(triggers.laid()), len(triggers.missing())
        self.stdout.write(f"The press is {'on' if settings.PRESS else 'off (OPENHALL_PRESS)'}.")
        self.stdout.write(f"Triggers: {laid} laid, {lost} missing.")
        total = sum(one["many"] for one in kinds)
        self.stdout.write(f"Pages: {total} stored, {stale} of them stale.")
        for one in sorted(kinds, key=lambda one: -one["many"]):
            self.stdout.write(f"  {one['many']:>6}  {one['kind']}")
        self.stdout.write(f"Touched and not yet drained: {Touched.objects.count()}.")
        self.stdout.write(f"Versions kept: {kept['many']}, {kept['size'] or 0} bytes unpacked.")
        days = days_kept()
        said = f"{days[0]} to {days[1]}" if days else "none yet"
        self.stdout.write(f"Days that can be asked for: {said}.")
        if settings.PRESS and lost:
            raise CommandError("Triggers are missing: start the site, or: openhall press rebuild")

    def _rebuild(self, most: int, **asked: Any) -> None:
        triggers.lay()
        told: Counter[str] = Counter()
        for address, made in crawl(most):
            told["stored" if made.stored else "not stored"] += 1
            if not made.stored:
                self.stdout.write(f"{address}: {made.why}")
        self.stdout.write(f"{told['stored']} pages are stored, {told['not stored']} are not.")

    def _export(self, folder: Path, **asked: Any) -> None:
        told = export(folder)
        self.stdout.write(
            f"{told.written} written, {told.same} as they were, {told.gone} taken away, "
            f"{told.skipped} without a file name."
        )

    def _days(self, **asked: Any) -> None:
        self.stdout.write(f"{name_days()} days named.")

    def _at(self, day: date, address: str, **asked: Any) -> None:
        found = past(address, day)
        if found is None:
            raise CommandError(f"Nothing is kept of {address} on {day}.")
        for second, sha256 in found.shown:
            self.stdout.write(
                f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02} {sha256 or 'gone'}"
            )
        said = "a proof stands" if proof(address, day) else "its proof waits for a checkpoint"
        self.stdout.write(f"Kept: {found.kept}; {said}.")

    def _look(self, **asked: Any) -> None:
        found = actions.look(1.0)
        for one in found:
            self.stdout.write(one)
        if found:
            raise CommandError(f"{len(found)} stored pages were not what a fresh making gives.")
        self.stdout.write("Every stored page looked at is what a fresh making gives.")

    def _off(self, **asked: Any) -> None:
        self.stdout.write(f"{triggers.lift()} triggers taken away.")
