"""What an owner's key may be given, and what of the log is told under a topic."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from openhall.clients.terms import Scope, Topic

KINDS: Final[Mapping[Topic, tuple[str, ...]]] = MappingProxyType(
    {
        Topic.CASES: ("case",),
        Topic.CATALOGUE: ("list", "item", "item-version", "tariff"),
        Topic.HALLS: ("centre", "opening-hours", "hall"),
        Topic.FIGURES: ("figure", "figures", "score", "target-report", "survey", "inspection"),
        Topic.OVERSIGHT: ("card", "issue", "public-draw"),
    }
)


def scopes_named(words: Iterable[str]) -> tuple[Scope, ...]:
    """The scopes that ``words`` name, each once and in order; what names none is left out."""
    said = set(words)
    return tuple(one for one in Scope if one.value in said)


def kinds_of(topics: Iterable[str]) -> set[str]:
    """The kinds of entries that ``topics`` tell of."""
    return {kind for one in topics if one in Topic.codes() for kind in KINDS[Topic(one)]}
