"""Where a webhook may be sent: out into the world, never back into the house. Pure.

Whoever names an address must not make this machine knock at doors that only it can reach (SSRF):
loopback, private and link-local networks, the metadata of a cloud, and whatever is wrapped into an
IPv6 address. A city lets in its own intranet by naming it.
"""

import re
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final
from urllib.parse import SplitResult, urlsplit

from openhall.glossary import Said

LONGEST: Final = 300
PORTS: Final = {"https": 443, "http": 80}
STRANGE: Final = re.compile(r"[^\x21-\x7e]")  # an address is plain ASCII without blanks
# Networks that carry another address inside: what would be reached is the inner one.
WRAPPING: Final = tuple(
    IPv6Network(one) for one in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")
)
BAD: Final = Said(
    "推送地址应形如 https://example.org/in，只含英文字母、数字和符号，不含账号和#，不超过300个字符。",
    "A webhook goes to an address such as https://example.org/in: plain letters, no account and "
    "no # in it, at most 300 signs.",
)
INSIDE: Final = Said(
    "推送地址在内部网络，不能推送。请使用公开可达的地址；政务外网的网段由运维人员登记。",
    "The address lies within a private network, so nothing is sent there. Use one that the world "
    "can reach; the operator names the networks of the city's own intranet.",
)
PLAIN: Final = Said("推送必须使用 https。", "Webhooks are sent over https only.")


def parts_of(url: str) -> SplitResult | None:
    """The address taken apart; None where it is none that a webhook could have."""
    if len(url) > LONGEST or STRANGE.search(url):
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    sound = (
        parts.scheme in PORTS
        and parts.hostname
        and "@" not in parts.netloc
        and not parts.fragment
        and "\\" not in url
        and port != 0
    )
    return parts if sound else None


def fault_of_url(url: str) -> Said | None:
    """What is wrong with ``url`` as it is written; None if nothing."""
    return BAD if parts_of(url) is None else None


def host_of(url: str) -> str:
    """Scheme and host, as lists may show an address: what follows may hold a secret."""
    parts = parts_of(url)
    return f"{parts.scheme}://{parts.hostname}/…" if parts else "—"


def fault_of_addresses(
    scheme: str,
    found: Sequence[str],
    allowed: Sequence[IPv4Network | IPv6Network] = (),
) -> Said | None:
    """Whether a webhook may go to a name that stands for ``found``; every one must be fit."""
    inside = [_declared(ip_address(one.partition("%")[0]), allowed) for one in found]
    if not found:
        return INSIDE
    for text, is_declared in zip(found, inside, strict=True):
        if not is_declared and not is_public(text):
            return INSIDE
    return None if scheme == "https" or all(inside) else PLAIN


def is_public(text: str) -> bool:
    """Whether ``text`` is an address of the world at large."""
    address = ip_address(text.partition("%")[0])
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(str(address.ipv4_mapped))
        if any(address in one for one in WRAPPING):
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _declared(
    address: IPv4Address | IPv6Address, allowed: Sequence[IPv4Network | IPv6Network]
) -> bool:
    return any(address in one for one in allowed if one.version == address.version)
