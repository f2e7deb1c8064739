"""Encrypted text columns, and the blind index by which an equal value is found unread.

AES-256-GCM under a key derived from ``settings.VAULT_KEYS`` by HKDF. The first key encrypts, every
key decrypts, so a key is replaced by putting the new one first and then letting ``openhall keys
rotate`` seal anew what is under the others. Each value is bound to its column: moved into another
table or column it does not open. 个人信息保护法 51.
"""

import base64
import hashlib
import hmac
import os
from functools import lru_cache
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models

from openhall.vault.keys import KEY_ID_BYTES, CannotDecrypt, derived, first_key, key_named

MARK: Final = "v2:"
UNBOUND: Final = "v1:"  # not bound to a column; `openhall keys rotate` leaves none
NONCE_BYTES: Final = 12
__all__ = ["CannotDecrypt", "EncryptedTextField", "blind", "decrypt", "encrypt", "is_current"]


@lru_cache(maxsize=64)
def _cipher(secret: bytes) -> AESGCM:
    return AESGCM(secret)


@lru_cache(maxsize=8)
def _blinding_key(key: str) -> bytes:
    return derived(key, b"blind")


def encrypt(plain: str, place: str = "") -> str:
    """``plain`` under the first key, as text that opens only at ``place``."""
    key_id, secret = first_key()
    nonce = os.urandom(NONCE_BYTES)
    sealed = _cipher(secret).encrypt(nonce, plain.encode(), place.encode())
    return MARK + base64.b64encode(key_id + nonce + sealed).decode()


def decrypt(stored: str, place: str = "") -> str:
    """What :func:`encrypt` was given. Raises :class:`CannotDecrypt` if no key opens it here."""
    if not stored.startswith((MARK, UNBOUND)):
        raise CannotDecrypt("The value is not in the vault's form (v2:…).")
    bound = place.encode() if stored.startswith(MARK) else None
    raw = base64.b64decode(stored[len(MARK) :])
    body = raw[KEY_ID_BYTES:]
    cipher = _cipher(key_named(raw[:KEY_ID_BYTES]))
    try:
        return cipher.decrypt(body[:NONCE_BYTES], body[NONCE_BYTES:], bound).decode()
    except InvalidTag as error:
        raise CannotDecrypt("The value was altered, moved, or its key is another.") from error


def is_current(stored: str) -> bool:
    """Whether ``stored`` is bound, and under the key that seals now."""
    if not stored.startswith(MARK):
        return False
    raw = base64.b64decode(stored[len(MARK) :][: 4 * KEY_ID_BYTES])
    return raw[:KEY_ID_BYTES] == first_key()[0]


def blind(value: str) -> str:
    """64 hexadecimal digits that are equal for equal values and say nothing else.

    Under a key of its own (``BLIND_KEY``), so that the vault's keys are replaced and retired
    without a word of the index changing.
    """
    key = _blinding_key(settings.BLIND_KEY)
    return hmac.new(key, value.encode(), hashlib.sha256).hexdigest()


class EncryptedTextField(models.TextField):
    """Text that is read in the clear here and stored encrypted. Empty text is stored empty.

    It cannot be searched; keep a :func:`blind` beside it where equality must be asked.
    """

    def get_prep_value(self, value: Any) -> Any:
        prepared = super().get_prep_value(value)
        return encrypt(prepared, self.place) if prepared else prepared

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return decrypt(value, self.place) if value else value

    @property
    def place(self) -> str:
        """Table and column: where its values open."""
        return f"{self.model._meta.db_table}.{self.column}"
