"""A witness that is none: it is passed over in its time, and the others are asked."""

import socket
import threading
import time
from contextlib import suppress

import pytest

from openhall.ledger import witnesses
from openhall.ledger.rules.witnessing import Asking
from openhall.ledger.witnesses import NoAnswer, Witness, ask
from openhall.sites.probing import visit

ASKING = Asking(0, (), "hall.example/ledger\n1\nAAAA\n\n")
ANSWERS = {
    "nothing": [b""],
    "no HTTP": [b"hello\n"],
    "a banner": [b"SSH-2.0-x\r\n"] * 3,
    "half a head": [b"HTTP/1.1 200 OK\r\nA: b"],
    "a length of letters": [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"],
    "less than told": [b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\nabc"],
    "a line without end": [b"HTTP/1.1 200 OK\r\nA: " + b"x" * 100_000],
    "a status of letters": [b"HTTP/1.1 two OK\r\n\r\n"],
    "an endless row of 100": [b"HTTP/1.1 100 Continue\r\n\r\n"] * 500,
}


@pytest.fixture
def speaking():
    """A listener that says what it is given, whatever it hears, and then hangs up."""
    made = []

    def listen(parts, pause=0.0):
        door = socket.create_server(("127.0.0.1", 0))

        def serve():
            wire, _from = door.accept()
            try:
                wire.recv(4096)
                for part in parts:
                    wire.sendall(part)
                    time.sleep(pause)
            except OSError:
                pass
            finally:
                wire.close()

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        made.append((door, thread))
        return f"http://127.0.0.1:{door.getsockname()[1]}"

    yield listen
    for door, _thread in made:
        door.close()


@pytest.mark.parametrize("said", ANSWERS)
def test_what_speaks_no_http_is_no_answer(said, speaking, settings):
    try:
        answer = ask(Witness("w", "w+1+x", speaking(ANSWERS[said])), ASKING)
        # What ends early is forgiven by the reader of HTTP: it then says nothing that was signed.
        assert answer.status != 200 or answer.text in ("", "abc")
    except NoAnswer:
        pass
    settings.BASE_URL = speaking(ANSWERS[said])
    assert visit("/").status in (0, 200)


def test_a_witness_that_drips_is_left_after_its_time(speaking, monkeypatch):
    monkeypatch.setattr(witnesses, "PATIENCE", 0.4)
    began = time.monotonic()
    with suppress(NoAnswer):
        ask(
            Witness("w", "w+1+x", speaking([b"HTTP/1.1 200 OK\r\n", *[b"A: b\r\n"] * 80], 0.1)),
            ASKING,
        )
    assert time.monotonic() - began < 3


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:x", "http://[", "http://\u2014.example", "https://127.0.0.1:9"]
)
def test_an_address_that_leads_nowhere_is_no_answer(url):
    with pytest.raises(NoAnswer):
        ask(Witness("w", "w+1+x", url), ASKING)
