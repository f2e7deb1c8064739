"""Phrases for the words of an act: the unit's own first, then what units usually write."""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from openhall.office.acts import CASE_OFFERS
from openhall.organs.queries import Organ
from openhall.organs.terms import Desk

USUAL = Path(__file__).parent / "usual.toml"


@lru_cache(maxsize=1)
def usual() -> dict[str, list[str]]:
    """What units usually write, by act."""
    told: dict[str, list[str]] = tomllib.loads(USUAL.read_text(encoding="utf-8"))
    return told


def phrases_for(organ: Organ, act: str) -> list[str]:
    """The unit's phrases for ``act`` and the usual ones, each once."""
    return list(dict.fromkeys([*organ.phrases.get(act, []), *usual().get(act, [])]))


def acts_with_words(desk: Desk) -> list[tuple[str, Any]]:
    """The acts of ``desk`` for which there are phrases: code and name."""
    return [
        (one.code, one.act)
        for one in CASE_OFFERS
        if desk in one.desks and one.code in usual() and one.act is not None
    ]
