"""What is found: heads, which have names of their own, and passages, found through their head."""

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Final

from openhall.search.rules.folding import clean, fold

NAMES: Final = re.compile("[,，、;；/]")
PLAIN: Final = 1.0


@dataclass(frozen=True)
class Record:
    """One thing people look for.

    ``root`` is the head that a passage belongs to (a head is its own). ``key`` is what the source
    collects anew when it changed. ``names`` are other names, in Chinese or in English. ``at`` is
    the name of its page and what that page is called with. ``level`` is the authority of a law
    (2) down to a ministry's rule (-1); ``weight`` between .6 and 1.6 orders equals. ``number`` is
    that of the document (文号), ``law`` the law's plain name and ``article`` the article's number.
    """

    id: str
    kind: str
    key: str
    root: str
    title: str
    at: tuple[str, ...]
    head: bool = True
    title_en: str = ""
    names: tuple[str, ...] = ()
    body: str = ""
    body_en: str = ""
    unit: str = ""
    units: tuple[str, str] = ("", "")  # its name in both languages
    day: date | None = None
    level: int = 0
    weight: float = PLAIN
    number: str = ""
    law: str = ""
    article: int = 0
    note: tuple[str, str] = ("", "")
    more: int = 0  # so many others are told on the same page
    closed: tuple[str, str] = ("", "")  # how it stands, where it cannot be applied for now

    @cached_property
    def folded(self) -> "Folded":
        """What the re-rank compares with."""
        titles = [clean(fold(name)) for name in (self.title, *self.names)]
        english = [self.title_en, *(name for name in self.names if name.isascii())]
        return Folded(
            tuple(dict.fromkeys(one for one in titles if one)),
            clean(fold(self.body)),
            tuple(one.lower() for one in english if one),
            self.body_en.lower(),
        )


@dataclass(frozen=True, slots=True)
class Folded:
    """A record's names and text, folded and clean; English in lower case."""

    titles: tuple[str, ...]
    body: str
    english: tuple[str, ...] = ()
    body_en: str = ""


@dataclass(slots=True)
class Candidate:
    """A record that an engine found: its number there, its score, and what the re-rank says."""

    n: int
    score: float
    head: bool = True
    folded: Folded | None = None
    level: int = 0
    weight: float = PLAIN
    root: str = ""
    kind: str = ""
    fits: float = 0.0
    id: str = ""
    pinned: str = ""
    parts: dict[str, float] = field(default_factory=dict)


def names_in(told: str) -> tuple[str, ...]:
    """Popular names as editors write them: apart by commas."""
    return tuple(dict.fromkeys(name.strip() for name in NAMES.split(told) if name.strip()))
