"""The rows of a published figure as bytes, their tree, and the counts made of them.

A row is one JSON array on one line, of text and whole numbers. Leaf and node are hashed as in RFC
9162; the line's own bytes are hashed, never an object written again. Rows rise by their key, so a
doubled one shows at once.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from openhall.statistics.rules.measures import Definition, Rows

Row = Sequence[str | int | None]
Values = dict[str, dict[str, int | None]]  # by unit ("" for the city) and count
FORMAT: Final = "openhall-figure/1"
MARK: Final = b"openhall-row-v1\x00"
CITY: Final = ""


def line_of(row: Row) -> bytes:
    """The line of a row, without its end."""
    return json.dumps(list(row), ensure_ascii=False, separators=(",", ":")).encode()


def packed(rows: Iterable[Row]) -> bytes:
    """The file of the rows."""
    return b"".join(line_of(row) + b"\n" for row in rows)


def mark_of(secret: bytes, private: str) -> str:
    """A salted commitment that stands for a person's row.

    Who is given the salt can show that a row is theirs; once ``secret`` is gone nobody can.
    """
    salt = hmac.digest(secret, MARK + private.encode(), hashlib.sha256)[:16]
    return hashlib.sha256(MARK + salt + private.encode()).hexdigest()


def root_of(lines: Iterable[bytes]) -> str:
    """The root over lines, in the memory of its height."""
    stack: list[tuple[int, bytes]] = []
    for line in lines:
        height, value = 0, hashlib.sha256(b"\x00" + line).digest()
        while stack and stack[-1][0] == height:
            value = hashlib.sha256(b"\x01" + stack.pop()[1] + value).digest()
            height += 1
        stack.append((height, value))
    if not stack:
        return hashlib.sha256(b"").hexdigest()
    root = stack.pop()[1]
    while stack:
        root = hashlib.sha256(b"\x01" + stack.pop()[1] + root).digest()
    return root.hex()


def _holds(value: Any, how: str, to: Any) -> bool:
    if how == "=":
        return bool(value == to)
    return value not in (None, "") and bool(value < to)


def counted(table: Rows, rows: Iterable[Row], last: str) -> Values:
    """The counts of a table, by unit and for the city, before anything is hidden."""
    place = {name: at for at, name in enumerate(table.columns)}
    group = place[table.group] if table.group else None
    tests = [
        (
            one.name,
            [
                (place[name], how, last if value == "$last" else value)
                for name, how, value in one.where
            ],
            place[one.sums] if one.sums else None,
        )
        for one in table.counts
    ]
    blank = {one.name: 0 for one in table.counts}
    found: dict[str, dict[str, int]] = {CITY: dict(blank)}
    for row in rows:
        into = [found[CITY]]
        if group is not None:
            into.append(found.setdefault(str(row[group]), dict(blank)))
        for name, where, sums in tests:
            if all(_holds(row[at], how, to) for at, how, to in where):
                more = 1 if sums is None else int(row[sums] or 0)
                for one in into:
                    one[name] += more
    return {unit: dict(values) for unit, values in found.items()}


def statement(
    definition: Definition,
    month: str,
    edition: int,
    log: str,
    tables: Sequence[Mapping[str, Any]],
    units: Mapping[str, Sequence[str]],
    corrects: str,
    reason: Mapping[str, str],
) -> dict[str, Any]:
    """What a publication says: ``figure.json`` of its bundle."""
    return {
        "format": FORMAT,
        "log": log,
        "figure": definition.measure.value,
        "month": month,
        "edition": edition,
        "definition": definition.digest,
        "corrects": corrects,
        "reason": dict(reason),
        "tables": list(tables),
        "units": {code: list(names) for code, names in units.items()},
    }
