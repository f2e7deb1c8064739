"""A key as text: ``oh_`` and its name, a dash, its secret. Pure: who draws the secret is told.

The secret is 32 random bytes, so a plain digest keeps it: there is nothing to guess at. Digests are
compared in constant time.
"""

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass
from typing import Final

SECRET_BYTES: Final = 32
NAME: Final = re.compile(r"oh_[0-9a-f]{16}")
SECRET: Final = re.compile(r"[A-Za-z0-9_-]{43}")
WHOLE: Final = re.compile(rf"({NAME.pattern})-({SECRET.pattern})")


@dataclass(frozen=True, slots=True)
class Presented:
    """A key's name and secret as somebody sent them; well formed, not yet believed."""

    name: str
    secret: str


def secret_of(raw: bytes) -> str:
    """The secret as its owner keeps it."""
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def whole(name: str, secret: str) -> str:
    """The whole key, to be sent as a bearer token."""
    return f"{name}-{secret}"


def presented(text: str) -> Presented | None:
    """The key in ``text``; None where it has not the form of one."""
    found = WHOLE.fullmatch(text)
    return Presented(found[1], found[2]) if found else None


def presented_apart(name: str, secret: str) -> Presented | None:
    """The same, sent as client_id and client_secret."""
    return presented(whole(name, secret))


def digest(secret: str) -> str:
    """How a secret is kept."""
    return hashlib.sha256(b"openhall.clients.key:" + secret.encode()).hexdigest()


def fits(secret: str, *digests: str) -> bool:
    """Whether ``secret`` is that of one of ``digests``; every one is compared."""
    mine, found = digest(secret).encode(), False
    for kept in digests:
        found |= hmac.compare_digest(mine, kept.encode())
    return found
