"""``openhall worker``: do background work in a process of its own, beside other web nodes."""

import signal
import threading
from typing import Any

from django.core.checks import Tags
from django.core.management.base import BaseCommand

from openhall.jobs.worker import run_worker


class Command(BaseCommand):
    help = "Do background work here; ends after the present job when told to"

    def handle(self, *args: Any, **options: Any) -> None:
        self.check(tags=[Tags.database], databases=["default"])
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda _number, _frame: stop.set())
        self.stdout.write("Working. End it with SIGTERM or Ctrl-C.")
        run_worker(stop)
        self.stdout.write("Stopped.")
