"""Answers ``/hall/<slug>/state.json`` before Django: outermost in WSGI, from one small file.

Its ETag is the hash of its bytes. A tag made of a number or a time would be wrong after a restored
backup, or for two bodies of one length within a second.
"""

import hashlib
import os
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final

ADDRESS: Final = re.compile(r"/hall/([-a-z0-9_]{1,40})/state\.json")
HEADERS: Final = [
    ("Content-Type", "application/json; charset=utf-8"),
    ("Cache-Control", "no-cache"),
    ("Vary", "Accept-Encoding"),
    ("X-Content-Type-Options", "nosniff"),
]
Stored = tuple[tuple[int, int, int], bytes, bytes, str]  # mark of the file, body, packed, tag


class HallStates:
    """A WSGI application around another: states of halls are answered here, all else there."""

    def __init__(self, inner: Callable[..., Iterable[bytes]], folder: Path) -> None:
        self.inner, self.folder = inner, folder
        self.kept: dict[str, Stored] = {}

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path[:6] != "/hall/" or path[-11:] != "/state.json":
            return self.inner(environ, start)
        found = ADDRESS.fullmatch(path)
        if found is None or environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self.inner(environ, start)
        stored = self._stored(found[1])
        if stored is None:
            if not (self.folder / ".ready").exists():
                return self.inner(environ, start)  # nothing is pressed here: it is asked for
            start("404 Not Found", [*HEADERS, ("Content-Length", "2")])
            return [b"{}"]
        return self._answer(stored, environ, start)

    def _stored(self, slug: str) -> Stored | None:
        plain = self.folder / f"{slug}.json"
        try:
            seen = os.stat(plain)  # noqa: PTH116 - a third of the time of Path.stat
            mark = (seen.st_mtime_ns, seen.st_ino, seen.st_size)
            kept = self.kept.get(slug)
            if kept is not None and kept[0] == mark:
                return kept
            body = plain.read_bytes()
            packed = (self.folder / f"{slug}.json.gz").read_bytes()
        except FileNotFoundError:
            return None
        tag = '"' + hashlib.sha256(body).hexdigest()[:32] + '"'
        self.kept[slug] = (mark, body, packed, tag)
        return self.kept[slug]

    def _answer(
        self, stored: Stored, environ: dict[str, Any], start: Callable[..., Any]
    ) -> Iterable[bytes]:
        _mark, body, packed, tag = stored
        gzipped = "gzip" in environ.get("HTTP_ACCEPT_ENCODING", "")
        # The two forms are other bytes, so each has a tag of its own.
        tag = tag[:-1] + '-gz"' if gzipped else tag
        asked = environ.get("HTTP_IF_NONE_MATCH", "")
        headers = [*HEADERS, ("ETag", tag)]
        if tag in asked:
            start("304 Not Modified", headers)
            return [b""]
        raw = packed if gzipped else body
        if gzipped:
            headers.append(("Content-Encoding", "gzip"))
        headers.append(("Content-Length", str(len(raw))))
        start("200 OK", headers)
        return [b"" if environ["REQUEST_METHOD"] == "HEAD" else raw]
