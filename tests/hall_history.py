"""Whether a hall's calls hold together, judged from what its clients saw. issue 11, H2.

    python tests/hall_history.py --calls 50000 --seconds 3600 --processes 8 --kill
    python tests/postgres.py python tests/hall_history.py --calls 50000 … # or: make histories
    … --fault double | passes_over | says_nobody | loses     # must be found

Processes take tickets and call them from shared lines through the product's own acts. Each writes
``I t key op`` before an act and ``R t key answer`` after it; three answers in a hundred are dropped
and the act is sent again under its key; one process is killed outright now and then, and its
successor finishes what it finds open. Two nodes press the hall's state meanwhile, each into a
folder of its own, and are killed too. From the logs and the database: no ticket has two callers,
none is lost or invented, nobody is passed over, "nobody waits" was said truly, no act met a
deadlock, and in the end both nodes show what the database says.
"""

import argparse
import json
import math
import multiprocessing
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

LINES, WINDOWS_EACH = "ABCD", 4
FAULTS = ("double", "passes_over", "says_nobody", "loses")
NODES = ("a", "b")


@dataclass
class Act:
    """One act as its client saw it: from its first sending to its answer."""

    key: str
    op: str
    line: str
    begun: float
    ended: float = float("inf")
    answers: set = field(default_factory=set)

    @property
    def answer(self):
        return next(iter(self.answers)) if self.answers else None


def read_logs(folder: Path) -> list[Act]:
    """Every act of every log; a repeated one spans all its sendings."""
    acts: dict[str, Act] = {}
    for path in sorted(folder.glob("*.log")):
        for row in path.read_text().splitlines():
            try:
                mark, at, key, *rest = row.split(" ")
                when = float(at)
            except ValueError:
                continue  # the last row of a killed process
            if mark == "I" and len(rest) == 2:
                acts.setdefault(key, Act(key, rest[0], rest[1], when))
            elif mark == "R" and rest and key in acts:
                acts[key].answers.add(rest[0])
                acts[key].ended = min(acts[key].ended, when)
    return list(acts.values())


class Highest:
    """The highest value under the first places, as they are raised (a Fenwick tree)."""

    def __init__(self, places: int) -> None:
        self.tree = [float("-inf")] * (places + 1)

    def put(self, place: int, value: float) -> None:
        place += 1
        while place < len(self.tree):
            self.tree[place] = max(self.tree[place], value)
            place += place & -place

    def before(self, place: int) -> float:
        found = float("-inf")
        while place > 0:
            found = max(found, self.tree[place])
            place -= place & -place
        return found


def faults(acts: Iterable[Act], tickets: Mapping[str, tuple]) -> dict[str, int]:
    """How often each promise was broken. ``tickets``: by name, (line, order, was it called)."""
    found = dict.fromkeys(("double", "lost", "ghost", "order", "empty"), 0)
    acts = list(acts)
    called_by: dict[str, Act] = {}
    for act in acts:
        if len(act.answers) > 1:
            found["double"] += 1
        if act.op != "call" or act.answer in (None, "-"):
            continue
        if act.answer in called_by:
            found["double"] += 1
        called_by[act.answer] = act
        if act.answer not in tickets or not tickets[act.answer][2]:
            found["ghost"] += 1
    issued = {one.answer: one for one in acts if one.op == "issue" and one.answer}
    found["lost"] += sum(name not in tickets for name in issued)
    open_calls = sum(one.op == "call" and not one.answers for one in acts)
    unseen = sum(1 for name, one in tickets.items() if one[2] and name not in called_by)
    found["lost"] += max(0, unseen - open_calls)  # a killed caller that nobody succeeded
    for line in LINES:
        _in_order(line, acts, tickets, called_by, issued, found)
    return found


def _in_order(line, acts, tickets, called_by, issued, found) -> None:
    queue = sorted(name for name, one in tickets.items() if one[0] == line)
    queue.sort(key=lambda name: tickets[name][1])
    place = {name: n for n, name in enumerate(queue)}
    highest = Highest(len(queue))
    came = sorted((issued[name].ended, name) for name in queue if name in issued)
    calls = [one for one in acts if one.op == "call" and one.line == line and one.answers]
    at = 0
    for call in sorted(calls, key=lambda one: one.begun):
        while at < len(came) and came[at][0] < call.begun:
            name = came[at][1]
            other = called_by.get(name)
            uncalled = float("inf") if not tickets[name][2] else float("-inf")
            highest.put(place[name], other.begun if other else uncalled)
            at += 1
        if call.answer == "-":
            found["empty"] += highest.before(len(queue)) > call.ended
        elif call.answer in place:
            found["order"] += highest.before(place[call.answer]) > call.ended


# ------------------------------------------------------------------ the clients
def node(folder: Path) -> None:
    """What a node does for the hall: press its state into ``folder`` until it is ended."""
    from openhall.hall.state.presser import EVERY, Presser

    presser = Presser(folder)
    while True:
        presser.look(time.monotonic())
        time.sleep(EVERY)


def stale(folder: Path) -> int:
    """Nodes whose state of the hall is not what the database says."""
    from django.utils import timezone

    from openhall.hall.models import Hall
    from openhall.hall.state.body import body_of

    hall = Hall.objects.get()
    true = body_of(hall.pk, hall.slug, timezone.localdate(), None)
    return sum((folder / name / f"{hall.slug}.json").read_bytes() != true for name in NODES)


def client(folder: Path, number: int, seconds: float, most: int, fault: str) -> None:
    """Issue and call until the time or ``most`` acts are over; first finish what a killed
    predecessor left open."""
    from openhall.hall.actions import turns
    from openhall.hall.models import Ticket, Window
    from openhall.hall.terms import Lane, Source, TicketState
    from openhall.organs.models import Account
    from tests.factories.hall import doing

    if fault:
        _plant(turns, fault)
    rng = random.Random(f"{number}-{os.getpid()}")
    log = os.open(folder / f"{number}.log", os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def write(mark: str, key: str, *rest: str) -> None:
        os.write(log, (" ".join((mark, repr(time.monotonic()), key, *rest)) + "\n").encode())

    mine = {
        line: (
            Window.objects.select_related("hall__organ").get(number=10 * n + number),
            Account.objects.get(username=f"clerk{10 * n + number}"),
        )
        for n, line in enumerate(LINES, start=1)
    }
    ids = json.loads((folder / "lines.json").read_text())

    def sent(key: str, op: str, line: str) -> str:
        if op == "issue":
            lane = Lane.PRIORITY if key.endswith("p") else Lane.ORDINARY
            coming = turns.Coming(ids[line], Source.KIOSK, lane=lane)
            return str(turns.issue(coming, doing(None, key)))
        window, clerk = mine[line]
        found = turns.call_next(window, doing(clerk, key))
        return "-" if found is None else str(found)

    def done(key: str, op: str, line: str) -> None:
        answer = sent(key, op, line)
        if rng.random() < (0.5 if fault == "loses" else 0.03):
            answer = sent(key if fault != "loses" else f"{key}x", op, line)  # as a browser would
        write("R", key, answer)
        if op == "call" and answer != "-":
            finished(line, key)

    def finished(line: str, key: str) -> None:
        window, clerk = mine[line]
        here = Ticket.objects.filter(window=window, state=TicketState.CALLED.value).first()
        if here is not None:
            turns.finish(window, here, doing(clerk, f"{key}f"))

    for act in read_logs(folder):
        if not act.answers and act.key.startswith(f"h{number}-"):
            done(act.key, act.op, act.line)
    for line in LINES:  # called and answered, and killed before it was finished
        finished(line, f"h{number}-{os.getpid()}-{line}")
    until, n = time.monotonic() + seconds, 0
    while time.monotonic() < until and n < most:
        n += 1
        op = "issue" if rng.random() < 0.55 else "call"
        line = rng.choice(LINES if op == "call" else LINES[:3] + rng.choice("ABCD"))
        priority = "p" if rng.random() < 0.15 else "o"
        key = f"h{number}-{os.getpid()}-{n}{priority}"
        write("I", key, op, line)
        done(key, op, line)


def _plant(turns, fault: str) -> None:
    """Break one promise on purpose: what the checker is for."""
    from openhall.hall.queries import waiting_in

    honest, rng = turns._next_in, random.Random(os.getpid())
    before: list = []

    def broken(lines, window, day):
        found = honest(lines, window, day)
        if fault == "says_nobody" and rng.random() < 0.5:
            return None
        if fault == "passes_over" and found is not None and rng.random() < 0.5:
            later = waiting_in(lines, day).exclude(pk=found.pk).select_related("line")
            return later.last() or found
        if fault == "double" and before and rng.random() < 0.5:
            turns.Ticket.objects.filter(pk=before[-1].pk).update(state="waiting", window=None)
            before[-1].state = "waiting"
            return before[-1]
        if found is not None:
            before.append(found)
        return found

    turns._next_in = broken
    if fault == "loses":  # neither the key nor the window remembers whom it called
        turns.at_window = forgetful


def forgetful(window: int) -> None:
    """A window that does not know whom it called: what a dropped answer named is gone."""
    from openhall.hall.models import Ticket

    Ticket.objects.filter(window_id=window, state="called").update(state="done")


# ------------------------------------------------------------------ the run
def furnish(folder: Path, processes: int) -> None:
    """The hall: four lines, a window of each line for every process, and somebody at each."""
    from openhall.hall.actions import arranging
    from openhall.hall.models import Line, Window
    from openhall.organs.terms import Desk
    from tests.factories.hall import doing, furnished, seated, sits

    there = furnished(signed_in=False)
    arranging.arrange(
        there.hall.pk,
        doing(there.manager),
        lines=[{"letter": one, "name": one, "most": 1_000_000} for one in LINES],
        windows=[
            {"number": 10 * n + number, "name": line, "lines": [line]}
            for n, line in enumerate(LINES, start=1)
            for number in range(processes)
        ],
    )
    there.windows = {one.number: one for one in Window.objects.select_related("hall__organ")}
    for number in there.windows:
        if number >= 10:
            sits(there, seated(f"clerk{number}", there.unit, Desk.WINDOW), number)
    (folder / "lines.json").write_text(json.dumps(dict(Line.objects.values_list("letter", "pk"))))


def run(folder: Path, processes: int, seconds: float, most: int, fault: str, every: float) -> int:
    """Run the clients and the nodes; how many of them were killed."""
    from django.db import connections

    began, killed = time.monotonic(), 0
    until = began + seconds
    fork = multiprocessing.get_context("fork")  # the clients begin at once, with Django ready
    each = math.ceil(most / processes)

    def begin(name: Any) -> Any:
        if name in NODES:
            made = fork.Process(target=node, args=(folder / name,))
        else:
            left = max(0.1, until - time.monotonic())
            done = sum(row.startswith(b"I ") for row in _rows(folder / f"{name}.log"))
            made = fork.Process(target=client, args=(folder, name, left, each - done, fault))
        made.start()
        return made

    connections.close_all()
    running: dict[Any, Any] = {name: begin(name) for name in (*range(processes), *NODES)}
    next_kill = began + (every or seconds)
    while any(running[number].is_alive() for number in range(processes)):
        time.sleep(0.1)
        if time.monotonic() > next_kill and until - time.monotonic() > 3:
            name = random.choice([one for one, made in running.items() if made.is_alive()])
            running[name].kill()
            running[name].join()
            running[name] = begin(name)
            killed, next_kill = killed + 1, time.monotonic() + every
    for number in range(processes):
        running[number].join()
        if running[number].exitcode:
            raise SystemExit("A client ended with an error.")
    time.sleep(2)  # the nodes look four times a second
    for name in NODES:
        running[name].kill()
        running[name].join()
    return killed


def _rows(log: Path) -> list[bytes]:
    return log.read_bytes().splitlines() if log.exists() else []


def slow(acts: Iterable[Act]) -> dict[str, float]:
    """Milliseconds until the answer."""
    taken = sorted(one.ended - one.begun for one in acts if one.answers)
    places = (("p50", 0.5), ("p95", 0.95), ("p99", 0.99))
    return {name: round(1000 * taken[int(len(taken) * at)], 1) for name, at in places if taken}


def _own_database(home: Path) -> None:
    """On PostgreSQL a database of this run alone, on SQLite one in ``home``.

    Where a test run keeps a migrated one, it is a copy of that: migrating costs more than the run.
    """
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    from tests import migrated

    url = os.environ.get("OPENHALL_DATABASE_URL", "")
    if not url.startswith("postgres"):
        if migrated.kept_file().exists():
            home.mkdir(mode=0o700)
            migrated.take_file(home / "openhall.sqlite3")
        return
    import psycopg

    name, template = f"hall_history_{os.getpid()}", f"migrated_{migrated.told()}"
    with psycopg.connect(url, autocommit=True) as server:
        kept = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template]).fetchone()
        copied = f'TEMPLATE "{template}"' if kept else ""
        server.execute(f"CREATE DATABASE {name} {copied}")  # type: ignore[arg-type]
    os.environ["OPENHALL_DATABASE_URL"] = urlsplit(url)._replace(path=f"/{name}").geturl()


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seconds", type=float, default=10)
    asked.add_argument("--calls", type=int, default=1_000_000, help="acts at most, issues too")
    asked.add_argument("--processes", type=int, default=4)
    asked.add_argument("--fault", choices=FAULTS, default="")
    asked.add_argument("--kill", action="store_true", help="one process every --every seconds")
    asked.add_argument("--every", type=float, default=5)
    given = asked.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openhall.config.settings")
    with tempfile.TemporaryDirectory(prefix="hall-history-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        os.environ["OPENHALL_HOME"] = str(folder / "home")
        _own_database(folder / "home")
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connections

        from openhall.hall.models import Ticket

        call_command("migrate", verbosity=0)
        furnish(folder, given.processes)
        connections.close_all()
        began = time.monotonic()
        killed = run(
            *(folder, given.processes, given.seconds, given.calls),
            *(given.fault, given.every if given.kill else 0),
        )
        took = time.monotonic() - began
        tickets = {
            f"{letter}{no:03d}": (letter, (lane, at, pk), state in ("called", "done", "serving"))
            for letter, no, lane, at, pk, state in Ticket.objects.values_list(
                "letter", "no", "lane", "at", "pk", "state"
            )
        }
        acts = read_logs(folder)
        broken = faults(acts, tickets)
        calls = sum(one.op == "call" for one in acts)
        broken["stale"] = 0 if given.fault else stale(folder)
        told = {"acts": len(acts), "calls": calls, "tickets": len(tickets), "kills": killed}
        told |= {"faults": broken, "a_second": round(len(acts) / took), "ms": slow(acts)}
        print(json.dumps(told | {"load": round(os.getloadavg()[0], 1)}))
    return int(any(broken.values()))


if __name__ == "__main__":
    sys.exit(main())
