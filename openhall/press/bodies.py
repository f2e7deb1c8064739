"""Bodies by their hash: given back whole or not at all."""

import hashlib
from functools import lru_cache

from openhall.press.models import Body
from openhall.press.rules.delta import Damaged, unpack


class Erased(LookupError):
    """The words were taken away by an erasure; ``entry`` of the log says so."""

    def __init__(self, entry: int) -> None:
        super().__init__(f"Erased by entry {entry}.")
        self.entry = entry


def digest(body: bytes) -> str:
    """The name of a body."""
    return hashlib.sha256(body).hexdigest()


@lru_cache(maxsize=64)
def dictionary(sha256: str) -> bytes:
    return body_of(sha256)


def body_of(sha256: str) -> bytes:
    """The bytes; raises :class:`Damaged` where they are not those of the hash, ``LookupError``
    where there are none, :class:`Erased` where they were taken away."""
    found = Body.objects.filter(pk=sha256).values_list("packed", "base", "erased_by").first()
    if found is None:
        raise LookupError(f"No stored page has the hash {sha256}.")
    packed, base, erased = found
    if erased is not None:
        raise Erased(erased)
    body = unpack(bytes(packed or b""), dictionary(base) if base else b"")
    if digest(body) != sha256:
        raise Damaged(f"The stored page {sha256} is not what its name says.")
    return body


def forget_dictionaries() -> None:
    """After an erasure, nothing of it stays in memory."""
    dictionary.cache_clear()
