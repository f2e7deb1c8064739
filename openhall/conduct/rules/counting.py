"""From what was done to deductions: pure. Each names its rule, its day and its source."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from openhall.conduct.rules.packs import ConductPack
from openhall.conduct.terms import SourceKind


@dataclass(frozen=True, slots=True)
class Shift:
    """One shift as it was planned and kept; ``by_management``: signed out by somebody else."""

    key: str
    day: date
    starts: datetime
    ends: datetime
    signed_in: datetime | None
    signed_out: datetime | None
    away_minutes: int
    by_management: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """Something else that a rule names: a case answered late, a bad rating, a finding."""

    rule: str
    day: date
    source: SourceKind
    reference: str


@dataclass(frozen=True, slots=True)
class Deducted:
    """One deduction."""

    rule: str
    points: Decimal
    day: date
    source: SourceKind
    reference: str


def _minutes(since: datetime, until: datetime) -> int:
    return max(0, int((until - since).total_seconds() // 60))


def of_shift(shift: Shift, pack: ConductPack) -> list[str]:
    """The rules that a shift broke. One that was never begun breaks the one of absence alone."""
    if shift.signed_in is None:
        return ["absent"]
    broken = []
    missed = [_minutes(shift.starts, shift.signed_in)]
    if shift.signed_out is None or shift.by_management:
        broken.append("no-sign-out")
    else:
        missed.append(_minutes(shift.signed_out, shift.ends))
    for minutes in missed:
        if minutes:
            broken.append("late" if minutes <= pack.grace_minutes else "later")
    if shift.away_minutes > pack.away_minutes:
        broken.append("away")
    return broken


def deductions(shifts: Iterable[Shift], seen: Iterable[Seen], pack: ConductPack) -> list[Deducted]:
    """Every deduction of a month, in order of day."""
    found = [
        Deducted(rule, pack.rules[rule].points, one.day, SourceKind.DUTY, one.key)
        for one in shifts
        for rule in of_shift(one, pack)
    ]
    found += [
        Deducted(one.rule, pack.rules[one.rule].points, one.day, one.source, one.reference)
        for one in seen
        if one.rule in pack.rules
    ]
    return sorted(found, key=lambda one: (one.day, one.rule, one.reference))


def score(points: Iterable[Decimal], pack: ConductPack) -> Decimal:
    """What is left of the base; there is no floor, so that nothing is hidden beneath it."""
    return pack.base - sum(points, Decimal(0))


def comparable(services: Iterable[int], pack: ConductPack) -> bool:
    """Whether a median of the hall says anything: five people, each with services enough."""
    counts = [one for one in services if one >= pack.few]
    return len(counts) >= 5
