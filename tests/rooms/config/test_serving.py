"""A worker that dies, once, twice or six times in a row, never ends the server."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from openhall.config.serving.again import Deaths
from openhall.config.serving.background import Beside

pytestmark = pytest.mark.any_database

PATIENCE = 60  # seconds; only a broken server waits so long
SERVE = """
import os, sys
from granian.constants import Interfaces
from openhall.config.serving.web import serve_unending
sys.path.insert(0, sys.argv[2])
serve_unending(target="telling:application", address="127.0.0.1", port=int(sys.argv[1]),
               interface=Interfaces.WSGI, workers=1, workers_kill_timeout=5, websockets=False)
"""
TELLING = """
import os
def application(environ, start):
    start("200 OK", [("Content-Type", "text/plain")])
    return [str(os.getpid()).encode()]
"""


def until(found, what: str):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if answer := found():
            return answer
        time.sleep(0.05)
    raise AssertionError(what)


@pytest.fixture
def served(tmp_path):
    (tmp_path / "telling.py").write_text(TELLING)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-c", SERVE, str(port), str(tmp_path)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p)},
        stderr=subprocess.DEVNULL,
    )
    yield server, port
    server.terminate()
    server.wait(PATIENCE)


def worker(port: int) -> int:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as answer:
            return int(answer.read())
    except OSError:
        return 0


def test_six_deaths_of_one_worker_in_a_row_do_not_end_the_server(served):
    server, port = served
    seen = [until(lambda: worker(port), "it never answered")]
    for _turn in range(6):
        os.kill(seen[-1], signal.SIGKILL)
        seen.append(
            until(lambda: (now := worker(port)) not in seen and now, "the worker did not come back")
        )
        assert server.poll() is None
    assert len(set(seen)) == 7


def test_it_ends_when_it_is_told_to(served):
    server, port = served
    until(lambda: worker(port), "it never answered")
    server.send_signal(signal.SIGTERM)
    assert server.wait(PATIENCE) == 0


def sleeping() -> None:
    time.sleep(600)


def test_the_background_worker_comes_back_and_ends_with_the_server():
    beside = Beside(sleeping, "test-worker")
    first = beside.pid
    os.kill(first, signal.SIGKILL)
    second = until(lambda: beside.pid != first and beside.pid, "it did not come back")
    os.kill(second, signal.SIGKILL)
    third = until(lambda: beside.pid not in (first, second) and beside.pid, "nor the second time")
    beside.end(10)
    until(lambda: not Path(f"/proc/{third}").exists(), "it did not end")


def test_what_dies_at_birth_waits_longer_and_never_gives_up():
    deaths = Deaths()
    pauses = [deaths.pause() for _ in range(12)]
    assert pauses[:2] == [0.0, 0.0]
    assert pauses[2:6] == [0.5, 1.0, 2.0, 4.0]
    assert pauses[-1] == 10.0
