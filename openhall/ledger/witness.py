"""A witness of other people's logs: it remembers what it saw and cosigns only what continues it.

For the supervision bureau, a newspaper, a university. It needs neither Django nor a database: one
folder with its key and, for each log, the newest size and root; the standard library's server.
"""

import base64
import hashlib
import json
import os
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from time import time
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from openhall.ledger.rules.cosignature import cosign, witness_key
from openhall.ledger.rules.note import note_body
from openhall.ledger.rules.witnessing import Asking, NotARequest, Seen, judge, origin_of
from openhall.paging.whole import whole

MOST_BYTES = 65_536


class Keeper:
    """The witness's memory in ``folder`` and its signature; ``logs``: verifier keys it watches."""

    def __init__(self, folder: Path, name: str, logs: list[str]) -> None:
        self.folder, self.name = folder, name
        self.logs = {key.partition("+")[0]: key for key in logs}
        self.one_at_a_time = threading.Lock()
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.key = self._key()

    def _key(self) -> Ed25519PrivateKey:
        path = self.folder / "key"
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return Ed25519PrivateKey.from_private_bytes(path.read_bytes())
        with os.fdopen(handle, "wb") as file:
            file.write(Ed25519PrivateKey.generate().private_bytes_raw())
        return Ed25519PrivateKey.from_private_bytes(path.read_bytes())

    @property
    def vkey(self) -> str:
        """What logs put into their settings."""
        return witness_key(self.name, self.key.public_key())

    def _memory(self, origin: str) -> Path:
        return self.folder / (hashlib.sha256(origin.encode()).hexdigest()[:32] + ".json")

    def seen(self, origin: str) -> Seen:
        """The newest state cosigned of the log ``origin``."""
        try:
            kept = json.loads(self._memory(origin).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return Seen()
        return Seen(kept["size"], base64.b64decode(kept["root"]))

    def _remember(self, origin: str, size: int, root: bytes, note: str) -> None:
        path = self._memory(origin)
        partial = path.with_suffix(".partial")
        kept = {
            "origin": origin,
            "size": size,
            "root": base64.b64encode(root).decode(),
            "note": note,
        }
        with partial.open("w", encoding="utf-8") as file:
            json.dump(kept, file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)

    def add_checkpoint(self, text: str) -> tuple[int, str]:
        """Status and body of the answer; what is cosigned is on the disk before it is said."""
        try:
            asking = Asking.read(text)
        except NotARequest as fault:
            return 400, f"{fault}\n"
        origin = origin_of(asking.note)
        if origin not in self.logs:
            return 404, "This witness does not watch this log.\n"
        with self.one_at_a_time:
            verdict = judge(asking, self.seen(origin), self.logs[origin])
            if verdict.checkpoint is None:
                return verdict.status, f"{verdict.why}\n"
            new = verdict.checkpoint
            self._remember(origin, new.size, new.root, asking.note)
            return 200, cosign(note_body(asking.note), self.name, self.key, int(time()))


class _Door(BaseHTTPRequestHandler):
    server: "Server"

    def _say(self, status: int, text: str) -> None:
        body = text.encode()
        plain = "text/x.tlog.size" if status == 409 else "text/plain; charset=utf-8"
        self.send_response(status)
        self.send_header("Content-Type", plain)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        length = whole(self.headers.get("Content-Length", ""))
        if not self.path.endswith("/add-checkpoint") or length is None:
            self._say(404, "POST …/add-checkpoint\n")
        elif length > MOST_BYTES:
            self._say(413, "Too long.\n")
        else:
            text = self.rfile.read(length).decode("utf-8", errors="replace")
            self._say(*self.server.keeper.add_checkpoint(text))

    def do_GET(self) -> None:
        self._say(200, self.server.keeper.vkey + "\n")

    def log_message(self, format: str, *words: Any) -> None:
        return


class Server(ThreadingHTTPServer):
    """The witness at an address; ``serve_forever`` until ``shutdown``."""

    daemon_threads = True

    def __init__(self, host: str, port: int, keeper: Keeper) -> None:
        super().__init__((host, port), _Door)
        self.keeper = keeper
