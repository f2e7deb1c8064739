"""``openhall witness``: watch one or more logs and cosign what continues what was seen before."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from openhall.ledger.witness import Keeper, Server


class Command(BaseCommand):
    help = "Run a witness that cosigns a log's checkpoints and refuses a rewritten log"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="its own key and memory")
        parser.add_argument("--name", required=True, help="such as paper.example/witness")
        parser.add_argument("--log", action="append", default=[], help="a log's verifier key")
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8020)

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["log"]:
            raise CommandError("Say which log to watch: --log KEY (a city shows it at /ledger/).")
        keeper = Keeper(options["folder"], options["name"], options["log"])
        server = Server(options["host"], options["port"], keeper)
        address = f"http://{options['host']}:{server.server_port}"
        self.stdout.write(f"Give this line to the log's operator:\n{keeper.vkey} {address}")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            pass
        finally:
            server.server_close()
