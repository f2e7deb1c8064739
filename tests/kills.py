"""Kills web workers in the middle of acts, and job workers in the middle of sealing and sending.

    python tests/kills.py [--kills 100] [--acts 1000] [--minutes 20]      # SQLite
    python tests/postgres.py python tests/kills.py …                      # PostgreSQL

A whole installation in a throw-away home: ``openhall serve`` with two web workers and an
``openhall worker``. People apply over HTTP without a pause, each application under a key of its
own, sent again until it is answered. Meanwhile a web worker and a job worker are killed (SIGKILL)
in turns, the job worker just when it is seen at ``seal_log`` or ``deliver``. At the end every
answer is held against the database: an acknowledged act that is not there is lost, one that is
there twice is doubled, a row without its event, entry or message is partial, and the nightly look
must find nothing. Status 1 if anything is wrong. Leases of what was killed are let lapse at once,
because nobody wants to wait ninety seconds a hundred times.
"""

import argparse
import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
HOME = Path(tempfile.mkdtemp(prefix="openhall-kills-"))
sys.path.insert(0, str(ROOT))
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "openhall.config.settings",
    "OPENHALL_HOME": str(HOME),
    "OPENHALL_OUTBOX_SMS": "file",
    "OPENHALL_THROTTLES": "0",  # four people who never pause are no flood here
    "PYTHONPATH": str(ROOT),
}
CLIENTS = 4
STARTER = "from openhall.config.command import main; main()"
SEALING = "openhall.ledger.tasks.seal_log"
SENDING = "openhall.outbox.tasks.deliver"
TOKEN = "k" * 32


def say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def openhall(*words: str) -> "subprocess.Popen[bytes]":
    log = (HOME / f"{words[0]}.log").open("ab")
    return subprocess.Popen([sys.executable, "-c", STARTER, *words], stdout=log, stderr=log)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class People:
    """Applicants who send until they are answered. ``answered``: key → number of the case."""

    def __init__(self, port: int, item: str, sessions: list[str]) -> None:
        self.port, self.item, self.sessions = port, item, sessions
        self.answered: dict[str, str] = {}
        self.sent: set[str] = set()
        self.statuses: Counter[str] = Counter()
        self.over = threading.Event()
        self.threads = [
            threading.Thread(target=self._apply, args=(session,)) for session in sessions
        ]

    def _apply(self, session: str) -> None:
        while not self.over.is_set():
            key = str(uuid.uuid4())
            self.sent.add(key)
            until = time.monotonic() + 120
            while key not in self.answered and time.monotonic() < until:
                self._once(key, session)

    def _once(self, key: str, session: str) -> None:
        said = {
            "item": self.item,
            "key": key,
            "answers": {},
            "applicant": {"name": "王芳", "number": "11010519491231002X", "phone": "13800000000"},
        }
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            headers = {
                "Content-Type": "application/json",
                "Cookie": f"sessionid={session}; csrftoken={TOKEN}",
                "X-CSRFToken": TOKEN,
                "Referer": f"http://127.0.0.1:{self.port}/",
            }
            link.request("POST", "/api/applications", json.dumps(said).encode(), headers)
            answer = link.getresponse()
            body = answer.read()
            if answer.status == 201:
                self.statuses["201"] += 1
                self.answered[key] = json.loads(body)["case"]
            else:
                said = body.decode(errors="replace")[:120]
                self.statuses[f"{answer.status} {said}" if answer.status < 500 else "5xx"] += 1
                time.sleep(0.2)
        except (OSError, http.client.HTTPException) as fault:
            self.statuses[type(fault).__name__] += 1
            time.sleep(0.2)
        finally:
            link.close()


def set_scene(port: int) -> tuple[str, list[str]]:
    """A migrated database with the cast; the item and a signed-in session for each client."""
    import django

    django.setup()
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.core.management import call_command

    from openhall.organs.models import Account
    from openhall.organs.signing_in.middleware import BEGAN, USED
    from tests.factories.cast import make_cast

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    cast: Any = make_cast()
    sessions = []
    for number in range(CLIENTS):
        account = Account.objects.create_user(username=f"client{number}")
        session = SessionStore()
        session[SESSION_KEY] = str(account.pk)
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        session[HASH_SESSION_KEY] = account.get_session_auth_hash()
        session[BEGAN] = session[USED] = int(time.time())  # as signing in notes it
        session.save()
        sessions.append(str(session.session_key))
    return cast.item.code, sessions


def children(pid: int) -> list[int]:
    """The web workers below the server ``pid``, not the helper that multiprocessing keeps."""
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text().split():
            try:
                words = Path(f"/proc/{child}/cmdline").read_bytes()
            except OSError:
                continue
            if words and b"resource_tracker" not in words:
                found.append(int(child))
    return found


class Killer:
    """Kills in turns; starts a job worker anew each time, as a service manager would."""

    def __init__(self, server: "subprocess.Popen[bytes]") -> None:
        self.server = server
        self.worker = openhall("worker")
        self.kills: Counter[str] = Counter()

    def web(self) -> None:
        workers = children(self.server.pid)
        if not workers:
            return
        time.sleep(random.random() * 0.3)
        try:
            os.kill(random.choice(workers), signal.SIGKILL)
            self.kills["web"] += 1
        except ProcessLookupError:
            pass

    def job(self) -> None:
        """Wait until this worker is at sealing or at sending, a moment more, then kill it."""
        from django.db import connection

        from openhall.jobs.actions import ask
        from openhall.jobs.models import Job

        wanted = random.choice((SEALING, SENDING))
        ask(wanted)
        name = f"{socket.gethostname()}:{self.worker.pid}"
        until = time.monotonic() + 30
        at = ""
        while time.monotonic() < until and not at:
            rows = Job.objects.filter(worker=name, state="running", task=wanted)
            at = rows.values_list("task", flat=True).first() or ""
            if not at:
                time.sleep(0.003)
        if at:
            time.sleep(random.random() * 0.05)
            self.worker.kill()
            self.worker.wait()
            self.kills[at.rsplit(".", 1)[1]] += 1
            self.lapse(name)
            self.worker = openhall("worker")
        elif self.worker.poll() is not None:
            self.worker = openhall("worker")
        connection.close()

    def lapse(self, name: str) -> None:
        """Let the leases of the dead lapse now."""
        from django.utils import timezone

        from openhall.jobs.models import Job
        from openhall.outbox.models import Message

        past = timezone.now() - timedelta(seconds=1)
        Job.objects.filter(worker=name, state="running").update(leased_until=past)
        leased = Message.objects.filter(state="queued", attempts__gt=0, next_at__gt=past)
        leased.update(next_at=past)


def judged(people: People) -> list[str]:
    """Everything that is lost, doubled or partial."""
    from django.core.management import call_command
    from django.db import connection

    from openhall.applying.models import Draft
    from openhall.cases.models import Case, CaseEvent
    from openhall.jobs.worker import run_worker
    from openhall.ledger.models import Entry, Leaf
    from openhall.outbox.models import Message

    connection.close()
    for _turn in range(3):  # what still waited is sealed and carried
        from openhall.jobs.actions import ask

        ask(SEALING)
        ask(SENDING)
        run_worker(threading.Event(), once=True)
    found = [] if people.answered else ["lost: nothing was ever acknowledged"]
    cases = dict(Case.objects.values_list("number", "pk"))
    for key, number in people.answered.items():
        if number not in cases:
            found.append(f"lost: {key} was answered with {number}")
    if doubled := len(people.answered) - len(set(people.answered.values())):
        found.append(f"doubled: {doubled} keys share a case")
    sent = Draft.objects.filter(case__isnull=False).values_list("key", "case_id")
    by_key = Counter(key.rsplit("-", 5)[-5:] and "-".join(key.split("-")[2:]) for key, _ in sent)
    found += [f"doubled: {key} has {many} cases" for key, many in by_key.items() if many > 1]
    strangers = set(by_key) - people.sent
    found += [f"partial: a case under {key}, which nobody sent" for key in strangers]
    if len(cases) != len(by_key):
        found.append(f"partial: {len(cases)} cases, {len(by_key)} keys")
    submitted = Counter(CaseEvent.objects.filter(act="submit").values_list("case_id", flat=True))
    for pk in cases.values():
        if submitted[pk] != 1:
            found.append(f"partial: case {pk} has {submitted[pk]} events of its submission")
    entries = Counter(
        json.loads(bytes(body))["case"]
        for body in Entry.objects.filter(kind="case").values_list("body", flat=True)
    )
    found += [f"partial: {number} has {entries[number]} entries" for number in cases
              if entries[number] != 1]  # fmt: skip
    if waiting := Entry.objects.count() - Leaf.objects.count():
        found.append(f"partial: {waiting} entries without a place")
    carried = Counter(
        json.loads(line)["id"] for line in (HOME / "outbox/sms.jsonl").read_text().splitlines()
    )
    messages = Message.objects.filter(channel="sms")
    found += [f"doubled: message {pk} was carried {many} times" for pk, many in carried.items()
              if many > 1]  # fmt: skip
    for pk, state in messages.values_list("pk", "state"):
        if state not in ("sent", "delivered") or pk not in carried:
            found.append(f"lost: message {pk} is {state}, carried {carried[pk]} times")
    for command in ("verify", "audit"):
        try:
            call_command(command, offline=True, stdout=(HOME / f"{command}.txt").open("w"))
        except Exception as fault:
            found.append(f"{command}: {str(fault)[:400]}")
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--kills", type=int, default=100, help="of web workers, and of job workers")
    parser.add_argument("--acts", type=int, default=1000, help="acknowledged acts at least")
    parser.add_argument("--minutes", type=float, default=20, help="end after so long in any case")
    asked = parser.parse_args()
    port = free_port()
    os.environ["OPENHALL_BASE_URL"] = f"http://127.0.0.1:{port}"
    item, sessions = set_scene(port)
    from django.db import connection, connections

    vendor = connection.vendor
    connections.close_all()
    served = ["serve", "--port", str(port), "--workers", "2", "--no-worker"]
    server = openhall(*served)
    restarts = 0
    people = People(port, item, sessions)
    killer = Killer(server)
    begun = time.monotonic()
    cut_off = (
        threading.Event()
    )  # told to end early: what was done until then is judged all the same
    signal.signal(signal.SIGTERM, lambda _number, _frame: cut_off.set())
    try:
        for thread in people.threads:
            thread.start()
        while not people.answered and time.monotonic() - begun < 120:
            time.sleep(0.5)
        while time.monotonic() - begun < asked.minutes * 60 and not cut_off.is_set():
            jobs = killer.kills["seal_log"] + killer.kills["deliver"]
            few_web, few_jobs = killer.kills["web"] < asked.kills, jobs < asked.kills
            if not few_web and not few_jobs and len(people.answered) >= asked.acts:
                break
            if server.poll() is not None:
                restarts += 1
                server = killer.server = openhall(*served)
                time.sleep(3)
            if few_web:
                killer.web()
            if few_jobs:
                killer.job()
            else:
                time.sleep(0.5)
    finally:
        people.over.set()
        for thread in people.threads:
            thread.join(150)
        for process in (killer.worker, server):
            process.terminate()
            try:
                process.wait(60)
            except subprocess.TimeoutExpired:
                process.kill()
    found = judged(people)
    unanswered = len(people.sent) - len(people.answered)
    say(
        f"{vendor}: {killer.kills['web']} kills of web workers, {killer.kills['seal_log']} of a "
        f"worker at sealing, {killer.kills['deliver']} at sending; {len(people.answered)} acts "
        f"acknowledged, {unanswered} never answered; answers {dict(people.statuses)}; the server "
        f"ended {restarts} times; {time.monotonic() - begun:.0f} s."
    )
    for one in found[:50]:
        say(one)
    say(f"{len(found)} lost, doubled or partial.")
    return 1 if found or restarts else 0


if __name__ == "__main__":
    sys.exit(main())
