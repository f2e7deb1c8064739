"""The outermost layer: stored pages are answered from memory, before Django.

A look-up that holds is one comparison of eight bytes; what does not hold is asked for once and kept
until something changes. What is not stored, not asked for in the known way or not known to hold
goes on to Django, whose answer is kept for the next (``middleware``). Anything that may have
changed something is answered only when everybody knows of it.
"""

import gzip
import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from openhall.press.rules.accepting import has_already, is_elder, takes_gzip

logger = logging.getLogger(__name__)
Start = Callable[..., Any]
Inner = Callable[[dict[str, Any], Start], Iterable[bytes]]
READING: Final = ("GET", "HEAD")
NEVER: Final = ("/static/", "/media/", "/office/", "/api/", "/cms/", "/my/", "/accounts/", "/hall/")
ENCODINGS: Final = 200  # headers remembered
LONGEST: Final = 500
COUNTED: Final = 50  # visits that are worth a row: the most visited are made anew first
LEVEL: Final = 6
ANSWERS: Final = 5_000  # remembered by what was asked, in the few ways in which most ask


@dataclass(slots=True)
class Form:
    """One form of a body: its bytes and the headers that go with it."""

    body: bytes
    tag: str
    headers: list[tuple[str, str]]


class Entry:
    """One address in memory: plain, gzipped and for larger text, each made when first asked for."""

    __slots__ = ("_forms", "body", "fixed", "head", "sha256", "sign", "until", "visits")

    def __init__(
        self, sha256: str, body: bytes, head: Iterable[tuple[str, str]], until: float, fixed: bool
    ) -> None:
        self.sha256, self.body, self.head = sha256, body, list(head)
        self.until, self.fixed, self.sign, self.visits = until, fixed, b"", 0
        self._forms: dict[tuple[bool, bool], Form] = {}

    def form(self, zipped: bool, elder: bool) -> Form:
        """The form that a request wants."""
        found = self._forms.get((zipped, elder))
        if found is None:
            found = self._forms[zipped, elder] = self._made(zipped, elder)
        return found

    def _made(self, zipped: bool, elder: bool) -> Form:
        from openhall.press.serving.elder import enlarged

        body = enlarged(self.body) if elder else self.body
        body = gzip.compress(body, LEVEL, mtime=0) if zipped else body
        tag = f'"{self.sha256[:32]}{"-e" if elder else ""}{"-gz" if zipped else ""}"'
        headers = [*self.head, ("ETag", tag)]
        if zipped:
            headers.append(("Content-Encoding", "gzip"))
        headers.append(("Content-Length", str(len(body))))
        return Form(body, tag, headers)

    @property
    def size(self) -> int:
        return len(self.body) * 2 + 4_000


class StoredPages:
    """A WSGI application around another. ``look_up(path)`` says what is stored, ``sign`` whether
    anything changed, ``hosts`` under which names the city's own pages stand."""

    def __init__(
        self,
        inner: Inner,
        look_up: Callable[[str], Any],
        sign: Any,
        hosts: Iterable[str],
        memory: int,
        secure: bool = False,
        visited: Callable[[str, int], None] | None = None,
    ) -> None:
        self.inner, self.look_up, self.sign = inner, look_up, sign
        self.hosts, self.memory, self.secure = frozenset(hosts), memory, secure
        self.visited = visited
        self.entries: OrderedDict[str, Entry] = OrderedDict()
        self.held = 0
        self.zips: dict[str, bool] = {}
        self.plain: dict[tuple[Any, ...], tuple[Entry, Form]] = {}

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        get = environ.get
        key = (get("PATH_INFO"), get("HTTP_ACCEPT_ENCODING"), get("HTTP_HOST"))
        known = self.plain.get(key)
        if known is not None and _is_plain(environ):
            kept, whole = known
            if kept.sign == self.sign.now() and time.time() < kept.until:
                kept.visits += 1
                start("200 OK", whole.headers)
                return [whole.body]
        if environ["REQUEST_METHOD"] not in READING:
            return self._done(environ, start)
        entry = self._entry(environ)
        if entry is None:
            return self.inner(environ, start)
        entry.visits += 1
        encoding = environ.get("HTTP_ACCEPT_ENCODING", "")
        zipped = self.zips.get(encoding)
        if zipped is None:
            zipped = takes_gzip(encoding)
            if len(self.zips) < ENCODINGS:
                self.zips[encoding] = zipped
        cookie = environ.get("HTTP_COOKIE")
        form = entry.form(zipped, bool(cookie) and is_elder(cookie or ""))
        had = environ.get("HTTP_IF_NONE_MATCH")
        if had and has_already(had, form.tag):
            start("304 Not Modified", form.headers[:-1])
            return [b""]
        start("200 OK", form.headers)
        if environ["REQUEST_METHOD"] == "HEAD":
            return [b""]
        if not self.secure and _is_plain(environ):
            if len(self.plain) >= ANSWERS:
                self.plain.clear()
            self.plain[key] = entry, form
        return [form.body]

    # ------------------------------------------------------------ reading
    def _entry(self, environ: dict[str, Any]) -> Entry | None:
        query = environ.get("QUERY_STRING")
        path = environ.get("PATH_INFO", "")
        address = f"{path}?{query}" if query else path
        sign = self.sign.now()
        entry = self.entries.get(address)
        if entry is None or not sign or environ.get("HTTP_HOST") not in self.hosts:
            return self._asked(environ, address, sign)
        if "HTTP_AUTHORIZATION" in environ or (self.secure and not _is_secure(environ)):
            return None
        if time.time() < entry.until and (entry.fixed or entry.sign == sign):
            return entry
        if entry.visits >= COUNTED and self.visited is not None:
            visits, entry.visits = entry.visits, 0
            self.visited(address, visits)
        return self._asked(environ, address, sign)

    def _asked(self, environ: dict[str, Any], address: str, sign: bytes) -> Entry | None:
        """What is stored of ``address``, asked of the database and remembered."""
        if (
            not sign
            or not _may_be_stored(address)
            or environ.get("HTTP_HOST") not in self.hosts
            or "HTTP_AUTHORIZATION" in environ
            or (self.secure and not _is_secure(environ))
        ):
            return None
        try:
            found = self.look_up(address)
            if found is None:
                self._forget(address)
                return None
            entry = self.entries.get(address)
            if entry is None or entry.sha256 != found.sha256 or tuple(entry.head) != found.head:
                self._forget(address)
                entry = Entry(found.sha256, found.body(), found.head, found.until, found.fixed)
                self.entries[address] = entry
                self.held += entry.size
            entry.until, entry.fixed, entry.sign = found.until, found.fixed, sign
            self.entries.move_to_end(address)
            while self.held > self.memory and len(self.entries) > 1:
                self._forget(next(iter(self.entries)))
        except Exception:
            logger.exception("A stored page could not be read")
            return None
        return entry

    def _forget(self, address: str) -> None:
        gone = self.entries.pop(address, None)
        if gone is not None:
            self.held -= gone.size
            self.plain.clear()

    # ------------------------------------------------------------ writing
    def _done(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        """The answer to an act is given when everybody knows that something changed."""
        told: list[Any] = []

        def hold(*said: Any, **more: Any) -> Callable[[bytes], Any]:
            told.append((said, more))
            return lambda data: None

        body = self.inner(environ, hold)
        try:
            self.sign.change()
        except Exception:
            logger.exception("A change could not be told")
        said, more = told[-1]
        start(*said, **more)
        return body


def _may_be_stored(address: str) -> bool:
    return len(address) <= LONGEST and address.isascii() and not address.startswith(NEVER)


def _is_plain(environ: dict[str, Any]) -> bool:
    """Asked without words, a cookie, a page had before, or a name."""
    return not (
        environ["REQUEST_METHOD"] != "GET"
        or environ.get("QUERY_STRING")
        or "HTTP_COOKIE" in environ
        or "HTTP_IF_NONE_MATCH" in environ
        or "HTTP_AUTHORIZATION" in environ
    )


def _is_secure(environ: dict[str, Any]) -> bool:
    said = environ.get("HTTP_X_FORWARDED_PROTO", "")
    return environ.get("wsgi.url_scheme") == "https" or said == "https"
