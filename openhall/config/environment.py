"""Typed readers of the environment that fail loudly.

A deployment is described by environment variables only. A value that cannot be read stops the
start with a sentence that names the variable, what was found and what is wanted; nothing falls
back silently to a default because of a typing error.
"""

import os
import secrets
from contextlib import suppress
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from openhall.outbox.rules.addresses import fault_of_address
from openhall.outbox.terms import Channel

PREFIX = "OPENHALL_"
TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}


def _refuse(name: str, found: str, wanted: str) -> NoReturn:
    raise ImproperlyConfigured(f"{PREFIX}{name} is {found!r}; it must be {wanted}.")


def text(name: str, default: str = "", *, one_of: tuple[str, ...] = ()) -> str:
    value = os.environ.get(PREFIX + name, default).strip()
    if one_of and value not in one_of:
        _refuse(name, value, "one of " + ", ".join(repr(choice) for choice in one_of))
    return value


def flag(name: str, default: bool) -> bool:
    value = os.environ.get(PREFIX + name)
    if value is None:
        return default
    if value.strip().lower() in TRUE:
        return True
    if value.strip().lower() in FALSE:
        return False
    _refuse(name, value, "1 or 0")


def number(name: str, default: int, *, least: int = 0) -> int:
    value = os.environ.get(PREFIX + name)
    if value is None:
        return default
    try:
        found = int(value)
    except ValueError:
        _refuse(name, value, "a whole number")
    if found < least:
        _refuse(name, value, f"at least {least}")
    return found


def proxies(name: str) -> int:
    """How many proxies: a number, or a flag, which is one or none."""
    value = os.environ.get(PREFIX + name, "0").strip().lower()
    if value in TRUE | FALSE:
        return int(value in TRUE)
    return number(name, 0)


def networks(name: str, default: str) -> list[IPv4Network | IPv6Network]:
    """Addresses and networks (``10.0.0.0/8``), apart by commas."""
    found = []
    for word in words(name, default):
        try:
            found.append(ip_network(word))
        except ValueError:
            _refuse(name, word, "addresses or networks such as 10.1.0.0/16, apart by commas")
    return found


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def addresses(name: str) -> list[str]:
    """E-mail addresses and mobile numbers, apart by commas; one that is neither stops the start."""
    found = words(name)
    for one in found:
        if fault_of_address(Channel.EMAIL if "@" in one else Channel.SMS, one):
            _refuse(name, one, "e-mail addresses or 11-digit mobile numbers, apart by commas")
    return found


def secret(name: str, home: Path, *, size: int = 48, first: str = "") -> str:
    """A secret from the environment, or one made at first start and kept in ``home``.

    ``first``: what it begins with, where it must not be a new one.

    The kept file is readable by its owner only. Several web nodes must share the secret, so
    they set the variable; a single node needs to set nothing.
    """
    if value := text(name):
        if len(value) < 32:
            _refuse(name, "*" * len(value), "at least 32 characters")
        return value
    path = home / "secrets" / name.lower()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(handle, "w") as file:
        file.write(first or secrets.token_urlsafe(size))
    return path.read_text().strip()


def name_of_log(name: str, base_url: str, home: Path) -> str:
    """The log's name for ever: from the environment, or the address at which it is published.

    A schema-less URL with its path, as C2SP tlog-checkpoint asks, so that no two logs have one
    name. It is kept beside the key when it is first made: every signature names it, so it must not
    follow a later change of the address.
    """
    if value := text(name):
        if "+" in value or any(sign.isspace() for sign in value):
            _refuse(name, value, "a name without blanks and without +")
        return value
    path = home / "secrets" / name.lower()
    with suppress(FileNotFoundError):
        return path.read_text(encoding="utf-8").strip()
    found = urlsplit(base_url)
    host = found.netloc.rpartition("@")[2] or "openhall"
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.write_text(f"{host}{found.path.rstrip('/')}/ledger\n", encoding="utf-8")
    return path.read_text(encoding="utf-8").strip()
