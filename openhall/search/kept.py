"""What staff keep that a search reads: the rules in force, and the questions they confirmed."""

import json
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from django.db.models import Max

from openhall.search.models import AnswerSaid, SearchRules
from openhall.search.rules.asking import NOTHING_KEPT, Kept, Memory
from openhall.search.rules.everyday import Rules, rules_from
from openhall.search.terms import AnswerState
from openhall.versions.queries import in_force

SEEDS: Final = Path(__file__).parent / "seeds"
CITY: Final = {"scope": "city"}


@lru_cache(maxsize=1)
def shipped() -> dict[str, list[dict[str, Any]]]:
    """The everyday words that come with the programme: in force until staff publish their own."""
    words = json.loads((SEEDS / "words.json").read_text(encoding="utf-8"))
    return {"words": words, "boosts": [], "pins": []}


def rules_on(day: date) -> Rules:
    """The rules in force on ``day``."""
    version = in_force(SearchRules, day, **CITY)
    if version is None:
        return rules_from(**shipped(), day=day)
    return rules_of(version, day)


def rules_of(version: SearchRules, day: date) -> Rules:
    """The rules as ``version`` has them."""
    return rules_from(version.words, version.boosts, version.pins, day)


_memory: tuple[Any, Memory] = (None, NOTHING_KEPT)


def memory() -> Memory:
    """What staff confirmed as answers; read again when they confirm another."""
    global _memory
    rows = AnswerSaid.objects.filter(state=AnswerState.CONFIRMED.value).exclude(record="")
    stamp = rows.aggregate(last=Max("settled_at"))["last"]
    if stamp != _memory[0]:
        told: dict[str, list[AnswerSaid]] = {}
        for row in rows:
            told.setdefault(row.query, []).append(row)
        kept = [
            Kept(query, tuple(one.record for one in its), tuple(one.root for one in its))
            for query, its in told.items()
        ]
        _memory = (stamp, Memory(kept))
    return _memory[1]
