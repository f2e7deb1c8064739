"""What a machine of a hall signs when it asks something: pure, known to both sides. E1.

Method, address, time and the digest of the body, each on a line of its own. What is asked may be
repeated without harm (a request number, a paper's own ``uid``), so a time is enough against replay.
"""

from hashlib import sha256
from typing import Final

KIOSK: Final = "X-Kiosk"
TIME: Final = "X-Kiosk-Time"
SIGNATURE: Final = "X-Kiosk-Signature"
FRESH: Final = 300  # seconds by which the machine's idea of the server's time may differ


def signed_text(method: str, address: str, at: int, body: bytes) -> bytes:
    """The bytes that are signed."""
    return "\n".join((method, address, str(at), sha256(body).hexdigest())).encode()
