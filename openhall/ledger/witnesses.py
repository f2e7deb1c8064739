"""The witnesses this log asks: read from the settings, spoken to over HTTP."""

import http.client
import socket
import threading
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

from openhall.ledger.rules.cosignature import parse_witness_key
from openhall.ledger.rules.witnessing import Asking
from openhall.paging.whole import whole

PATIENCE = 5.0  # seconds; a slow witness must not hold up the log
MOST_BYTES = 16_384


class NoAnswer(OSError):
    """The witness could not be reached."""


@dataclass(frozen=True, slots=True)
class Witness:
    name: str
    vkey: str
    url: str


@dataclass(frozen=True, slots=True)
class Answer:
    """``size`` is what the witness has seen, when it answered a conflict with it."""

    status: int
    text: str

    @property
    def size(self) -> int | None:
        return whole(self.text.strip()) if self.status == 409 else None


def witnesses() -> list[Witness]:
    """From the settings and their file, pairs of vkey and address; a bad key fails loudly."""
    found = []
    for pair in [*settings.LEDGER_WITNESSES, *_in_the_file()]:
        vkey, _, url = pair.strip().partition(" ")
        if not url.strip().startswith(("http://", "https://")):
            raise ValueError(f"{pair!r} is not a witness: give its key, a space and its address.")
        name, _key = parse_witness_key(vkey)
        found.append(Witness(name, vkey, url.strip().rstrip("/")))
    return found


def _in_the_file() -> list[str]:
    file = settings.LEDGER_WITNESSES_FILE
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    return [line for line in lines if line.strip()]


class _Bounded(http.client.HTTPConnection):
    """A connection that ends after so long, however slowly its bytes come."""

    def connect(self) -> None:
        super().connect()
        held = self.sock
        clock = threading.Timer(PATIENCE, _cut, [held])
        clock.daemon = True
        clock.start()
        self._clock = clock

    def close(self) -> None:
        super().close()
        if clock := getattr(self, "_clock", None):
            clock.cancel()


class _BoundedSafely(_Bounded, http.client.HTTPSConnection):
    """The same over TLS."""


def _cut(wire: socket.socket) -> None:
    with suppress(OSError):  # it is over already
        wire.shutdown(socket.SHUT_RDWR)


def ask(witness: Witness, asking: Asking) -> Answer:
    """POST add-checkpoint; raises :class:`NoAnswer` when nobody is there, or no witness.

    The whole answer comes within ``PATIENCE``: one that drips, or speaks no HTTP, is no answer.
    """
    line: http.client.HTTPConnection | None = None
    try:
        parts = urlsplit(f"{witness.url}/add-checkpoint")
        of_kind = _BoundedSafely if parts.scheme == "https" else _Bounded
        line = of_kind(parts.netloc, timeout=PATIENCE)
        words = {"Content-Type": "text/plain; charset=utf-8"}
        line.request("POST", parts.path, asking.text().encode(), words)
        answer = line.getresponse()
        return Answer(answer.status, answer.read(MOST_BYTES).decode(errors="replace"))
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise NoAnswer(f"{type(error).__name__}: {error}") from error
    finally:
        if line is not None:
            line.close()
