"""The rules of the search as a dated version: begun, saved, sent, published. 0022."""

from datetime import date
from typing import Any

from openhall.deeds.doing import Doing
from openhall.deeds.models import Deed
from openhall.search.kept import CITY, shipped
from openhall.search.kinds import RULES
from openhall.search.models import SearchRules
from openhall.search.ruling import rules_in_force
from openhall.versions import actions as versions


def begin(doing: Doing) -> SearchRules:
    """A draft: a copy of what is in force, or of the words that came with the programme."""
    before = rules_in_force(doing.day)

    def fill(version: Any) -> None:
        if before is None:
            for name, rows in shipped().items():
                setattr(version, name, rows)

    version: SearchRules = versions.begin(RULES, CITY, doing, fill, source=before)
    return version


def keep_draft(pk: int, rows: dict[str, list[dict[str, Any]]], doing: Doing) -> SearchRules:
    """Keep the draft with these words, boosts and pins. ``doing.seen`` is its revision."""

    def change(version: Any) -> None:
        for name in ("words", "boosts", "pins"):
            setattr(version, name, rows[name])

    version: SearchRules = versions.save(RULES, pk, doing, change)
    return version


def send(pk: int, doing: Doing) -> Deed:
    return versions.send(RULES, pk, doing)


def send_back(pk: int, reason: str, doing: Doing) -> Deed:
    return versions.send_back(RULES, pk, reason, doing)


def publish(pk: int, first_day: date, note: str, doing: Doing) -> Deed:
    return versions.publish(RULES, pk, first_day, doing, note)


def drop(pk: int, reason: str, doing: Doing) -> Deed:
    return versions.drop(RULES, pk, reason, doing)


def end(pk: int, last_day: date, reason: str, doing: Doing) -> Deed:
    """The version ends; the words that came with the programme are in force again."""
    return versions.end(RULES, pk, last_day, reason, doing)
