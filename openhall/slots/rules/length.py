"""How long a visit takes, and which of a day's times have room for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Purpose:
    """What one comes for: ``minutes`` for one person, ``each`` more for each further one.

    ``items`` are the codes of the matters it serves; ``unit`` whose matter it is, where the
    calendar is shared by several. ``identity``: whether an identity number is asked.
    """

    code: str
    title: str
    title_en: str
    minutes: int
    each: int = 0
    persons: int = 1
    items: tuple[str, ...] = ()
    unit: str = ""
    identity: bool = False

    @property
    def name(self) -> str:
        return self.title

    @property
    def name_en(self) -> str:
        return self.title_en

    def minutes_for(self, persons: int) -> int:
        """For a visit of ``persons`` people."""
        return self.minutes + self.each * (persons - 1)


class Free(NamedTuple):
    """A slot with the seats that nobody has; times are minutes on one line of time."""

    slot: int
    start: int
    end: int
    seats: int


def slots_needed(minutes: int, length: int) -> int:
    """How many slots of ``length`` minutes a visit of ``minutes`` fills."""
    return max(1, -(-minutes // length))


def runs(slots: Iterable[Free], many: int) -> list[tuple[Free, ...]]:
    """Every row of ``many`` slots, each beginning where the one before ends, with a free seat."""
    found: list[tuple[Free, ...]] = []
    row: list[Free] = []
    for slot in sorted(slots, key=lambda one: one.start):
        if slot.seats < 1:
            row = []
            continue
        if row and row[-1].end != slot.start:
            row = []
        row.append(slot)
        if len(row) >= many:
            found.append(tuple(row[-many:]))
    return found
