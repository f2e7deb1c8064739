"""Serve the site: web workers and, unless told otherwise, the background worker beside them."""

import os
import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.checks import Tags
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, connections
from django.db.migrations.loader import MigrationLoader
from rich.console import Console

from openhall.config.serving.background import Beside
from openhall.config.staticfiles import gather_if_changed
from openhall.vault.modes import tighten

PATIENCE = 30  # seconds a background job is given to end before its lease takes over


def refuse_if_unmigrated() -> None:
    """Stop with a sentence when the database is not the one this version was written for."""
    # Not migration_plan(): it takes a room whose last migration is applied for whole.
    loader = MigrationLoader(connection)
    waiting = loader.graph.nodes.keys() - loader.applied_migrations.keys()
    if waiting:
        raise CommandError(
            f"The database waits for {len(waiting)} migrations. Take a backup, then run:\n"
            "  openhall backup before-upgrade.tar.gz\n  openhall migrate"
        )


def work_in_background() -> None:
    """The child process beside the web workers; ends at SIGTERM after its present job."""
    import django

    django.setup()
    from openhall.jobs.worker import run_worker

    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda number, frame: stop.set())
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the parent, which tells us.
    watching = threading.Thread(target=_stop_without_parent, args=(stop, os.getppid()), daemon=True)
    watching.start()
    run_worker(stop)


def _stop_without_parent(stop: threading.Event, parent: int) -> None:
    """A web server killed outright must not leave its worker behind."""
    while not stop.wait(2):
        if os.getppid() != parent:
            stop.set()


class Command(BaseCommand):
    help = "Serve the site, with its background worker"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=min(2, os.cpu_count() or 1))
        parser.add_argument("--threads", type=int, default=4, help="threads in each web worker")
        parser.add_argument(
            "--no-worker",
            action="store_true",
            help="leave background jobs to 'openhall worker' elsewhere",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        from granian.constants import Interfaces
        from granian.log import LogLevels

        from openhall.config.serving.web import serve_unending

        # Not above: the background process reads this module before Django is set up.
        from openhall.deeds.checks import TAG

        refuse_if_unmigrated()
        # Here, not above: the background worker reads this module before Django is set up.

        self.check(tags=[Tags.database, TAG], databases=["default"])
        console = Console(stderr=True)
        if gather_if_changed():
            console.print("Static files gathered.")
        if closed := tighten(settings.HOME):
            console.print(
                f"{closed} files or folders of {settings.HOME} were open to others; closed."
            )
        connections.close_all()  # Children open their own.
        background = None
        if not options["no_worker"]:
            background = Beside(work_in_background, "openhall-worker")
        address = f"http://{options['host']}:{options['port']}"
        console.print(f"[bold]{settings.CITY_NAME} OpenHall[/bold] on {address}  (Ctrl-C stops it)")
        try:
            serve_unending(
                target="openhall.config.wsgi:application",
                address=options["host"],
                port=options["port"],
                interface=Interfaces.WSGI,
                workers=options["workers"],
                blocking_threads=options["threads"],
                log_level=LogLevels.warning,
                workers_kill_timeout=PATIENCE,
                websockets=False,
                # A phone that watches a hall keeps its connection, and each holds a permit: with
                # the default some six thousand are served and the next are never answered.
                backlog=4096,
                backpressure=8192,
            )
        finally:
            if background is not None:
                background.end(PATIENCE)
        console.print("Stopped.")
