"""The reviewing organ and the court of one organ: what the city entered, else what the law says.

``OPENHALL_COURTS`` names a JSON file of the city: by code of the division, the court in both
languages and its source (the document that gives it its jurisdiction). 行政诉讼法 14, 15, 18.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from openhall.glossary import Said
from openhall.organs.models import Organ
from openhall.organs.rules.remedies import GOVERNMENTS, court_by_rule, remedy, reviewed_by


@dataclass(frozen=True, slots=True)
class Court:
    """A court with jurisdiction over the acts of a division's organs, and where that is said."""

    name: Said
    source: str


@lru_cache(maxsize=4)
def courts(file: str) -> Mapping[str, Court]:
    """The courts of the city by division; a court without its source stops the start."""
    if not file:
        return {}
    read = json.loads(Path(file).read_text(encoding="utf-8"))
    found = {}
    for code, told in read.items():
        if not all(str(told.get(name, "")).strip() for name in ("zh", "en", "source")):
            raise ValueError(f"{file}: {code}: a court has zh, en and its source.")
        found[code] = Court(Said(told["zh"], told["en"]), told["source"])
    return found


def court_entered(organ: Organ) -> Court | None:
    """The court that the city entered for the division ``organ`` sits in."""
    return courts(str(settings.COURTS)).get(organ.division_code)


def court_of(organ: Organ) -> Said:
    """Before which court a decision of ``organ`` is brought; a government's by rule alone."""
    entered = None if organ.kind in GOVERNMENTS else court_entered(organ)
    return court_by_rule(organ.kind) if entered is None else entered.name


def reviewer_of(organ: Organ) -> Said:
    """Who reviews a decision of ``organ``."""
    parent = organ.parent
    government = Said(parent.name, parent.name_en) if parent is not None else None
    return reviewed_by(organ.name, government)


def remedy_of(organ: Organ) -> str:
    """The sentence on remedies in a decision of ``organ``."""
    return remedy(reviewer_of(organ), court_of(organ)).zh
