"""Messages between a web process and the process that judges files: words as JSON, then bytes."""

import json
import socket
import struct
from typing import Any, Final

MOST_WALL: Final = 20.0  # seconds for one file
MOST_PATIENT: Final = 120  # seconds for reading a long text out of one, which nobody waits for
SIZES: Final = struct.Struct("!QQ")  # of the words and of the bytes that follow


def send(wire: socket.socket, words: dict[str, Any], blob: bytes = b"") -> None:
    """One message: words as JSON, then bytes."""
    told = json.dumps(words, ensure_ascii=False).encode("utf-8", "surrogatepass")
    wire.sendall(SIZES.pack(len(told), len(blob)) + told)
    wire.sendall(blob)


def receive(wire: socket.socket) -> tuple[dict[str, Any], bytes]:
    """The message that comes. Raises ``EOFError`` where the other side ended before its end."""

    def exactly(many: int) -> bytes:
        parts, left = [], many
        while left:
            part = wire.recv(min(left, 1 << 20))
            if not part:
                raise EOFError
            parts.append(part)
            left -= len(part)
        return b"".join(parts)

    words, blob = SIZES.unpack(exactly(SIZES.size))
    told: dict[str, Any] = json.loads(exactly(words).decode("utf-8", "surrogatepass"))
    return told, exactly(blob)
