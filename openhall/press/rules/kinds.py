"""Which public pages are the same for everybody, and what of their address counts.

A page is of the kind that its route names. A route that nobody named is never stored: forgetting
one costs speed and nothing else.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final
from urllib.parse import urlencode


class Archive(StrEnum):
    """What the time machine keeps of a page."""

    EVERY = "every"  # each version that was shown, with its minute
    DAILY = "daily"  # the last one of a day: a figure that moves with every act
    NO = "no"  # nothing: what an erasure must be able to take away, or what the log proves itself


class Turn(StrEnum):
    """When the clock alone changes a page."""

    NEVER = "never"
    DAY = "day"
    MONTH = "month"


KEY: Final = r"[0-9]{1,18}"  # a row from which a list reads on
MONTH: Final = r"[0-9]{4}-(0[1-9]|1[0-2])"
WORD: Final = r"[A-Za-z0-9_-]{1,40}"
PAGES: Final = {"after": KEY, "before": KEY}


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of public page.

    ``queries``: the names that an address may have after "?", each with the pattern of its values;
    every other name is junk and changes nothing. ``debounce``: seconds for which figures that move
    with every act may stand ("as of" is on the page); 0: the page is never old. ``vault``: whether
    making it may open personal data, which it shows masked. ``blind``: tables whose changes it does
    not follow, because what it shows of them is settled by another row (which checkpoint covers an
    entry: the leaf of the entry is followed).
    """

    route: str
    archive: Archive = Archive.EVERY
    turn: Turn = Turn.NEVER
    debounce: int = 0
    queries: Mapping[str, str] = field(default_factory=dict)
    vault: bool = False
    blind: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        for pattern in self.queries.values():
            re.compile(pattern)

    def known(self, sent: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
        """Of the names and values of an address those that count, once each and in order."""
        found: dict[str, str] = {}
        for name, value in sent:
            pattern = self.queries.get(name)
            if pattern is not None and re.fullmatch(pattern, value):
                found[name] = value
        return tuple(sorted(found.items()))


def by_route(kinds: Sequence[Kind]) -> dict[str, Kind]:
    """Each kind by its route; a route named twice is a mistake of ours."""
    found = {one.route: one for one in kinds}
    if len(found) != len(kinds):
        twice = sorted(one.route for one in kinds if kinds.count(one) > 1)
        raise ValueError(f"A route has one kind: {twice}")
    return found


def tidy(path: str, known: Iterable[tuple[str, str]]) -> str:
    """The address of a page with what counts of its query, always in the same order."""
    query = urlencode(list(known))
    return f"{path}?{query}" if query else path
