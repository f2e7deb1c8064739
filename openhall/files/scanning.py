"""The port to the virus scanner: clamd where the operator named one, otherwise honestly none.

``OPENHALL_CLAMAV_ADDRESS`` is ``host:port`` or the path of a socket. Without it a file is marked
"not scanned", never "clean".
"""

import io
from typing import Final, Protocol

from clamav_client.clamd import ClamdError, ClamdNetworkSocket, ClamdUnixSocket
from django.conf import settings

TIMEOUT: Final = 60.0  # seconds for one file


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

    def _daemon(self) -> ClamdNetworkSocket:
        if self.address.startswith(("/", "unix://")):
            return ClamdUnixSocket(self.address, timeout=int(TIMEOUT))
        host, _, port = self.address.rpartition(":")
        return ClamdNetworkSocket(host or "127.0.0.1", int(port), timeout=TIMEOUT)

    def finding(self, file: io.BytesIO) -> str:
        try:
            answer = self._daemon().instream(file)
        except (ClamdError, OSError) as error:
            raise CannotScan(str(error)) from error
        for status, found in answer.values():
            if status == "FOUND":
                return found or "unnamed"
            if status == "OK":
                return ""
        raise CannotScan(f"clamd answered {answer!r}")


def scanner() -> Scanner | None:
    """The scanner of this installation; None when the operator named none."""
    return Clamd(settings.CLAMAV_ADDRESS) if settings.CLAMAV_ADDRESS else None
