"""The hall's server as a kiosk sees it: what is asked, signed by the machine's own key. E1."""

import base64
import http.client
import json
import os
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from openhall.terminal.rules.signing import KIOSK, SIGNATURE, TIME, signed_text

PATIENCE: Final = 4.0  # seconds until the server counts as away
MOST: Final = 8 * 1024 * 1024  # bytes of an answer


class Away(Exception):
    """The server did not answer, or answered that it cannot now."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; the names of headers are small letters."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    def said(self) -> Any:
        """The body as JSON; :class:`Away` where something between us answered instead."""
        came = self.body
        try:
            return json.loads(came)
        except ValueError as other:
            raise Away(f"no JSON: {self.status}") from other


Transport = Callable[[str, str, dict[str, str], bytes], Answer]


def over_http(server: str) -> Transport:
    """Ask ``server`` (its address with http or https); a redirect is handed on, not followed."""
    to = urlsplit(server)

    def ask(method: str, address: str, headers: dict[str, str], body: bytes) -> Answer:
        where = to.netloc
        line: http.client.HTTPConnection = (
            http.client.HTTPSConnection(
                where, timeout=PATIENCE, context=ssl.create_default_context()
            )
            if to.scheme == "https"
            else http.client.HTTPConnection(where, timeout=PATIENCE)
        )
        try:
            line.request(method, address, body or None, headers)
            got = line.getresponse()
            told = {name.lower(): value for name, value in got.getheaders()}
            return Answer(got.status, told, got.read(MOST))
        except (OSError, http.client.HTTPException) as cut:
            raise Away(str(cut)) from cut
        finally:
            line.close()

    return ask


def key_in(folder: Path) -> Ed25519PrivateKey:
    """The machine's key, made once and never sent anywhere."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / "key"
    if not path.exists():
        raw = Ed25519PrivateKey.generate().private_bytes(
            Encoding.Raw, PrivateFormat.Raw, NoEncryption()
        )
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(raw)
    return Ed25519PrivateKey.from_private_bytes(path.read_bytes())


def public_line(key: Ed25519PrivateKey) -> str:
    """The public half as the manager of the centre copies it: 44 signs."""
    return base64.b64encode(key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()


@dataclass
class Centre:
    """One hall at its server, asked by the machine ``code``."""

    hall: str
    code: str
    key: Ed25519PrivateKey
    transport: Transport

    def get(self, address: str, headers: dict[str, str] | None = None) -> Answer:
        """A page or file, as anybody may read it."""
        return self._told(self.transport("GET", address, headers or {}, b""))

    def signed(
        self, address: str, body: bytes, at: float, kind: str = "application/json", **more: str
    ) -> Answer:
        """Something only this machine may ask; ``at`` is the server's time as believed."""
        moment = int(at)
        signature = self.key.sign(signed_text("POST", address, moment, body))
        headers = {
            "Content-Type": kind,
            KIOSK: self.code,
            TIME: str(moment),
            SIGNATURE: base64.b64encode(signature).decode(),
            **more,
        }
        return self._told(self.transport("POST", address, headers, body))

    def ask(self, what: str, told: Any, at: float) -> Answer:
        """One of the machine's own questions: ``beat``, ``lease``, ``merge``."""
        return self.signed(f"/kiosk/{self.hall}/device/{what}", json.dumps(told).encode(), at)

    @staticmethod
    def _told(answer: Answer) -> Answer:
        if answer.status >= 500 or answer.status == 429:
            raise Away(str(answer.status))
        return answer
