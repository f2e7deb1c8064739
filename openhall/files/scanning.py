"""The port to the virus scanner: clamd where the operator named one, otherwise honestly none.

``OPENHALL_CLAMAV_ADDRESS`` is ``host:port`` or the path of a socket. Without it a file is marked
"not scanned", never "clean".
"""

import io
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, Protocol

from django.conf import settings

TIMEOUT: Final = 60.0  # seconds for each answer on the wire
PART: Final = 64 * 1024
LONGEST: Final = 4096  # bytes of an answer


class CannotScan(Exception):
    """The scanner did not answer or could not read the file; it is asked again later."""


class Scanner(Protocol):
    def finding(self, file: io.BytesIO) -> str:
        """The name of what was found; empty when the file is clean. Raises `CannotScan`."""
        ...


class Clamd:
    """ClamAV's daemon, by its INSTREAM command: the file goes over the socket, not its path."""

    def __init__(self, address: str) -> None:
        self.address = address

    @contextmanager
    def _wire(self) -> Iterator[socket.socket]:
        if self.address.startswith(("/", "unix://")):
            with socket.socket(socket.AF_UNIX) as wire:
                wire.settimeout(TIMEOUT)
                wire.connect(self.address.removeprefix("unix://"))
                yield wire
        else:
            host, _, port = self.address.rpartition(":")
            to = (host.strip("[]") or "127.0.0.1", int(port))
            with socket.create_connection(to, TIMEOUT) as wire:
                yield wire

    def finding(self, file: io.BytesIO) -> str:
        try:
            with self._wire() as wire, wire.makefile("rwb") as line:
                line.write(b"nINSTREAM\n")
                while part := file.read(PART):
                    line.write(len(part).to_bytes(4, "big") + part)
                line.write(bytes(4))  # a part of no length ends the file
                line.flush()
                answer = line.readline(LONGEST).decode(errors="replace")
        except (OSError, ValueError) as error:
            raise CannotScan(str(error)) from error
        said = answer.removeprefix("stream: ").removesuffix("\n")
        if answer.endswith(" FOUND\n"):
            return said.removesuffix(" FOUND") or "unnamed"
        if said == "OK" and answer.endswith("\n"):  # a cut answer is none
            return ""
        raise CannotScan(f"clamd answered {answer!r}")


def scanner() -> Scanner | None:
    """The scanner of this installation; None when the operator named none."""
    return Clamd(settings.CLAMAV_ADDRESS) if settings.CLAMAV_ADDRESS else None
