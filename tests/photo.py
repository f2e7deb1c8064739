"""What a fixture wrote, written again from a picture: the same rows without asking the rooms.

A cast, a case that was decided, a queue of seventy are made through the acts once a process. The
statements that wrote them are kept, and the next test that begins from the same database gets them
played again: the same rows with the same numbers, and a fresh copy of what was returned. Only on
SQLite, where a rolled back transaction gives its numbers back; elsewhere everything is made anew.

The same beginning: everything that this test wrote before is hashed, statement by statement; with
it the clock, the language and the settings that it changed. Who patches the code, or commits, gets
no pictures; nor is one taken where part of the writing was taken back.
"""

import hashlib
import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

T = TypeVar("T")
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")
UNTOLD = {"monkeypatch", "transactional_db", "live_server", "mocker"}  # what no statement shows


@dataclass
class Test:
    """What the test that is running wrote so far."""

    pictures: bool = False
    written: Any = field(default_factory=hashlib.sha256)

    def tell(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        """Django's ``execute_wrapper`` of the whole test."""
        word = sql.lstrip()[:12].upper()
        if word.startswith(WRITES):
            params = list(params) if many else params
            self.written.update(f"{sql}{params!r}".encode("utf-8", "surrogatepass"))
        elif word.startswith("ROLLBACK"):
            self.written.update(b"back")
        return execute(sql, params, many, context)


@dataclass
class Picture:
    """The statements of one fixture in their order, and what it returned."""

    written: list[tuple[str, Any, bool]] = field(default_factory=list)
    returned: bytes = b""
    whole: bool = True

    def keep(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        """Django's ``execute_wrapper`` while the fixture is made."""
        result = execute(sql, params, many, context)
        word = sql.lstrip()[:12].upper()
        if word.startswith(WRITES):
            self.written.append((sql, params, many))
        elif word.startswith("ROLLBACK"):
            self.whole = False
        return result

    def play(self, connection: Any) -> Any:
        """Write everything again; a fresh copy of what was returned."""
        with connection.cursor() as cursor:
            for sql, params, many in self.written:
                (cursor.executemany if many else cursor.execute)(sql, params)
        return pickle.loads(self.returned)


_pictures: dict[tuple[Any, ...], Picture] = {}
_running = Test()


def _asked_for(item: Any) -> Iterator[str]:
    """The fixtures that the test or one of this house's own fixtures asks for."""
    info = item._fixtureinfo
    yield from info.argnames
    for defined in info.name2fixturedefs.values():
        if defined[-1].func.__module__.startswith("tests."):
            yield from defined[-1].argnames


@contextmanager
def history(item: Any) -> Iterator[None]:
    """Around a test: what it writes is told."""
    from django.db import connection

    global _running
    marked = item.get_closest_marker("django_db")
    commits = bool(marked and marked.kwargs.get("transaction"))
    _running = Test(not commits and not UNTOLD & set(_asked_for(item)))
    try:
        if _running.pictures and connection.vendor == "sqlite":
            with connection.execute_wrapper(_running.tell):
                yield
        else:
            _running.pictures = False
            yield
    finally:
        _running = Test()


def _around() -> tuple[Any, ...]:
    import time_machine
    from django.conf import settings
    from django.utils import timezone
    from django.utils.translation import get_language

    now = timezone.now()
    changed, held = [], settings._wrapped
    while hasattr(held, "default_settings"):
        changed.append(repr(sorted(held.__dict__.items(), key=lambda one: one[0])))
        held = held.default_settings
    # A stopped clock is part of what was written; a running one only in its day.
    stopped = time_machine.escape_hatch.is_travelling()
    return (now if stopped else now.date(), get_language(), *changed)


@contextmanager
def _kept(connection: Any, picture: Picture) -> Iterator[None]:
    waiting = len(connection.run_on_commit)
    with connection.execute_wrapper(picture.keep):
        yield
    picture.whole = picture.whole and len(connection.run_on_commit) == waiting


def of(make: Callable[[], T], *key: Any) -> T:
    """What ``make`` makes; from its picture if one was taken from the same beginning.

    ``key`` names it, with all that it is made from and no statement shows. What it returns must be
    plain: rows, dataclasses of them, texts and days; nothing that holds a fixture or a connection.
    """
    from django.db import connection

    if not _running.pictures:
        return make()
    told = (*key, *_around(), _running.written.hexdigest())
    if (picture := _pictures.get(told)) is not None:
        return picture.play(connection)  # type: ignore[no-any-return]
    picture = Picture()
    with _kept(connection, picture):
        made = make()
    if picture.whole:
        picture.returned = pickle.dumps(made)
        _pictures[told] = picture
    return made
