"""What the kiosk's browser talks to: this machine's own small server, on 127.0.0.1 alone. E1.

Nothing is answered but the kiosk's pages and their files. No cookie passes either way, nothing is
kept by the browser, and a POST of the visitor is signed by the machine. Tickets are given here.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final
from urllib.parse import parse_qs, unquote

from openhall.design.qr import qr_svg
from openhall.terminal.centre import Answer, Away
from openhall.terminal.copying import Copy
from openhall.terminal.machine import CITY, Machine, NoNumber
from openhall.terminal.rules.journal import Paper, mark
from openhall.terminal.words import banner, bare_page, language_of

HANDED_ON: Final = (
    "content-type",
    "content-security-policy",
    "x-content-type-options",
    "referrer-policy",
    "location",
)
MOST_SENT: Final = 20_000  # bytes a visitor may send
PLACE: Final = "<!--as-of-->"
IDLE: Final = b'data-idle="45"'
NO_STORE: Final = {"cache-control": "no-store"}
HTML: Final = {"content-type": "text/html; charset=utf-8"}


@dataclass
class Screen:
    """The pages of one kiosk: from the server, from the copy, or given here."""

    machine: Machine
    copy: Copy
    server: str  # the hall's public address, for the code on the paper

    @property
    def hall(self) -> str:
        return self.machine.centre.hall

    @property
    def home(self) -> str:
        """Where this machine begins: a pad at its window, a kiosk with the choices."""
        return str(self.machine.hall.get("home") or f"/kiosk/{self.hall}/")

    def may(self, address: str) -> bool:
        """The allow-list: the kiosk's own pages, their files, the state of the hall."""
        path = address.partition("?")[0]
        if any(sign in unquote(path) for sign in ("..", "//", "\\", "\0")):
            return False
        return (
            bool(self._pages().fullmatch(path))
            or path.startswith("/static/")
            or path == f"/hall/{self.hall}/state.json"
        )

    def _pages(self) -> re.Pattern[str]:
        return re.compile(rf"/(?:en/)?kiosk/{re.escape(self.hall)}/(?!device/)[-\w./%~]*", re.A)

    def read(self, address: str) -> Answer:
        """GET."""
        language = language_of(address)
        if not self.may(address):
            return Answer(303, {"location": self.home, **NO_STORE})
        if self.machine.locked and not address.startswith("/static/"):
            return self._own("locked", language, {"why": str(self.machine.hall.get("why", ""))})
        static = address.startswith("/static/")
        if static and (kept := self.copy.find(address)) is not None:
            return kept
        try:
            answer = self.machine.centre.get(
                address, {"Accept-Language": language, "Accept": "text/html, */*"}
            )
        except Away:
            return self._from_copy(address)
        return self._passed(answer)

    def _from_copy(self, address: str) -> Answer:
        found, language = self.copy.find(address), language_of(address)
        if "/guides/" in address and "?" in address:
            found = None  # the answers stand in the address, and only the first page was copied
        if found is None and not address.startswith("/static/"):
            prefix = "/en" if language == "en" else ""
            found = self.copy.find(f"{prefix}/kiosk/{self.hall}/away/")
        if found is None:
            return Answer(503, HTML | NO_STORE, bare_page(language))
        if "html" not in found.headers["content-type"]:
            return Answer(found.status, found.headers | NO_STORE, found.body)
        body = found.body.decode().replace(PLACE, banner(self.copy.as_of, language), 1)
        return self._page(body.encode())

    def _page(self, body: bytes, status: int = 200) -> Answer:
        """A page, waiting for a touch as long as the centre says of this machine."""
        idle = b'data-idle="%d"' % int(self.machine.hall.get("idle", 45))
        return Answer(status, HTML | NO_STORE, body.replace(IDLE, idle, 1))

    def _passed(self, answer: Answer) -> Answer:
        kept = {name: answer.headers[name] for name in HANDED_ON if name in answer.headers}
        if "html" not in kept.get("content-type", ""):
            return Answer(answer.status, kept | NO_STORE, answer.body)
        page = self._page(answer.body, answer.status)
        return Answer(answer.status, kept | page.headers, page.body)

    # ------------------------------------------------------------ what a visitor sends
    def send(self, address: str, body: bytes) -> Answer:
        """POST: a ticket is given here; all else goes to the server, signed."""
        language = language_of(address)
        if not self.may(address) or address.startswith("/static/"):
            return Answer(303, {"location": self.home, **NO_STORE})
        if self.machine.locked:
            return self._own("locked", language, {"why": str(self.machine.hall.get("why", ""))})
        if address.endswith(f"/kiosk/{self.hall}/ticket/"):
            return self._ticket(language, body)
        kind = "application/x-www-form-urlencoded"
        try:
            answer = self.machine.centre.signed(
                address, body, self.machine.now(), kind, **{"Accept-Language": language}
            )
        except Away:
            return self._from_copy(f"/{'en/' if language == 'en' else ''}kiosk/{self.hall}/away/")
        return self._passed(answer)

    def _ticket(self, language: str, body: bytes) -> Answer:
        sent = parse_qs(body.decode("utf-8", "replace"))
        line, item = sent.get("line", [""])[0], sent.get("item", [""])[0]
        number = int(item) if re.fullmatch(r"[0-9]{1,18}", item) else 0
        try:
            paper = self.machine.give(line, number)
        except NoNumber as none:
            name = "locked" if none.why == "locked" else f"none-{none.why}"
            return self._own(name, language, {"why": str(self.machine.hall.get("why", ""))})
        return self._own("paper", language, self._printed(paper, language))

    def _printed(self, paper: Paper, language: str) -> dict[str, str]:
        named = {one["letter"]: one for one in self.machine.hall.get("lines", ())}
        line = named.get(paper.line, {})
        at = datetime.fromtimestamp(paper.at, CITY)
        name = line.get("en" if language == "en" else "zh") or line.get("zh", "")
        where = f"{self.server}{'/en' if language == 'en' else ''}/hall/{self.hall}/ticket"
        return {
            "number": f"{paper.line}{paper.no:03d}",
            "line": f"{paper.line} {name}".strip(),
            "day": paper.day,
            "time": f"{at:%H:%M}",
            "mark": mark(paper.uid),
            "qr": qr_svg(f"{where}/{paper.uid}/", quiet=4),
        }

    def _own(self, name: str, language: str, words: dict[str, str]) -> Answer:
        """A page of the hall with this machine's words put into it; none such is kept."""
        address = f"{'/en' if language == 'en' else ''}/kiosk/{self.hall}/own/{name}/"
        page = self.copy.find(address)
        if page is None:
            try:
                page = self.machine.centre.get(address)
            except Away:
                page = None
        if page is None or page.status != 200:
            return Answer(503, HTML | NO_STORE, bare_page(language))
        body = page.body.decode()
        for key, value in words.items():
            body = body.replace(f"@{key}@", value if key == "qr" else escape(value))
        return self._page(body.encode())


class Handler(BaseHTTPRequestHandler):
    """One request of the browser."""

    screen: Screen
    protocol_version, server_version, sys_version = "HTTP/1.1", "kiosk", ""

    def do_GET(self) -> None:
        self._answer(self.screen.read(self.path))

    def do_HEAD(self) -> None:
        self._answer(self.screen.read(self.path), body=False)

    def do_POST(self) -> None:
        long = self.headers.get("Content-Length", "")
        many = int(long) if re.fullmatch(r"[0-9]{1,9}", long) else MOST_SENT + 1
        if many > MOST_SENT:
            self.close_connection = True
            self._answer(Answer(413, NO_STORE))
            return
        # Only a page of this machine sends something here, whatever else the browser was led to.
        origin = self.headers.get("Origin", "")
        sent = self.rfile.read(many)
        if origin and origin != f"http://{self.headers.get('Host', '')}":
            self._answer(Answer(403, NO_STORE))
            return
        self._answer(self.screen.send(self.path, sent))

    def _answer(self, answer: Answer, *, body: bool = True) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name.title(), value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if body:
            self.wfile.write(answer.body)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing is written down of what a visitor reads."""


def serve(screen: Screen, port: int) -> ThreadingHTTPServer:
    """The server, not yet running; ``port`` 0 takes a free one."""
    handler = type("KioskHandler", (Handler,), {"screen": screen})
    server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    server.daemon_threads = True
    return server
