"""Until when a stuck matter is answered: dated data with its basis."""

from dataclasses import dataclass
from datetime import date
from typing import Final


@dataclass(frozen=True, slots=True)
class StuckLimit:
    """From ``since`` on: so many working days, and after how many fruitless tries it is taken."""

    since: date
    days: int
    tries: int
    basis: str


# 国办发〔2022〕5号 asks for the window and for answers in good time; the days are each city's own.
LIMITS: Final = (StuckLimit(date(2022, 2, 1), 5, 2, "国办发〔2022〕5号"),)


def limit_on(day: date) -> StuckLimit:
    """The limit in force on ``day``; the first one before there was any."""
    held = [one for one in LIMITS if one.since <= day]
    return held[-1] if held else LIMITS[0]
