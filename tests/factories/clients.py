"""Keys of programmes, and a receiver of webhooks that does as it is told."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Any

from django.utils import timezone

from openhall.clients.actions.keys import issue
from openhall.clients.models import Key
from openhall.deeds.doing import Doing
from openhall.organs.actions import appoint
from openhall.organs.models import Account, Organ
from openhall.organs.terms import Desk

serial = count(1)


def doing(who: Any = None, key: str = "") -> Doing:
    return Doing(who, timezone.now(), key or f"s:client-{next(serial)}")


def operator_of(organ: Organ) -> Account:
    """何运, who runs the installation."""
    account, made = Account.objects.get_or_create(username="he_yun", is_official=True)
    if made:
        appoint(account, organ, Desk.OPERATOR, date(2003, 1, 1))
    return account


def in_a_year() -> date:
    return timezone.localdate() + timedelta(days=300)


def own_key(account: Account, *scopes: str) -> tuple[Key, str]:
    """A person's key and the whole of it."""
    return issue(None, "家里的小程序", scopes, in_a_year(), doing(account))


def unit_key(organ: Organ, *scopes: str) -> tuple[Key, str]:
    """A unit's key, issued by the operator."""
    return issue(organ, "单位业务系统", scopes, in_a_year(), doing(operator_of(organ)))


def bearer(whole: str) -> dict[str, str]:
    """The header by which a test client shows a key."""
    return {"Authorization": f"Bearer {whole}"}


@dataclass
class Receiver:
    """Answers with ``status``; keeps what came. ``then`` is waited for before it answers."""

    status: int = 200
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    location: str = ""
    then: threading.Event | None = None
    drip: bool = False
    url: str = ""

    @property
    def entries(self) -> list[int]:
        """The places of the log that were told, in the order they came."""
        return [
            one["index"]
            for _headers, body in self.got
            for one in json.loads(body)["data"]["entries"]
        ]


@contextmanager
def receiving(**more: Any) -> Iterator[Receiver]:
    """A receiver on this machine, for as long as the test looks at it."""
    me = Receiver(**more)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            me.got.append((dict(self.headers.items()), body))
            if me.then is not None:
                me.then.wait(20)
            self.send_response(me.status)
            if me.location:
                self.send_header("Location", me.location)
            self.end_headers()

        def log_message(self, *_said: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    me.url = f"http://127.0.0.1:{server.server_port}/in?unit=1"
    try:
        yield me
    finally:
        if me.then is not None:
            me.then.set()
        server.shutdown()
        server.server_close()
        thread.join()
