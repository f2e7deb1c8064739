"""``openhall simulate``: bring the demonstration city up to this moment, act by act."""

import os
from argparse import ArgumentParser
from time import sleep
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from openhall.cases.tasks import accept_by_silence, lapse_unanswered
from openhall.demo import halls, oversight
from openhall.demo.asking import enquiries, inspections, ratings, surveys, targets
from openhall.demo.bank.books import keep_books
from openhall.demo.days import close_day, freeze_figures
from openhall.demo.drive import History
from openhall.demo.models import City
from openhall.demo.publishing import sites as publishing
from openhall.demo.together import act_together
from openhall.demo.witness import stand_in
from openhall.joint.tasks import accept_together, lapse_together
from openhall.ledger.actions import cosign, seal
from openhall.permits.tasks import renew_by_silence
from openhall.supervision.actions import sweep

AT_A_TIME = 250  # acts, while the city lives: far more than half a minute of it brings


def _hold_little() -> None:
    """One writer that reads what it wrote last needs no window on the whole file of SQLite."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA mmap_size = 0")
            cursor.execute("PRAGMA cache_size = -8192")


class Command(BaseCommand):
    help = "Drive the demo city's acts up to now; goes on where it stopped"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--most", type=int, help="stop after so many acts")
        parser.add_argument("--live", action="store_true", help="keep the city living until ended")

    def handle(self, *args: Any, **options: Any) -> None:
        city = City.objects.first()
        if not settings.DEMO or city is None:
            raise CommandError("There is no demo city here. Build one with: openhall demo")
        _hold_little()
        with stand_in():
            self._drive(city, options)

    def _drive(self, city: City, options: dict[str, Any]) -> None:
        console = Console(stderr=True)
        history = History(city)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, TimeRemainingColumn(), console=console, transient=True) as bar:
            task = bar.add_task("The city's history, act by act", total=None)
            day = None
            for done in history.drive(timezone.now(), most=options["most"]):
                if bar.tasks[0].total is None:
                    bar.update(task, total=City.objects.get(pk=city.pk).planned)
                bar.update(task, completed=done)
                after = close_day(city, day)
                if after != day:  # a day is over: who watches reads what it brought
                    oversight.keep_watch()
                day = after
        act_together(timezone.localdate())
        halls.live()
        checkpoint = seal()
        if checkpoint is not None:
            cosign(checkpoint)
        city.refresh_from_db()
        enquiries.go_on(city)
        ratings.go_on(city)
        publishing.go_on()
        inspections.go_on(city)
        surveys.go_on(city)
        targets.go_on(city)
        oversight.keep_watch()
        oversight.bring_to_the_present(city, whole=history.is_whole())
        keep_books()
        freeze_figures(city)
        console.print(
            f"{city.driven:,} of {city.planned:,} acts done; {city.refused} mistakes refused."
        )
        starter = os.getppid()
        while options["live"] and os.getppid() == starter:
            accept_by_silence.func()
            accept_together.func()
            lapse_unanswered.func()
            lapse_together.func()
            renew_by_silence.func()
            sleep(30)
            for _done in history.drive(timezone.now(), most=AT_A_TIME):
                pass
            halls.live()
            oversight.keep_watch()
            sweep(timezone.localdate())
            freeze_figures(city)
