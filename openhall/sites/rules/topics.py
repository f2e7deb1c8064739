"""What somebody can ask to be told of: a site, a column, a guide, a document, a search. Pure."""

import re
from dataclasses import dataclass
from typing import Final

TOPIC: Final = re.compile(
    r"^(?:site:(?P<site>[\w-]{1,40})(?:/(?P<column>\w{1,14}))?"
    r"|guide:(?P<guide>[\w.-]{1,40})"
    r"|policy:(?P<policy>[0-9]{1,17})"
    r"|search:(?P<search>\S(?:.{0,98}\S)?))$"
)
SEARCH: Final = "search"


@dataclass(frozen=True, slots=True)
class Topic:
    """``kind``: site, guide, policy or search; ``about`` names which; ``column`` of a site."""

    kind: str
    about: str
    column: str = ""

    @property
    def public(self) -> str:
        """As the public log says it: what somebody looks for is theirs alone."""
        return SEARCH if self.kind == SEARCH else str(self)

    def __str__(self) -> str:
        return f"{self.kind}:{self.about}" + (f"/{self.column}" if self.column else "")


def topic_of(said: str) -> Topic | None:
    """The topic that ``said`` names; None for what is none."""
    found = TOPIC.match(said)
    if found is None:
        return None
    kind = next(name for name in ("site", "guide", "policy", SEARCH) if found[name])
    return Topic(kind, found[kind], found["column"] or "")
