"""Rules of rating by the day of the service: periods, limits, points; dated, with their basis.

国办发〔2019〕51号 names the steps and leaves their days to each place; places differ (norms 4.5). A
service is rated, and a bad rating handled, by the pack of the day on which it was given.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class RatingPack:
    """Working days from the rating, unless said otherwise. ``rate_days``: None, no last day."""

    code: str
    basis: str
    effective_from: date
    effective_until: date | None
    rate_days: int | None  # after the service was given
    assign_days: int  # the unit names who verifies
    verify_days: int
    simple_days: int  # put right and fed back
    complex_days: int
    objection_days: int
    revisit_days: int  # after it was fed back
    points: Mapping[int, int]  # of the five levels


NATIONAL_2019: Final = RatingPack(
    code="national-2019-51",
    basis="国办发〔2019〕51号",
    effective_from=date(2019, 12, 3),
    effective_until=date(2026, 6, 30),
    rate_days=None,
    assign_days=1,
    verify_days=3,
    simple_days=5,
    complex_days=15,
    objection_days=5,
    revisit_days=10,
    points=MappingProxyType({5: 10, 4: 8, 3: 6, 2: 3, 1: 0}),
)
LOCAL_2026: Final = RatingPack(
    code="local-2026",
    basis="国办发〔2019〕51号，本市实施规则（示例，施行前须换成本市文件）",
    effective_from=date(2026, 7, 1),
    effective_until=None,
    rate_days=30,
    assign_days=1,
    verify_days=2,
    simple_days=3,
    complex_days=10,
    objection_days=3,
    revisit_days=5,
    points=MappingProxyType({5: 10, 4: 8, 3: 6, 2: 2, 1: 0}),
)
PACKS: Final = (NATIONAL_2019, LOCAL_2026)


def pack_on(day: date) -> RatingPack:
    """The pack in force on ``day``; for a service given before the first one, the first."""
    for pack in reversed(PACKS):
        if pack.effective_from <= day:
            return pack
    return PACKS[0]


def pack_called(code: str) -> RatingPack:
    """The pack a rating was given under."""
    return next((pack for pack in PACKS if pack.code == code), PACKS[0])
