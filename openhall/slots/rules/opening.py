"""The slots that a day offers by the hours of a calendar, and how one day may differ."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from openhall.hours.rules.week import Span, on_day

LENGTHS: Final = (5, 10, 15, 20, 30, 60)


class SlotOfDay(NamedTuple):
    """One slot of a day, in minutes."""

    start: int
    end: int
    seats: int


@dataclass(frozen=True, slots=True)
class Change:
    """How one day differs: ``kind`` is a code of ``DayChange``."""

    kind: str
    start: int
    end: int
    seats: int = 0


def slots_of(
    day: date,
    openings: Iterable[Span],
    length: int,
    *,
    works: bool,
    changes: Iterable[Change] = (),
) -> list[SlotOfDay]:
    """The slots that ``day`` offers; ``works``: whether it is a working day.

    A change is the last word: a closing takes slots away, fewer seats lessen them, more hours add.
    """
    named = on_day(day, openings, works=works)
    found: dict[int, SlotOfDay] = {}
    changed = list(changes)
    more = [(one.start, one.end, one.seats) for one in changed if one.kind == "extra"]
    for start, end, seats in [*((one.start, one.end, one.seats) for one in named), *more]:
        for at in range(start, end - length + 1, length):
            if not any(at < one.end and one.start < at + length for one in found.values()):
                found[at] = SlotOfDay(at, at + length, seats)
    for change in changed:
        for at, slot in list(found.items()):
            if not (slot.start < change.end and change.start < slot.end):
                continue
            if change.kind == "closed":
                del found[at]
            elif change.kind == "fewer":
                found[at] = slot._replace(seats=min(slot.seats, change.seats))
    return [found[at] for at in sorted(found) if found[at].seats > 0]
