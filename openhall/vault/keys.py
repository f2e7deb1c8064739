"""The ring of keys. The first seals, each opens what it sealed; an old one is retired once nothing
is left under it (``openhall keys rotate``). 个人信息保护法 51."""

import hashlib
from functools import lru_cache
from typing import Final

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

KEY_ID_BYTES: Final = 4


class CannotDecrypt(ValueError):
    """No key of this installation opens the value."""


def derived(key: str, purpose: bytes) -> bytes:
    """A key of its own for each purpose."""
    return HKDF(SHA256(), 32, salt=b"openhall.vault", info=purpose).derive(key.encode())


def stretched(secret: bytes, salt: bytes) -> bytes:
    """The key of one file."""
    return HKDF(SHA256(), 32, salt=salt, info=b"openhall.vault.file").derive(secret)


@lru_cache(maxsize=8)
def _ring(keys: tuple[str, ...]) -> tuple[tuple[bytes, bytes], ...]:
    secrets = [derived(key, b"encrypt") for key in keys]
    return tuple((hashlib.sha256(one).digest()[:KEY_ID_BYTES], one) for one in secrets)


def ring() -> tuple[tuple[bytes, bytes], ...]:
    """Each key's name and secret, the one that seals first."""
    return _ring(tuple(settings.VAULT_KEYS))


def first_key() -> tuple[bytes, bytes]:
    """Name and secret of the key that seals."""
    return ring()[0]


def key_named(key_id: bytes) -> bytes:
    """The secret with this name. Raises :class:`CannotDecrypt`."""
    for name, secret in ring():
        if name == key_id:
            return secret
    raise CannotDecrypt("No key in OPENHALL_VAULT_KEYS opens this value; was a key removed?")
