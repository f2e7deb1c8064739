"""Reading the press: what an address shows now, and until when that may be said without asking."""

import json
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Final

from django.db import connection
from django.utils import timezone

from openhall.press.bodies import body_of, digest
from openhall.press.models import MadeFrom, Page, Part, PartPlace, State, Touched
from openhall.press.rules.splicing import spliced
from openhall.press.shell import shell

PENDING: Final = (
    f"EXISTS (SELECT 1 FROM {Touched._meta.db_table} t "  # noqa: S608
    f"JOIN {MadeFrom._meta.db_table} m ON m.tag = t.tag WHERE m.page_id = p.id)"
)
STANDING: Final = (
    "SELECT p.body_id, p.head, p.stale, p.made_on, p.turn_on, p.old_after, p.is_loose, "  # noqa: S608
    f"p.shell, {PENDING}, "
    f"p.id, EXISTS (SELECT 1 FROM {PartPlace._meta.db_table} l WHERE l.page_id = p.id), "
    f"(SELECT s.dated_to FROM {State._meta.db_table} s WHERE s.id = 1) "
    f"FROM {Page._meta.db_table} p WHERE p.path = %s AND p.body_id IS NOT NULL"
)
PLACES: Final = (
    "SELECT l.id, l.start, l.length, q.html, q.stale, EXISTS (SELECT 1 "  # noqa: S608
    f"FROM {Touched._meta.db_table} t JOIN {MadeFrom._meta.db_table} m ON m.tag = t.tag "
    f"WHERE m.part_id = q.id) FROM {PartPlace._meta.db_table} l "
    f"JOIN {Part._meta.db_table} q ON q.id = l.part_id WHERE l.page_id = %s ORDER BY l.number"
)
READ: Final = ("stale", "made_on", "turn_on", "old_after", "is_loose")


@dataclass(frozen=True, slots=True)
class Standing:
    """What an address shows: good until ``until`` (seconds since 1970), whatever changes if
    ``fixed``, else while nothing changes."""

    sha256: str
    head: tuple[tuple[str, str], ...]
    until: float
    fixed: bool
    spliced: bytes | None = None  # the bytes where parts are others than when it was made

    def body(self) -> bytes:
        """The bytes."""
        return body_of(self.sha256) if self.spliced is None else self.spliced


@dataclass(frozen=True, slots=True)
class Spliced:
    """A page with its parts of now; the keys of its places, and where they stand now."""

    sha256: str
    body: bytes
    places: list[int]
    now: list[tuple[int, int]]


def standing(path: str) -> Standing | None:
    """What ``path`` shows now; None where that must be made first."""
    with connection.cursor() as cursor:
        cursor.execute(STANDING, [path])
        row = cursor.fetchone()
    if row is None:
        return None
    sha256, head = row[:2]
    stale, made_on, turn_on, old_after, is_loose = (
        _read(name, value) for name, value in zip(READ, row[2:7], strict=True)
    )
    made_with, pending, dated_to = row[7], bool(row[8]), _read("made_on", row[11])
    now = timezone.now()
    today = timezone.localdate(now)
    if made_with != shell() or (turn_on is not None and turn_on <= today):
        return None
    midnight = datetime.combine(
        today + timedelta(days=1), time.min, timezone.get_default_timezone()
    )
    if old_after is not None and now < old_after:
        until, fixed = min(old_after, midnight), True
    elif stale or pending or is_loose:
        return None
    elif made_on != today and (dated_to is None or dated_to < today):
        return None  # the day has not been looked at yet for what begins or ends with it
    else:
        until, fixed = midnight, False
    said = tuple((str(name), str(value)) for name, value in json.loads(head))
    if not row[10]:
        return Standing(sha256, said, until.timestamp(), fixed)
    found = assembled(row[9], sha256)
    if found is None:
        return None
    body = None if found.sha256 == sha256 else found.body
    return Standing(found.sha256, said, until.timestamp(), fixed, body)


def assembled(page: int, sha256: str) -> Spliced | None:
    """A page with its parts as they are now; None while one of them is stale."""
    with connection.cursor() as cursor:
        cursor.execute(PLACES, [page])
        rows = cursor.fetchall()
    if any(stale or pending for _pk, _start, _length, _html, stale, pending in rows):
        return None
    parts = [(start, length, html.encode()) for _pk, start, length, html, _stale, _pending in rows]
    before = body_of(sha256)
    body, now = spliced(before, parts)
    name = sha256 if body == before else digest(body)
    return Spliced(name, body, [row[0] for row in rows], now)


def _read(name: str, value: Any) -> Any:
    """A value of a plain statement as its column has it."""
    field: Any = Page._meta.get_field(name)
    column = field.get_col(Page._meta.db_table)
    for convert in connection.ops.get_db_converters(column):
        value = convert(value, None, connection)
    return value
