"""Settles notices from several processes at once, one of which is killed every little while.

    python tests/settling.py [--notices 400] [--seconds 60] [--processes 4] [--every 5] # SQLite
    python tests/postgres.py python tests/settling.py …                                 # PostgreSQL

Each process tells payments as a bank does: true ones, the same again, second payments under
another serial, forged ones, reordered and late. It writes down every call before it is made and
every answer after. At the end the history is judged: a notice is settled by exactly one serial,
by the one that every good answer names, none that was answered is lost, none that nobody paid is
settled, the books add up and the nightly look finds nothing. Status 1 if anything is wrong.
"""

import argparse
import base64
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
HOME = Path(os.environ.get("SETTLING_HOME") or tempfile.mkdtemp(prefix="openhall-settling-"))
SECRET = b"the collecting bank's key, 32 b."
STRANGER = b"somebody else's key of 32 bytes."
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "openhall.config.settings",
    "OPENHALL_HOME": str(HOME),
    "PYTHONPATH": str(ROOT),
    "SETTLING_HOME": str(HOME),
}
KINDS = ("true", "true", "true", "again", "second", "forged", "wrong")


def say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def key_of(secret: bytes) -> Any:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(secret)


def begin() -> None:
    public = key_of(SECRET).public_key().public_bytes_raw()
    os.environ["OPENHALL_BANK_PUBLIC_KEY"] = base64.b64encode(public).decode()
    import django

    django.setup()


def set_scene(many: int) -> list[str]:
    """A city with one fee and ``many`` notices; their numbers."""
    from django.core.management import call_command
    from django.utils import timezone

    from openhall.deeds.doing import Doing
    from openhall.fees.actions import issue_notice
    from openhall.organs.actions import appoint
    from openhall.organs.models import Account
    from openhall.organs.terms import Desk
    from tests.factories.cast import make_cast
    from tests.factories.catalogue import charged

    call_command("migrate", verbosity=0)
    cast: Any = make_cast()
    organ = cast.organ
    cashier = Account.objects.create_user(username="qianli")
    appoint(cashier, organ, Desk.CASHIER, date(2020, 1, 1))
    fee = charged(
        item=cast.item,
        code="std",
        name="登记费",
        amount=8000,
        unit="件",
        basis="发改价格规〔2016〕2559号",
        price_approval="发改价格规〔2016〕2559号",
        effective_from=date(2020, 1, 1),
    )
    return [
        issue_notice(
            organ, f"20260101-{n:08X}", "王芳", [fee], Doing(cashier, timezone.now(), f"n{n}")
        ).number
        for n in range(many)
    ]


# ------------------------------------------------------------------------------ one process
def tells(seed: int, until: float) -> None:
    """Tell payments until the time is over; each call and answer is a line of its own file."""
    begin()
    from django.db import OperationalError
    from django.utils import timezone

    from openhall.cases.actions import settle
    from openhall.deeds.doing import Doing
    from openhall.deeds.keys import system_key
    from openhall.deeds.refusals import Refused
    from openhall.fees.rules.callback import Paid, sign

    draw, numbers = random.Random(seed), json.loads((HOME / "numbers.json").read_text())
    bank, stranger = key_of(SECRET), key_of(STRANGER)
    with (HOME / f"history-{seed}.jsonl").open("a", encoding="utf-8") as log:

        def note(**said: Any) -> None:
            log.write(json.dumps(said) + "\n")
            log.flush()

        while time.time() < until:
            kind, number = draw.choice(KINDS), draw.choice(numbers)
            serial = f"B{number}"
            if kind == "second":
                serial = f"Z{number}-{draw.randrange(3)}"
            amount = 8001 if kind == "wrong" else 8000
            at = (datetime.now(UTC) - timedelta(seconds=draw.randrange(2, 9_000))).isoformat()
            if kind in ("true", "again", "second"):  # one payment has one time at the bank
                at = "2026-11-29T10:00:00+08:00"
            paid = Paid("CITYBANK", serial, number, amount, "online", at)
            signature = sign(paid, stranger if kind == "forged" else bank)
            note(call=kind, number=number, serial=serial)
            try:
                for _again in range(2 if kind == "again" else 1):
                    doing = Doing(None, timezone.now(), system_key("bank", "CITYBANK", serial))
                    receipt = settle(paid, signature, doing)
                note(answer="ok", kind=kind, number=number, serial=receipt.serial)
            except Refused as refusal:
                note(answer=refusal.code, kind=kind, number=number, serial=serial)
            except OperationalError as fault:
                note(answer=f"database: {fault}"[:80], kind=kind, number=number, serial=serial)


# ------------------------------------------------------------------------------ all of them
def judged(numbers: list[str]) -> list[str]:
    """Everything that is wrong with what happened."""
    from openhall.deeds import audit
    from openhall.fees import checking
    from openhall.fees.kinds import BILL
    from openhall.fees.models import BankReceipt, PaymentNotice
    from openhall.fees.queries import balance

    wrong: list[str] = []
    answers: Counter[str] = Counter()
    good: dict[str, set[str]] = {}
    called: dict[str, set[str]] = {}
    for file in sorted(HOME.glob("history-*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            try:
                said = json.loads(line)
            except ValueError:
                continue  # cut by a kill
            if "call" in said:
                if said["call"] not in ("forged", "wrong"):
                    called.setdefault(said["number"], set()).add(said["serial"])
                continue
            answers[said["answer"]] += 1
            if said["answer"] == "ok":
                good.setdefault(said["number"], set()).add(said["serial"])
                if said["kind"] in ("forged", "wrong"):
                    wrong.append(f"{said['kind']} settled {said['number']}")
    receipts = dict(BankReceipt.objects.values_list("notice__number", "serial"))
    if len(receipts) != BankReceipt.objects.count():
        wrong.append("a notice has two receipts")
    for number, serials in good.items():
        if serials != {receipts.get(number)}:
            wrong.append(f"{number}: answered {serials}, kept {receipts.get(number)}")
    for number, serial in receipts.items():
        if serial not in called.get(number, set()):
            wrong.append(f"{number}: nobody paid {serial}")
    paid = set(PaymentNotice.objects.filter(state="paid").values_list("number", flat=True))
    if paid != set(receipts):
        wrong.append("what is paid is not what has a receipt")
    if not balance().holds:
        wrong.append("the books do not add up")
    wrong += [one.place for one in (*audit.of_kind(BILL), *checking.faults(0, 0))]
    wrong += [f"{n} × {one}" for one, n in answers.items() if one.startswith("database")]
    calls = sum(answers.values())
    say(f"{calls:,} answers, {len(receipts)} of {len(numbers)} settled: {dict(answers)}")
    return wrong


def main() -> int:
    asked = argparse.ArgumentParser()
    asked.add_argument("--notices", type=int, default=400)
    asked.add_argument("--seconds", type=float, default=60)
    asked.add_argument("--processes", type=int, default=4)
    asked.add_argument("--every", type=float, default=5)
    asked.add_argument("--tell", type=int)
    asked.add_argument("--until", type=float)
    said = asked.parse_args()
    if said.tell is not None:
        tells(said.tell, said.until)
        return 0
    begin()
    numbers = set_scene(said.notices)
    (HOME / "numbers.json").write_text(json.dumps(numbers))
    from django.db import connection

    connection.close()
    until, seed, kills = time.time() + said.seconds, 0, 0

    def more() -> "subprocess.Popen[bytes]":
        nonlocal seed
        seed += 1
        words = [sys.executable, __file__, "--tell", str(seed), "--until", str(until)]
        return subprocess.Popen(words)

    running = [more() for _ in range(said.processes)]
    draw = random.Random(7)
    while time.time() < until - 1:
        time.sleep(min(said.every, max(0.1, until - 1 - time.time())))
        place = draw.randrange(len(running))
        running[place].send_signal(signal.SIGKILL)
        running[place].wait()
        running[place] = more()
        kills += 1
    for one in running:
        one.wait(60)
    wrong = judged(numbers)
    say(f"{kills} kills; " + ("nothing is wrong" if not wrong else "; ".join(wrong[:20])))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
