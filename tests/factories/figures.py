"""A published figure made by itself: rows, statement, a log around it, signed. No database."""

import hashlib
from dataclasses import dataclass
from datetime import date
from random import Random

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from openhall.ledger.rules import merkle
from openhall.ledger.rules.canonical import canonical
from openhall.ledger.rules.note import Checkpoint, sign, verifier_key
from openhall.ledger.rules.receipt import Receipt
from openhall.statistics.bundles import zipped
from openhall.statistics.rules.bundle import counted, packed, root_of, statement
from openhall.statistics.rules.measures import definition_on
from openhall.statistics.terms import Measure

LOG = "hall.example/ledger"
UNITS = tuple(f"cd-{n:03d}" for n in range(63))


@dataclass(frozen=True)
class Made:
    """A bundle, and what it was made of."""

    number: str
    packed: bytes
    key: str


def rows_of(measure: Measure, month: str, count: int, rng: Random):
    """Rows of a month as the freeze writes them."""
    for n in range(count):
        day = f"{month}-{1 + n % 28:02d}"
        unit, item = rng.choice(UNITS), f"XK-{rng.randint(1, 400):04d}"
        number, entry = f"{month[:4]}{month[5:]}-{n:08d}", 10 * n + rng.randint(0, 9)
        kept = int(rng.random() < 0.93)
        if measure in (Measure.CLOSED, Measure.ON_TIME, Measure.LATE):
            yield number, unit, item, day, day, rng.randint(1, 20), kept, entry
        elif measure == Measure.OVERDUE:
            yield number, unit, item, day, f"{month}-{rng.randint(1, 28):02d}", 1 - kept, entry
        elif measure == Measure.RECTIFIED:
            yield number, unit, day, kept
        else:
            yield number, unit, item, day, entry


def made_figure(seed: int, count: int, measure: Measure | None = None) -> Made:
    """One figure of one month, as entry ``seed`` of a small log."""
    rng = Random(seed)
    kinds = [
        *(Measure.RECEIVED, Measure.ACCEPTED, Measure.CLOSED, Measure.ON_TIME),
        *(Measure.LATE, Measure.OVERDUE, Measure.RECTIFIED),
    ]
    measure = measure or kinds[seed % len(kinds)]
    year, at = divmod(2003 * 12 + seed, 12)
    month = f"{year}-{at + 1:02d}"
    definition = definition_on(measure, date(year, at + 1, 1))
    (table,) = definition.tables
    rows = list(rows_of(measure, month, count, rng))
    file = packed(rows)
    told = {
        "name": table.name,
        "rows": count,
        "root": root_of(file.splitlines()),
        "values": counted(table, rows, f"{month}-31"),
    }
    names = {code: (code, code) for code in UNITS}
    text = canonical(statement(definition, month, 1, LOG, [told], names, "", {}))
    number = f"{measure}-{month}-1"
    body = {
        "kind": "figure",
        "log": LOG,
        "figure": number,
        "event_time": f"{month}-28T05:10:00+08:00",
        "facts": {"sha256": hashlib.sha256(text).hexdigest(), "definition": definition.digest},
    }
    entries = [f"entry {n}".encode() for n in range(rng.randint(5, 40))]
    index = rng.randrange(len(entries))
    entries[index] = canonical(body)
    private = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(f"{seed}".encode()).digest())
    leaves = [merkle.leaf_hash(one) for one in entries]

    def subtree(level: int, at: int) -> bytes:
        found = leaves[at << level : (at + 1) << level]
        while len(found) > 1:
            found = [merkle.node_hash(a, b) for a, b in zip(found[::2], found[1::2], strict=True)]
        return found[0]

    root = merkle.head(len(leaves), subtree)
    note = sign(Checkpoint(LOG, len(leaves), root).body(), LOG, private)
    proof = merkle.inclusion_proof(index, len(leaves), subtree)
    key = verifier_key(LOG, private.public_key())
    receipt = Receipt(entries[index], index, tuple(proof), note)
    return Made(number, zipped(number, definition, text, receipt, key, {table.name: file}, {}), key)
