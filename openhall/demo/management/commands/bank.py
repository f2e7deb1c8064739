"""``openhall bank``: the collecting bank's stand-in, a process of its own."""

import threading
from datetime import datetime
from socketserver import ThreadingMixIn
from typing import Any
from urllib.parse import urlsplit
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from openhall.demo.bank.counter import site
from openhall.demo.bank.messenger import keep_telling
from openhall.demo.bank.till import ZONE, Till


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


class Command(BaseCommand):
    help = "Run the stand-in of the collecting bank beside the demo city"

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The stand-in bank belongs to the demo; set OPENHALL_DEMO=1.")
        till = Till(settings.BANK_STATEMENTS.parent, settings.BANK_CODE)
        place = urlsplit(settings.BANK_URL)
        stop = threading.Event()
        teller = threading.Thread(
            target=keep_telling, args=(till, settings.BASE_URL, stop), daemon=True
        )
        teller.start()
        clerk = threading.Thread(target=self._statements, args=(till, stop), daemon=True)
        clerk.start()
        application = site(till, settings.BASE_URL)
        with make_server(
            place.hostname or "127.0.0.1", place.port or 8010, application, Server, Quiet
        ) as server:
            try:
                server.serve_forever()
            finally:
                stop.set()

    def _statements(self, till: Till, stop: threading.Event) -> None:
        """Today's file, kept up to date: a real bank sends it at night."""
        while not stop.wait(20):
            till.write_statement(datetime.now(ZONE).date(), settings.BANK_STATEMENTS)
