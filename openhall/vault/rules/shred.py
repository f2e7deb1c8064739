"""Text under a key of its own, so that deleting the key deletes the text wherever it is kept.

For records that may never be changed: the vault's encryption lies around it. 个人信息保护法 47.
"""

import base64
import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MARK = "k1:"
NONCE_BYTES = 12


class Shredded(ValueError):
    """The key of this text is gone, or is another."""


def _cipher(secret: bytes, purpose: str) -> AESGCM:
    return AESGCM(hmac.digest(secret, b"shred\x00" + purpose.encode(), hashlib.sha256))


def lock(secret: bytes, purpose: str, plain: str) -> str:
    """``plain`` readable only with ``secret``."""
    nonce = os.urandom(NONCE_BYTES)
    sealed = _cipher(secret, purpose).encrypt(nonce, plain.encode(), None)
    return MARK + base64.b64encode(nonce + sealed).decode()


def unlock(secret: bytes, purpose: str, kept: str) -> str:
    """What was locked; raises :class:`Shredded`."""
    if not kept.startswith(MARK) or not secret:
        raise Shredded("The key of this text was deleted.")
    raw = base64.b64decode(kept[len(MARK) :])
    try:
        return _cipher(secret, purpose).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], None).decode()
    except InvalidTag as error:
        raise Shredded("The text was locked with another key, or altered.") from error
