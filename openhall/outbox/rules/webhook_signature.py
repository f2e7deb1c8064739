"""How a webhook is signed: Standard Webhooks, symmetric (``v1``, HMAC-SHA256).

Signed are the message's own id, the moment and the exact bytes, so that nobody can send a copy much
later or under another id. The id is the same at every attempt: a receiver takes it once. Libraries
for this scheme exist in most languages; without one it is four lines.
"""

import base64
import hashlib
import hmac
from typing import Final

PREFIX: Final = "whsec_"
SKEW: Final = 300  # seconds a receiver should let the moment be off


def secret_of(raw: bytes) -> str:
    """The secret as its owner keeps it."""
    return PREFIX + base64.b64encode(raw).decode()


def signature(secret: str, message: str, moment: int, body: bytes) -> str:
    """The signature over one attempt."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = f"{message}.{moment}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def headers(secret: str, number: int, moment: int, body: bytes) -> dict[str, str]:
    """What is sent with it."""
    message = f"msg_{number}"
    return {
        "webhook-id": message,
        "webhook-timestamp": str(moment),
        "webhook-signature": signature(secret, message, moment, body),
    }
