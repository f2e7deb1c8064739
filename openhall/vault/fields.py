"""Encrypted text columns, and the blind index by which an equal value is found unread.

AES-256-GCM under a key derived from ``settings.VAULT_KEYS`` by HKDF. The first key encrypts, every
key decrypts, so a key is replaced by putting the new one first. 个人信息保护法 51.
"""

import base64
import hashlib
import hmac
import os
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import models

MARK = "v1:"
NONCE_BYTES = 12
KEY_ID_BYTES = 4


class CannotDecrypt(ValueError):
    """No key of this installation opens the value."""


def _derived(key: str, purpose: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=b"openhall.vault", info=purpose).derive(key.encode())


@lru_cache(maxsize=8)
def _ring(keys: tuple[str, ...]) -> tuple[tuple[bytes, AESGCM], ...]:
    ring = []
    for key in keys:
        raw = _derived(key, b"encrypt")
        ring.append((hashlib.sha256(raw).digest()[:KEY_ID_BYTES], AESGCM(raw)))
    return tuple(ring)


@lru_cache(maxsize=8)
def _blinding_key(key: str) -> bytes:
    return _derived(key, b"blind")


def encrypt(plain: str) -> str:
    """``plain`` under the first key, as text."""
    key_id, cipher = _ring(tuple(settings.VAULT_KEYS))[0]
    nonce = os.urandom(NONCE_BYTES)
    sealed = cipher.encrypt(nonce, plain.encode(), None)
    return MARK + base64.b64encode(key_id + nonce + sealed).decode()


def decrypt(stored: str) -> str:
    """What :func:`encrypt` was given. Raises :class:`CannotDecrypt` if no key opens it."""
    if not stored.startswith(MARK):
        raise CannotDecrypt("The value is not in the vault's form (v1:…).")
    raw = base64.b64decode(stored[len(MARK) :])
    body = raw[KEY_ID_BYTES:]
    for key_id, cipher in _ring(tuple(settings.VAULT_KEYS)):
        if key_id == raw[:KEY_ID_BYTES]:
            try:
                return cipher.decrypt(body[:NONCE_BYTES], body[NONCE_BYTES:], None).decode()
            except InvalidTag as error:
                raise CannotDecrypt("The value was altered, or its key is another.") from error
    raise CannotDecrypt("No key in OPENHALL_VAULT_KEYS opens this value; was a key removed?")


def blind(value: str) -> str:
    """64 hexadecimal digits that are equal for equal values and say nothing else.

    Keyed by the last (oldest) vault key, so that putting a new key first keeps the index.
    """
    key = _blinding_key(settings.VAULT_KEYS[-1])
    return hmac.new(key, value.encode(), hashlib.sha256).hexdigest()


class EncryptedTextField(models.TextField):
    """Text that is read in the clear here and stored encrypted. Empty text is stored empty.

    It cannot be searched; keep a :func:`blind` beside it where equality must be asked.
    """

    def get_prep_value(self, value: Any) -> Any:
        prepared = super().get_prep_value(value)
        return encrypt(prepared) if prepared else prepared

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return decrypt(value) if value else value
