"""Where each unit's limit lies inside the common one, in thousandths of the drawing's width."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

WIDTH: Final = 1000


@dataclass(frozen=True, slots=True)
class Span:
    """One unit's days: from acceptance to its due day, when it spoke and when it decided."""

    since: date
    due: date
    spoke: date | None = None
    decided: date | None = None


@dataclass(frozen=True, slots=True)
class Lane:
    """The same as places along the drawing; None where it has not happened."""

    due: int
    common: int
    spoke: int | None
    decided: int | None
    late: bool


def place(day: date, first: date, last: date) -> int:
    """Where ``day`` lies between ``first`` and ``last``; what lies outside stands at the edge."""
    whole = max(1, (last - first).days)
    return max(0, min(WIDTH, round((day - first).days * WIDTH / whole)))


def drawn(
    first: date, last: date, common: date, spans: Sequence[Span], today: date
) -> tuple[list[Lane], int | None]:
    """A lane a unit, and where today lies; None when today is past the drawing."""
    lanes = [
        Lane(
            place(span.due, first, last),
            place(common, first, last),
            None if span.spoke is None else place(span.spoke, first, last),
            None if span.decided is None else place(span.decided, first, last),
            (span.decided or today) > span.due,
        )
        for span in spans
    ]
    return lanes, place(today, first, last) if first <= today <= last else None
