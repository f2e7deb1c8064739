"""A webhook: one signed POST, to where the world can be reached, without following anybody.

The name is resolved once, every address it stands for is judged, and the connection is made to the
very address that was judged: a name that answers otherwise the second time leads nowhere. Of the
answer only the first line is read, within one span of time from beginning to end, so a receiver
that drips holds nobody up. 2xx is taken, 410 ends it, anything else fails: a redirect too.
"""

import socket
import ssl
from time import monotonic
from typing import Final
from urllib.parse import SplitResult

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from openhall.glossary import Said
from openhall.outbox.carriers import Parcel
from openhall.outbox.refusals import NotCarried
from openhall.outbox.rules.reach import BAD, PORTS, fault_of_addresses, parts_of
from openhall.outbox.rules.webhook_signature import headers

PATIENCE: Final = 8.0  # seconds from the first packet to the first line of the answer
FIRST_LINE: Final = 1024
GONE: Final = 410


class Webhook:
    """Posts one message to the address of a webhook."""

    def carry(self, parcel: Parcel) -> str:
        secret = import_string(settings.WEBHOOK_SECRETS)(parcel.about)
        if not secret:
            raise NotCarried("这个推送已经停止。", for_good=True)
        body = parcel.words.encode()
        signed = headers(secret, parcel.number, int(timezone.now().timestamp()), body)
        status = post(parcel.to, signed, body)
        if 200 <= status < 300:
            return f"接收方已接收（HTTP {status}）"
        if 300 <= status < 400:
            raise NotCarried(f"接收方要求转到别处（HTTP {status}），推送不跟随跳转。")
        raise NotCarried(f"接收方没有接收（HTTP {status}）", for_good=status == GONE)


def fault_of_receiver(url: str) -> Said | None:
    """What is wrong with ``url`` as a receiver, as its name resolves now; None if nothing."""
    parts = parts_of(url)
    if parts is None:
        return BAD
    try:
        found = _addresses(parts)
    except OSError:
        return Said(
            "找不到这个推送地址的主机。请核对域名。",
            "There is no host of this name. Check the address.",
        )
    return fault_of_addresses(parts.scheme, found, settings.WEBHOOK_NETWORKS)


def _addresses(parts: SplitResult) -> list[str]:
    port = parts.port or PORTS[parts.scheme]
    try:
        found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    except UnicodeError as error:  # a label too long for a name
        raise OSError(str(error)) from error
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def post(url: str, more: dict[str, str], body: bytes, patience: float = PATIENCE) -> int:
    """The status with which ``url`` answers. Raises :class:`NotCarried` with the reason."""
    parts, until = parts_of(url), monotonic() + patience
    if parts is None:
        raise NotCarried(BAD.zh, for_good=True)
    try:
        found = _addresses(parts)
        if fault := fault_of_addresses(parts.scheme, found, settings.WEBHOOK_NETWORKS):
            raise NotCarried(fault.zh)
        port = parts.port or PORTS[parts.scheme]
        with socket.create_connection((found[0], port), _left(until)) as plain:
            wire = _secured(plain, parts) if parts.scheme == "https" else plain
            wire.settimeout(_left(until))
            wire.sendall(_request(parts, more, body))
            return _status(wire, until)
    except OSError as error:
        raise NotCarried(f"接收方没有应答：{type(error).__name__}") from error


def _left(until: float) -> float:
    left = until - monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _secured(plain: socket.socket, parts: SplitResult) -> socket.socket:
    return ssl.create_default_context().wrap_socket(plain, server_hostname=parts.hostname)


def _request(parts: SplitResult, more: dict[str, str], body: bytes) -> bytes:
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    said = {
        "Host": parts.netloc,
        "User-Agent": "OpenHall-Webhooks/1",
        "Content-Type": "application/json",
        "Content-Length": str(len(body)),
        "Connection": "close",
        **more,
    }
    lines = [f"POST {target} HTTP/1.1", *(f"{name}: {word}" for name, word in said.items())]
    return "\r\n".join(lines).encode("ascii") + b"\r\n\r\n" + body


def _status(wire: socket.socket, until: float) -> int:
    read = b""
    while b"\n" not in read:
        wire.settimeout(_left(until))
        more = wire.recv(FIRST_LINE)
        read += more
        if not more or len(read) > FIRST_LINE:
            break
    words = read.split(b"\n", 1)[0].split()
    if len(words) < 2 or not words[0].startswith(b"HTTP/") or len(words[1]) != 3:
        raise NotCarried("接收方的应答不是HTTP。")
    try:
        return int(words[1].decode("ascii"))
    except ValueError as error:
        raise NotCarried("接收方的应答不是HTTP。") from error
