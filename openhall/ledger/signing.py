"""The log's signing key: made at first use, readable by its owner only."""

import os

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from openhall.ledger.rules.note import verifier_key


def signing_key() -> Ed25519PrivateKey:
    """The key in ``settings.LEDGER_SIGNING_KEY_FILE`` (32 raw bytes)."""
    path = settings.LEDGER_SIGNING_KEY_FILE
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return Ed25519PrivateKey.from_private_bytes(path.read_bytes())
    with os.fdopen(handle, "wb") as file:
        file.write(Ed25519PrivateKey.generate().private_bytes_raw())
    return Ed25519PrivateKey.from_private_bytes(path.read_bytes())


def public_verifier_key() -> str:
    """The vkey that a reader keeps to verify this log."""
    return verifier_key(settings.LEDGER_ORIGIN, signing_key().public_key())
