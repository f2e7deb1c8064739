"""``openhall demo``: build the demonstration city, print who can sign in, and serve it."""

import os
import subprocess
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from rich.console import Console
from rich.table import Table

from openhall.demo.cast import CAST, PASSWORD
from openhall.demo.city import build
from openhall.demo.witness import stand_in
from openhall.organs.models import Account


def cast_table(address: str) -> Table:
    """Who can sign in, and what for."""
    table = Table(title=f"{address}/accounts/login/   password of all: {PASSWORD}", box=None)
    for heading in ("sign-in", "name", "角色", "role"):
        table.add_column(heading)
    for player in CAST:
        table.add_row(player.username, player.name, player.role, player.role_en)
    return table


class Command(BaseCommand):
    help = "Build the demo city (if it is not there) and serve it with its simulator"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--build-only", action="store_true", help="build, but do not serve")
        parser.add_argument("--no-simulator", action="store_true", help="leave the city still")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                "The demo's passwords are public, so it never runs beside real data.\n"
                "Start it with OPENHALL_DEMO=1 and an OPENHALL_HOME of its own (make demo does)."
            )
        console = Console(stderr=True)
        call_command("migrate", verbosity=0)
        if Account.objects.exclude(username__in=[p.username for p in CAST]).exists() and not (
            Account.objects.filter(username=CAST[0].username).exists()
        ):
            raise CommandError("This database holds other people's data; the demo is not built.")
        with console.status("Building the city: organs, officials, items and guides …"):
            build(timezone.localdate())
        address = f"http://{options['host']}:{options['port']}"
        console.print(cast_table(address))
        if options["build_only"]:
            return
        console.print(f"\nOpen [bold]{address}/[/bold]. Its history fills in the background.")
        with stand_in():  # before its companions, which find it there
            self._serve(options)

    def _serve(self, options: dict[str, Any]) -> None:
        companions = (
            [_companion("bank")]
            if options["no_simulator"]
            else [_companion("bank"), _companion("simulate", "--live")]
        )
        try:
            call_command("serve", host=options["host"], port=options["port"])
        finally:
            for companion in companions:
                companion.terminate()
                companion.wait(30)


def _companion(*command: str) -> "subprocess.Popen[bytes]":
    """Another ``openhall`` beside this one, which ends with it."""
    # Politely: whoever opens the first page does not wait for what starts beside it.
    starter = "import os; os.nice(10); from openhall.config.command import main; main()"
    return subprocess.Popen(  # noqa: S603 - our own program with our own words
        [sys.executable, "-c", starter, *command], env=os.environ.copy()
    )
