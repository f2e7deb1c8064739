"""How long an answer may take, as numbers that a version in force brings. 国办秘函〔2019〕19号."""

from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol


@dataclass(frozen=True, slots=True)
class Limits:
    """Working days and counts in force on a day, and the document they rest on."""

    answer_days: int  # of a consultation, from the day after it came
    clarify_days: int  # the asker has to add something
    transfers: int  # from unit to unit; after them the centre names the unit
    call_days: int  # a call for opinions is open at least so long (calendar days)
    report_days: int  # after its last day, until what was done is published
    basis: str


# What a city begins with. Five working days is what the national checks of sites ask of a plain
# question (国办秘函〔2019〕19号; 国办函〔2017〕115号 counts those that waited longer). Thirty days
# are the least of a call for opinions (重大行政决策程序暂行条例 15), seven where it is urgent.
SHIPPED: Final = Limits(
    answer_days=5,
    clarify_days=10,
    transfers=2,
    call_days=30,
    report_days=20,
    basis="国办秘函〔2019〕19号；国务院令第713号第十五条",
)


class Days(Protocol):
    """What the limits ask of the working-day calendar."""

    def workdays_between(self, after: date, until: date) -> int: ...


def in_time(due: date, answered: date) -> bool:
    """An answer on the last day is in time."""
    return answered <= due


def days_over(due: date, today: date, days: Days) -> int:
    """Working days past the limit; 0 within it."""
    return days.workdays_between(due, today) if today > due else 0
