"""The press around the site: laid triggers, a thread that hears of changes, the outermost layer."""

import logging
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError, connection

from openhall.press.actions import visited
from openhall.press.queries import standing
from openhall.press.serving import generation
from openhall.press.serving.layer import StoredPages
from openhall.press.watching import triggers

logger = logging.getLogger(__name__)
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


def hosts() -> set[str]:
    """The names under which the city's own pages stand, with the port of ``BASE_URL``."""
    base = urlsplit(settings.BASE_URL)
    port = f":{base.port}" if base.port else ""
    named = {base.netloc}
    if base.hostname in ("127.0.0.1", "localhost", "::1"):
        named |= {name + port for name in LOOPBACK if name in settings.ALLOWED_HOSTS}
    return named


def around(inner: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
    """``inner`` with stored pages before it; ``inner`` itself where the press is off."""
    if not settings.PRESS:
        return inner
    try:
        triggers.lay()
    except DatabaseError:
        logger.exception("The press is off: its triggers could not be laid")
        settings.PRESS = False
        return inner
    finally:
        connection.close()
    Path(settings.PRESS_ROOT).mkdir(parents=True, exist_ok=True, mode=0o700)
    generation.begin()
    return layer(inner)


def layer(inner: Callable[..., Iterable[bytes]]) -> StoredPages:
    """The layer with the city's own settings."""
    return StoredPages(
        inner,
        look_up=_looked_up,
        sign=generation.sign(),
        hosts=hosts(),
        memory=settings.PRESS_MEMORY_MB * 1024 * 1024,
        secure=settings.SECURE,
        visited=visited,
    )


def _looked_up(path: str) -> Any:
    try:
        return standing(path)
    except DatabaseError:
        connection.close()
        raise
