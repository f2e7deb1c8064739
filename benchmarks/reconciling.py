"""A day of statement lines held against our receipts: how long, how much memory, and is it right.

    python benchmarks/reconciling.py [LINES] [--format csv|fixed|camt053] [--each 1000]

A file is written with LINES payments and twelve kinds of faults planted in it, ``each`` of every
kind, whose key only this programme holds. Then a process of its own reads it and names every
exception. Right is: each planted fault under its name, and not one more. No database takes part:
it is the reading and the comparing, which are the same for any.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from openhall.fees.matching import Comparison
from openhall.fees.rules.exceptions import Known
from openhall.fees.rules.statement import OWN, Dress, entries
from openhall.fees.terms import FormatKind

DAY, AT, OTHER = date(2026, 11, 27), "2026-11-27 10:30:00", "2026-11-26 23:50:00"
KINDS = (
    "short",
    "over",
    "other_notice",
    "unknown",
    "missing_here",
    "missing_there",
    "doubled",
    "twice",
    "not_due",
    "reversed",
    "refund_unknown",
    "wrong_day",
)
FIXED = Dress(
    kind=FormatKind.FIXED,
    columns={
        "serial": "1+12",
        "notice": "13+18",
        "amount": "31+12",
        "channel": "43+8",
        "paid_at": "51+19",
    },
    back=("70+1", "D"),
)
CAMT = Dress(kind=FormatKind.CAMT053, yuan=True, channel="counter")
DRESSES = {"csv": OWN, "fixed": FIXED, "camt053": CAMT}
NTRY = (
    "<Ntry><Amt>{yuan}</Amt><CdtDbtInd>{way}</CdtDbtInd><BookgDt><Dt>{day}</Dt></BookgDt>"
    "<AcctSvcrRef>{serial}</AcctSvcrRef><NtryDtls><TxDtls><RmtInf><Ustrd>{notice}</Ustrd></RmtInf>"
    "</TxDtls></NtryDtls></Ntry>\n"
)


def kind_of(n: int, each: int, step: int) -> str:
    """Which fault payment ``n`` has; none for most."""
    place, rest = divmod(n, step)
    return KINDS[place % len(KINDS)] if rest == 0 and place < each * len(KINDS) else ""


def amount_of(n: int) -> int:
    return 100 + n * 7919 % 99_900


def theirs(lines: int, each: int) -> Iterator[tuple[str, str, int, str]]:
    """The bank's lines, in an order of its own."""
    step = max(1, lines // (each * len(KINDS)))
    for place in range(lines):
        n = place * 999_983 % lines  # every number once, in no order
        serial, notice, amount = f"B{n:011d}", f"{n:018d}", amount_of(n)
        kind = kind_of(n, each, step)
        if kind == "missing_there":
            continue
        if kind == "short":
            amount -= 1
        elif kind == "over":
            amount += 1
        elif kind == "other_notice":
            notice = f"{n + lines:018d}"
        yield serial, notice, amount, OTHER if kind == "wrong_day" else AT
        if kind == "doubled":
            yield serial, notice, amount, AT
        elif kind == "twice":
            yield f"T{n:011d}", notice, amount, AT
        elif kind == "reversed":
            yield f"R{n:011d}", notice, -amount, AT
        elif kind == "refund_unknown":
            yield f"G{n:011d}", notice, -1, AT


def ours(lines: int, each: int) -> Iterator[tuple[str, str, int]]:
    """Our receipts."""
    step = max(1, lines // (each * len(KINDS)))
    for n in range(lines):
        if kind_of(n, each, step) not in ("unknown", "missing_here", "not_due"):
            yield f"B{n:011d}", f"{n:018d}", amount_of(n)


def known_to(lines: int, each: int):
    """What the books know of a notice."""
    step = max(1, lines // (each * len(KINDS)))

    def lookup(numbers: list[str]) -> dict[str, Known]:
        found = {}
        for number in numbers:
            n = int(number)
            kind = kind_of(n, each, step) if n < lines else "unknown"
            if kind == "missing_here":
                found[number] = Known("due", amount_of(n), 0, False)
            elif kind == "not_due":
                found[number] = Known("waived", 0, 0, False)
            elif kind != "unknown":
                found[number] = Known("paid", 0, amount_of(n), False)
        return found

    return lookup


def write(path: Path, form: str, lines: int, each: int) -> int:
    """The bank's file; how many lines it has."""
    many = 0
    with path.open("w", encoding="gb18030" if form == "fixed" else "utf-8", newline="") as file:
        if form == "csv":
            file.write("serial,notice,amount,channel,paid_at\n")
        if form == "camt053":
            file.write("<Document><BkToCstmrStmt><Stmt>\n")
        for serial, notice, amount, at in theirs(lines, each):
            many += 1
            if form == "csv":
                file.write(f"{serial},{notice},{amount},counter,{at}\n")
            elif form == "fixed":
                way = "D" if amount < 0 else "C"
                file.write(f"{serial}{notice}{abs(amount):012d}银行柜台{at}{way}\n")
            else:
                way, yuan = ("DBIT" if amount < 0 else "CRDT"), f"{abs(amount) / 100:.2f}"
                file.write(
                    NTRY.format(serial=serial, notice=notice, yuan=yuan, way=way, day=at[:10])
                )
        if form == "camt053":
            file.write("</Stmt></BkToCstmrStmt></Document>\n")
    return many


def compare(path: Path, form: str, lines: int, each: int) -> None:
    """The measured process: read, sort, walk, name."""
    began = time.monotonic()
    found: Counter[str] = Counter()
    wrong = 0
    step = max(1, lines // (each * len(KINDS)))
    with Comparison(DAY, path.parent) as comparison, path.open("rb") as file:
        comparison.take_theirs(entries(file, DAY, DRESSES[form]))
        read = time.monotonic()
        comparison.take_ours(ours(lines, each))
        taken = time.monotonic()
        for one in comparison.exceptions(known_to(lines, each)):
            found[one.state.value] += 1
            wrong += one.state.value != kind_of(int(one.serial[1:]), each, step)
        done = time.monotonic()
        size = comparison._path.stat().st_size
        matched = comparison.counted.matched
    print(
        json.dumps(
            {
                "read_s": round(read - began, 1),
                "ours_s": round(taken - read, 1),
                "walk_s": round(done - taken, 1),
                "whole_s": round(done - began, 1),
                "rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
                "disk_mb": round(size / 1e6),
                "matched": matched,
                "wrongly_named": wrong,
                "found": dict(sorted(found.items())),
            }
        )
    )


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("lines", nargs="?", type=int, default=1_000_000)
    asked.add_argument("--format", choices=sorted(DRESSES), default="csv")
    asked.add_argument("--each", type=int, default=1_000)
    asked.add_argument("--measured", type=Path)
    said = asked.parse_args()
    each = min(said.each, said.lines // len(KINDS) // 2)
    if said.measured:
        compare(said.measured, said.format, said.lines, each)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "statement"
        many = write(path, said.format, said.lines, each)
        print(f"{many:,} lines, {path.stat().st_size / 1e6:,.0f} MB, {said.format}")
        told = subprocess.run(
            [
                *(sys.executable, __file__, str(said.lines), "--format", said.format),
                *("--each", str(each), "--measured", str(path)),
            ],
            check=True,
            capture_output=True,
            text=True,
        ).stdout
    figures = json.loads(told)
    print(json.dumps(figures, indent=1))
    planted = dict.fromkeys(KINDS, each)
    right = figures["found"] == dict(sorted(planted.items())) and not figures["wrongly_named"]
    print(f"{many / figures['whole_s']:,.0f} lines/s;", "all named" if right else "NOT RIGHT")
    sys.exit(0 if right else 1)


if __name__ == "__main__":
    main()
