"""Staff who call and serve while phones ask for the hall's state, beside a WSGI hello. issue 11.

    python benchmarks/hall.py --seconds 15 --staff 200 --phones 2000
    python tests/postgres.py python benchmarks/hall.py …

One server (granian, two workers of four threads) holds the product. In one run, at an open pace:
acts of ``--staff`` people (call, serve, finish, each some 75 seconds apart) in processes of their
own, and ``--phones`` watching phones that ask for the pressed body every ``--every`` seconds over
connections they keep; then the same phones ask for ``/hello``. Latency is counted from the
planned moment, so a late answer is not forgiven. Printed: p50, p95, p99, errors, processor time.
"""

import argparse
import json
import multiprocessing
import os
import re
import resource
import select
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
BETWEEN = 75.0 / 3  # seconds between two acts of one member of staff
SERVED = """
import os
from openhall.config.wsgi import application as product
def application(environ, start):
    if environ["PATH_INFO"] == "/hello":
        start("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "5")])
        return [b"hello"]
    return product(environ, start)
"""


def quantiles(taken: Iterable[float]) -> dict[str, float]:
    """Milliseconds."""
    values = sorted(taken)
    if not values:
        return {}
    return {
        f"p{q}": round(1000 * values[min(len(values) - 1, int(len(values) * q / 100))], 1)
        for q in (50, 95, 99)
    }


class Phones:
    """Kept-alive connections on one epoll, each asking every ``every`` seconds at its own moment.

    The pace is open: a request is due at its planned moment whether others were answered or not,
    and one still waiting for the answer before is counted from its own planned moment.
    """

    def __init__(self, port: int, path: str, many: int) -> None:
        head = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n"
        self.request, self.epoll = head.encode(), select.epoll()
        self.taken: list[float] = []
        self.failed = 0
        self.lines: dict[int, socket.socket] = {}
        self.read: dict[int, bytes] = {}
        self.asked: dict[int, list[float]] = {}  # planned moments without an answer, in order
        for _n in range(many):
            line = socket.create_connection(("127.0.0.1", port))
            line.setblocking(False)
            self.lines[line.fileno()] = line
            self.read[line.fileno()], self.asked[line.fileno()] = b"", []
            self.epoll.register(line.fileno(), select.EPOLLIN)

    def run(self, every: float, seconds: float) -> None:
        begun, order = time.monotonic() + 0.2, list(self.lines)
        gap, n = every / len(order), 0
        until = begun + seconds
        while (now := time.monotonic()) < until + 2 and (now < until or any(self.asked.values())):
            while (planned := begun + n * gap) <= min(now, until):
                at = order[n % len(order)]
                self.asked[at].append(planned)
                if len(self.asked[at]) == 1:
                    self._ask(at)
                n += 1
            wait = max(0.0, begun + n * gap - time.monotonic()) if now < until else 0.05
            for at, _event in self.epoll.poll(min(wait, 0.05)):
                self._hear(at)
        self.failed += sum(map(len, self.asked.values()))

    def _ask(self, at: int) -> None:
        try:
            self.lines[at].send(self.request)
        except OSError:
            self._lost(at)

    def _lost(self, at: int) -> None:
        self.failed += len(self.asked[at])
        self.asked[at].clear()

    def _hear(self, at: int) -> None:
        try:
            more = self.lines[at].recv(65536)
        except BlockingIOError:
            return
        except OSError:
            more = b""
        if not more:
            self.epoll.unregister(at)
            self._lost(at)
            return
        self.read[at] += more
        head, parted, body = self.read[at].partition(b"\r\n\r\n")
        found = re.search(rb"(?i)content-length: *([0-9]+)", head)
        long = int(found[1]) if found else 0
        if not parted or len(body) < long:
            return
        self.read[at] = body[long:]
        self.taken.append(time.monotonic() - self.asked[at].pop(0))
        self.failed += b" 200 " not in head[:20]
        if self.asked[at]:
            self._ask(at)

    def close(self) -> None:
        for line in self.lines.values():
            line.close()


def _watched(
    port: int, path: str, given: argparse.Namespace, begins: Any = None
) -> tuple[list[float], int]:
    """What the watching phones were answered: seconds each, and how many failed.

    All of them hold their connection before ``begins`` is set, so that what is measured is a hall
    that is watched and not ten thousand greetings at once.
    """
    phones = Phones(port, path, given.phones)
    if begins is not None:
        begins.set()
    phones.run(given.every, given.seconds)
    phones.close()
    return phones.taken, phones.failed


def _act(numbers: list[int], seconds: float, begins: Any, out: Any) -> None:
    """The acts of some of the staff, at an open pace, each under its own key.

    ``begins`` is waited for after one whole visit, which is not counted: the first act of a process
    that was just born reads its programme and opens its connection (0.5 s and more), and at an open
    pace the next ones would wait for it, which over some seconds is what p95 tells of.
    """
    from openhall.hall.actions import turns
    from openhall.hall.models import Line, Window
    from openhall.hall.queries import at_window
    from openhall.hall.terms import Source, TicketState
    from openhall.organs.models import Account
    from tests.factories.hall import doing

    lines = list(Line.objects.filter(hall__slug="jinjiang").order_by("letter"))
    windows = {
        number: (
            Window.objects.select_related("hall__organ").get(number=number),
            Account.objects.get(username=f"clerk{number}"),
        )
        for number in numbers
    }
    taken: list[float] = []
    failed, n = 0, 0
    pace = BETWEEN / len(numbers)
    window, clerk = windows[numbers[0]]
    first = f"w-{os.getpid()}-"
    line = lines[window.number % len(lines)]
    turns.issue(turns.Coming(line.pk, Source.KIOSK), doing(None, f"{first}i"))
    if (here := turns.call_next(window, doing(clerk, f"{first}c"))) is not None:
        turns.serve(window, here, doing(clerk, f"{first}s"))
        turns.finish(window, here, doing(clerk, f"{first}f"))
    out.put(None)
    begins.wait()
    begun = time.monotonic()
    while (planned := begun + n * pace) < begun + seconds:
        time.sleep(max(0.0, planned - time.monotonic()))
        window, clerk = windows[numbers[n % len(numbers)]]
        key = f"b-{os.getpid()}-{n}"
        try:
            here = at_window(window.pk)
            if here is None:
                line = lines[window.number % len(lines)]
                turns.issue(turns.Coming(line.pk, Source.KIOSK), doing(None, f"{key}i"))
                turns.call_next(window, doing(clerk, key))
            elif here.state == TicketState.CALLED:
                turns.serve(window, here, doing(clerk, key))
            else:
                turns.finish(window, here, doing(clerk, key))
        except Exception as fault:
            print(type(fault).__name__, fault, file=sys.stderr)
            failed += 1
        taken.append(time.monotonic() - planned)
        n += 1
    used = resource.getrusage(resource.RUSAGE_SELF)
    out.put((taken, failed, used.ru_utime + used.ru_stime))


def _furnish(staff: int) -> None:
    from openhall.hall.actions import arranging
    from openhall.hall.models import Window
    from openhall.organs.terms import Desk
    from tests.factories.hall import doing, furnished, seated, sits

    there = furnished(signed_in=False)
    letters = "ABCDEFGH"
    arranging.arrange(
        there.hall.pk,
        doing(there.manager),
        lines=[{"letter": one, "name": one, "most": 100_000} for one in letters],
        windows=[
            {"number": number, "name": "综合窗口", "lines": [letters[number % len(letters)]]}
            for number in range(10, 10 + staff)
        ],
    )
    there.windows = {one.number: one for one in Window.objects.select_related("hall__organ")}
    for number in range(10, 10 + staff):
        sits(there, seated(f"clerk{number}", there.unit, Desk.WINDOW), number)
    there.lines = {one.letter: one for one in there.hall.lines.select_related("hall__organ")}
    for n in range(300):
        there.taken(letters[n % len(letters)])


def _processor(pids: list[int]) -> float:
    """Seconds of processor time of the processes and what they began."""
    tick, used = os.sysconf("SC_CLK_TCK"), 0.0
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            row = path.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(path.parent.name) in pids or int(row[1]) in pids:
            used += (int(row[11]) + int(row[12])) / tick
    return used


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
        return port


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seconds", type=float, default=15)
    asked.add_argument("--staff", type=int, default=200)
    asked.add_argument("--phones", type=int, default=2_000)
    asked.add_argument("--every", type=float, default=5, help="seconds between two asks of one")
    asked.add_argument("--processes", type=int, default=4, help="of the staff")
    given = asked.parse_args()
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openhall.config.settings")
    with tempfile.TemporaryDirectory(prefix="hall-bench-") as room:
        os.environ["OPENHALL_HOME"] = f"{room}/home"
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection, connections

        call_command("migrate", verbosity=0)
        _furnish(given.staff)
        connections.close_all()
        (Path(room) / "served_hall.py").write_text(SERVED, encoding="utf-8")
        port = _free_port()
        env = os.environ | {"PYTHONPATH": f"{room}:{ROOT}"}
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "2"]
        command += ["--blocking-threads", "4", "--port", str(port), "--no-ws"]
        command += ["--backlog", "4096", "--backpressure", "8192", "--log-level", "warning"]
        server = subprocess.Popen([*command, "served_hall:application"], env=env)
        try:
            _wait_for(port)
            before = _processor([server.pid])
            fork = multiprocessing.get_context("fork")
            out, begins = fork.Queue(), fork.Event()
            numbers = list(range(10, 10 + given.staff))
            clients = [
                fork.Process(
                    target=_act,
                    args=(numbers[n :: given.processes], given.seconds, begins, out),
                )
                for n in range(given.processes)
            ]
            for one in clients:
                one.start()
            for _one in clients:
                out.get(timeout=120)  # each has done its first visit
            path = "/hall/jinjiang/state.json"
            polls, wrong = _watched(port, path, given, begins)
            told = [out.get(timeout=120) for _one in clients]
            served = _processor([server.pid]) - before
            hello, hello_wrong = _watched(port, "/hello", given)
            said = _processor([server.pid]) - before - served
        finally:
            server.terminate()
            server.wait(20)
        acts = [one for taken, _failed, _used in told for one in taken]
        print(
            json.dumps(
                {
                    "database": connection.vendor,
                    "load": round(os.getloadavg()[0], 1),
                    "staff": given.staff,
                    "phones": given.phones,
                    "acts_a_second": round(len(acts) / given.seconds, 1),
                    "acts_ms": quantiles(acts),
                    "acts_failed": sum(failed for _taken, failed, _used in told),
                    "polls_a_second": round(len(polls) / given.seconds),
                    "polls_ms": quantiles(polls),
                    "polls_failed": wrong,
                    "hello_ms": quantiles(hello),
                    "hello_failed": hello_wrong,
                    "server_cores": round(served / given.seconds, 2),
                    "server_cores_hello": round(said / given.seconds, 2),
                    "staff_cores": round(sum(used for _t, _f, used in told) / given.seconds, 2),
                }
            )
        )


def _wait_for(port: int) -> None:
    import urllib.request

    until = time.monotonic() + 120
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(
                f"http://127.0.0.1:{port}/hall/jinjiang/state.json", timeout=30
            ) as answer:
                if b'"lines"' in answer.read():
                    return
        except OSError:
            time.sleep(0.3)
    raise SystemExit("The server did not answer.")


if __name__ == "__main__":
    main()
