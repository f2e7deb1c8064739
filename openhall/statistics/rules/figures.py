"""What is made of the counted sums: rates and averages, or nothing where nothing was counted."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

HUNDRED: Final = 100
PLACES: Final = Decimal("0.01")
AT_LEAST: Final = 10  # cases; no claim of speed is drawn from a handful


@dataclass(frozen=True, slots=True)
class Reading:
    """What was counted: ``part`` of ``whole``. Whatever counts reads so: figures, targets, boards.

    ``percent`` is rounded half up, as it is printed everywhere.
    """

    part: int
    whole: int

    @property
    def percent(self) -> Decimal | None:
        """None where there was nothing to count."""
        if not self.whole:
            return None
        return (Decimal(self.part * HUNDRED) / self.whole).quantize(PLACES, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Sums:
    """Counts of one unit, or of the city, in one month or over several.

    ``days`` is the sum of working days used by ``closed`` cases, ``score`` of all ratings.
    """

    received: int = 0
    accepted: int = 0
    closed: int = 0
    on_time: int = 0
    days: int = 0
    rated: int = 0
    satisfied: int = 0
    score: int = 0

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(*(getattr(self, n) + getattr(other, n) for n in self.__slots__))

    @property
    def late(self) -> int:
        """Closed after the promised limit."""
        return self.closed - self.on_time

    @property
    def on_time_rate(self) -> float | None:
        """Closed within the promise ÷ closed; None where nothing was closed."""
        return self.on_time / self.closed if self.closed else None

    @property
    def average_days(self) -> float | None:
        """Working days used ÷ closed, noticed suspensions left out."""
        return round(self.days / self.closed, 1) if self.closed else None

    @property
    def satisfied_rate(self) -> float | None:
        """Score 3 and above ÷ rated. Silence is never counted as satisfied (norms 4.5)."""
        return self.satisfied / self.rated if self.rated else None


def month_after(month: date) -> date:
    """The first day of the month after ``month`` (itself a first day)."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def months_back(month: date, count: int) -> list[date]:
    """The first days of ``count`` months ending with ``month``, oldest first."""
    index = month.year * 12 + month.month - 1
    return [date(n // 12, n % 12 + 1, 1) for n in range(index - count + 1, index + 1)]


FREEZE_AFTER: Final = 5  # days of the next month


def month_shown(day: date) -> date:
    """The first day of the month that is shown on ``day`` where nobody chose one: one that has
    hardly begun says nothing, so until its figures are published the last one."""
    return months_back(day, 1 if day.day > FREEZE_AFTER else 2)[0]


@dataclass(frozen=True, slots=True)
class Spread:
    """How long cases really took, in working days."""

    cases: int
    median: int
    ninth: int  # nine of ten took no longer


def spread(tally: list[tuple[int, int]]) -> Spread | None:
    """Median and 90th percentile of ``(days, cases)`` in ascending order; None below 10 cases.

    Both are days that a case really took (nearest rank), never an average of two.
    """
    total = sum(cases for _days, cases in tally)
    if total < AT_LEAST:
        return None

    def rank(share: float) -> int:
        wanted, seen = -(-total * int(share * 100) // 100), 0
        for days, cases in tally:
            seen += cases
            if seen >= wanted:
                return days
        raise AssertionError("the tally sums to its total")

    return Spread(total, rank(0.5), rank(0.9))
