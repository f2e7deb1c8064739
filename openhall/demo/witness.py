"""The stand-in witness of the demo city: the real witness, with its own key and memory.

A newspaper would run it elsewhere; here it stands beside the city, so that the pages show days
that were cosigned. It says where it is in ``LEDGER_WITNESSES_FILE``.
"""

import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.conf import settings

from openhall.ledger.signing import public_verifier_key
from openhall.ledger.witness import Keeper, Server
from openhall.ledger.witnesses import witnesses

NAME: Final = "daily.example/demo-witness"
PATIENCE: Final = 1.0  # seconds


def _answers() -> bool:
    """Whether the stand-in already stands there, in another process of the same demo."""
    for one in witnesses():
        if one.name == NAME:
            try:
                with urllib.request.urlopen(one.url, timeout=PATIENCE):  # noqa: S310 - our own file
                    return True
            except (urllib.error.URLError, OSError):
                return False
    return False


@contextmanager
def stand_in() -> Iterator[None]:
    """A witness for as long as this lasts; none more where one answers already."""
    if _answers():
        yield
        return
    keeper = Keeper(settings.HOME / "witness", NAME, [public_verifier_key()])
    server = Server("127.0.0.1", 0, keeper)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    line = f"{keeper.vkey} http://127.0.0.1:{server.server_port}\n"
    settings.LEDGER_WITNESSES_FILE.write_text(line, encoding="utf-8")
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
