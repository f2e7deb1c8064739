"""Every page for everybody that can be reached from the first one: to make them all beforehand."""

import re
from collections import deque
from collections.abc import Iterator
from html import unescape
from typing import Final
from urllib.parse import parse_qsl

from openhall.press.actions import press
from openhall.press.actions.making import Made
from openhall.press.context import kind_at
from openhall.press.rules.kinds import tidy

LINK: Final = re.compile(rb'href="(/[^"#]*)')
STARTS: Final = ("/", "/en/")


def _address(link: str) -> str:
    """The address of a link where it is one that is stored; else empty."""
    path, _mark, query = link.partition("?")
    kind = kind_at(path)
    if kind is None or not link.isascii():
        return ""
    sent = parse_qsl(query, keep_blank_values=True)
    known = kind.known(sent)
    return tidy(path, known) if len(known) == len(sent) else ""


def crawl(most: int, kinds: int = 0) -> Iterator[tuple[str, Made]]:
    """Make page after page, at most ``most``, and of each kind at most ``kinds`` (0: all)."""
    waiting, seen = deque(STARTS), set(STARTS)
    counted: dict[str, int] = {}
    made = 0
    while waiting and made < most:
        address = waiting.popleft()
        kind = kind_at(address)
        route = f"{kind.route if kind else ''} {address.startswith('/en/')}"
        if kinds and counted.get(route, 0) >= kinds:
            continue
        counted[route] = counted.get(route, 0) + 1
        found = press(address)
        made += 1
        yield address, found
        for link in LINK.findall(found.body):
            there = _address(unescape(link.decode()))
            if there and there not in seen:
                seen.add(there)
                waiting.append(there)
