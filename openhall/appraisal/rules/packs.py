"""Rules of rating by the day of the service: periods, limits, points; dated, with their basis.

国办发〔2019〕51号 names the steps and leaves their days to each place; places differ (norms 4.5). A
service is rated, a bad rating handled and a rating given its points by the pack of the day on
which the service was given. Days and dates are data (``data/packs.json``).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final

from openhall.glossary import Said

TOP: Final = 10  # points of the best level, in every pack


@dataclass(frozen=True, slots=True)
class RatingPack:
    """Working days from the rating, unless said otherwise. ``rate_days``: None, no last day.

    ``points`` of the five levels, of ``TOP``; ``differs``: what is this pack's own, for readers.
    """

    code: str
    basis: Said
    effective_from: date
    effective_until: date | None
    rate_days: int | None  # after the service was given
    assign_days: int  # the unit names who verifies
    verify_days: int
    simple_days: int  # put right and fed back
    complex_days: int
    objection_days: int
    revisit_days: int  # after it was fed back
    points: Mapping[int, int]
    differs: Said

    @property
    def scale(self) -> str:
        """The points from the best level to the worst."""
        return "/".join(str(self.points[level]) for level in sorted(self.points, reverse=True))


def packs_in(told: list[dict[str, Any]]) -> tuple[RatingPack, ...]:
    """Packs as they are written down; each holds until the day before the next."""
    found: list[RatingPack] = []
    for one in sorted(told, key=lambda one: str(one["effective_from"])):
        since = date.fromisoformat(one["effective_from"])
        if found:
            found[-1] = replace(found[-1], effective_until=since - timedelta(days=1))
        points = MappingProxyType(dict(enumerate(one["points"], start=1)))
        own = {"effective_from": since, "effective_until": None, "points": points}
        said = {name: Said(**one[name]) for name in ("basis", "differs")}
        found.append(RatingPack(**{**one, **own, **said}))
    return tuple(found)


PACKS: Final = packs_in(
    json.loads(files("openhall.appraisal.data").joinpath("packs.json").read_text("utf-8"))
)


def pack_on(day: date, packs: tuple[RatingPack, ...] = PACKS) -> RatingPack:
    """The pack in force on ``day``; for a service given before the first one, the first."""
    return max(
        (one for one in packs if one.effective_from <= day),
        key=lambda one: one.effective_from,
        default=packs[0],
    )


def pack_called(code: str) -> RatingPack:
    """The pack a rating was given under."""
    return next((pack for pack in PACKS if pack.code == code), PACKS[0])
