"""What the site itself answers: a request in this process, or over the network as a visitor.

The nightly look trusts no flag: it asks for the page and reads the answer. Inside the process it
passes every layer a visitor's request passes; the hourly visits go by the address of the city, over
name service, proxy and certificate.
"""

import io
import time
from dataclasses import dataclass
from functools import cache
from http.client import HTTPException
from typing import Any, Final
from urllib.error import HTTPError
from urllib.parse import quote, unquote, urlsplit
from urllib.request import Request, urlopen

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.utils.translation import activate, get_language

AGENT: Final = "OpenHall-look"
PATIENCE: Final = 15  # seconds; longer counts as not open, 国办秘函〔2019〕19号
READ: Final = 400_000  # bytes of an answer that are looked at


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; ``status`` 0 where nothing did."""

    path: str
    status: int
    ms: int
    body: bytes = b""

    @property
    def is_open(self) -> bool:
        return 200 <= self.status < 400 and self.ms <= PATIENCE * 1000

    def plain(self, holds: bool) -> dict[str, Any]:
        return {
            "at": self.path,
            "status": self.status,
            "ms": self.ms,
            "bytes": len(self.body),
            "holds": holds,
        }


@cache
def _handler() -> BaseHandler:
    handler = BaseHandler()
    handler.load_middleware()
    return handler


def ask(path: str) -> Answer:
    """The answer of this process to a visitor without cookies who asks for ``path``.

    The handler itself is asked and not the WSGI application, whose signals would close the
    connection of whoever asks in the middle of a transaction.
    """
    base, address = urlsplit(settings.BASE_URL), urlsplit(path)
    request = WSGIRequest(
        {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote(address.path).encode().decode("latin-1"),
            "QUERY_STRING": quote(address.query, "=&%+"),
            "SERVER_NAME": base.hostname or "127.0.0.1",
            "SERVER_PORT": str(base.port or (443 if base.scheme == "https" else 80)),
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": base.netloc,
            "HTTP_USER_AGENT": AGENT,
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.url_scheme": base.scheme,
            "wsgi.input": io.BytesIO(),
        }
    )
    began, language = time.monotonic(), get_language()
    try:
        answer: Any = _handler().get_response(request)
        if answer.streaming:
            body = b"".join(answer.streaming_content)
        else:
            body = answer.content
        for close in answer._resource_closers:
            close()
    finally:
        activate(language or settings.LANGUAGE_CODE)
    ms = round((time.monotonic() - began) * 1000)
    return Answer(path, answer.status_code, ms, body[:READ])


def visit(path: str) -> Answer:
    """The answer over the network, as a visitor from outside gets it."""
    address = settings.BASE_URL + quote(path, "/?=&%#")
    began = time.monotonic()
    try:
        request = Request(address, headers={"User-Agent": AGENT})  # noqa: S310  # the city's own
        with urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
            status, body = answer.status, answer.read(READ)
    except HTTPError as refused:
        status, body = refused.code, b""
    except (OSError, HTTPException):  # nobody, or something that speaks no HTTP
        status, body = 0, b""
    return Answer(path, status, round((time.monotonic() - began) * 1000), body)
