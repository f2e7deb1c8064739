"""Public reading from a copy of the database, when ``OPENHALL_REPLICA_URL`` names one.

A copy lags by moments, so only visitors who are not signed in read from it, only while asking and
never while acting. Whoever writes reads the primary for the rest of that request, because a
person must see what they have just done.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.db.models import Model
from django.http import HttpRequest, HttpResponse

PRIMARY, REPLICA = "default", "replica"
_reading: ContextVar[str] = ContextVar("openhall_reading", default=PRIMARY)


@contextmanager
def using_replica() -> Iterator[None]:
    """Read from the copy inside this block, until something is written."""
    token = _reading.set(REPLICA)
    try:
        yield
    finally:
        _reading.reset(token)


class ReadReplica:
    """Django's database router for a primary and one copy."""

    def db_for_read(self, model: type[Model], **hints: object) -> str:
        return _reading.get()

    def db_for_write(self, model: type[Model], **hints: object) -> str:
        _reading.set(PRIMARY)
        return PRIMARY

    def allow_relation(self, one: Model, other: Model, **hints: object) -> bool:
        """Both databases hold the same rows, so any two may be related."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: object) -> bool:
        """The copy receives its tables by replication."""
        return db == PRIMARY


class PublicReads:
    """Middleware: a visitor without a session asks of the copy."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asking = request.method in {"GET", "HEAD"}
        if asking and settings.SESSION_COOKIE_NAME not in request.COOKIES:
            with using_replica():
                return self.get_response(request)
        return self.get_response(request)
