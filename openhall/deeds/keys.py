"""Idempotency keys: what a person sends can never equal what the system makes.

A person's key is bound to who sent it and hashed, so it has one length, no odd bytes, and nobody
can spend another's. The system's keys begin with ``s:``; a deed done within another has the other's
key and a suffix, which no person's key can have.
"""

import hashlib
from typing import Final

PERSON: Final = "p:"
SYSTEM: Final = "s:"
LONGEST: Final = 100  # characters of an event's ``key`` column
DIGEST_SIGNS: Final = 40


def persons_key(sender: str, sent: str) -> str:
    """The key of what ``sender`` (an account or a session) sent under the number ``sent``."""
    raw = f"{len(sender)}:{sender}:{sent}".encode("utf-8", "surrogatepass")
    return PERSON + hashlib.sha256(raw).hexdigest()[:DIGEST_SIGNS]


def system_key(*parts: object) -> str:
    """The key of what the system does by itself: the same parts, the same deed."""
    return _short(SYSTEM + "-".join(str(part) for part in parts))


def within(key: str, what: str) -> str:
    """The key of a deed that is part of the deed with ``key``."""
    return _short(f"{key}/{what}")


def _short(key: str) -> str:
    if len(key) <= LONGEST:
        return key
    digest = hashlib.sha256(key.encode()).hexdigest()[:DIGEST_SIGNS]
    return f"{key[: LONGEST - DIGEST_SIGNS - 1]}#{digest}"
