"""From which network a request comes, where proxies stand in between.

Anybody may write ``X-Forwarded-For``: a line of it counts only as far as a declared proxy wrote it.
"""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Network = IPv4Network | IPv6Network
Address = IPv4Address | IPv6Address


def address_of(text: str) -> Address | None:
    """The address in ``text`` as proxies write it: with a port, in brackets, mapped into IPv6."""
    bare = text.strip()
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        found = ip_address(bare.partition("%")[0])
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def declared(address: Address | None, proxies: Sequence[Network]) -> bool:
    """Whether one of our own proxies stands at ``address``."""
    return address is not None and any(
        address in one for one in proxies if one.version == address.version
    )


def client_of(peer: str, forwarded: str, proxies: Sequence[Network], most: int) -> str:
    """The address of who asks: the first, from our side, that is no declared proxy.

    ``peer`` is who opened the connection; ``forwarded`` the line ``X-Forwarded-For``; ``most`` the
    number of proxies that stand between us and the world. With none, or where the peer is none of
    them, the line is a stranger's word and is not read.
    """
    here = address_of(peer)
    hops = [one for one in forwarded.split(",") if one.strip()]
    for _hop in range(most):
        if not declared(here, proxies) or not hops:
            break
        before = address_of(hops.pop())
        if before is None:
            break  # the proxy did not know: the last that is known counts
        here = before
    return str(here) if here is not None else ""


def network_of(address: str) -> str:
    """What counts as one network: an IPv4 address, the /64 of an IPv6 address.

    A household or a telephone is given a whole /64 and may change its address within at will.
    """
    found = address_of(address)
    if found is None:
        return "unknown"
    if isinstance(found, IPv4Address):
        return str(found)
    return str(ip_network(f"{found}/64", strict=False).network_address) + "/64"
