"""Whether a matter can be applied for today: open, out of season, paused or gone. Pure.

A matter that is closed keeps its page, with its state and its day: people who look for it must
not think that it never was.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from openhall.catalogue.terms import ItemState, Openness

LEAP_YEAR: Final = 2000  # so that 02-29 is a day


@dataclass(frozen=True, slots=True)
class Standing:
    """``word`` says it; ``opens_on`` is the first day it may be applied for again, if known."""

    word: Openness
    opens_on: date | None = None
    closes_after: date | None = None  # the last day of the season that runs now

    @property
    def is_open(self) -> bool:
        return self.word == Openness.OPEN


def season_fault(begins: str, ends: str) -> str | None:
    """What is wrong with a season given as MM-DD; None for a good one or none at all."""
    if bool(begins) != bool(ends):
        return "受理季节的起止日期应同时填写,或者都不填(全年受理)。"
    for said in filter(None, (begins, ends)):
        try:
            date.fromisoformat(f"{LEAP_YEAR}-{said}")
        except ValueError:
            return f"“{said}”不是月-日,例如 03-01。"
    return None


def _in_year(year: int, month_day: str) -> date:
    """The day in ``year``; 29 February falls back to the 28th where there is none."""
    try:
        return date.fromisoformat(f"{year}-{month_day}")
    except ValueError:
        return date(year, 2, 28)


def _season(begins: str, ends: str, today: date) -> Standing:
    this = today.year
    spans = [
        (_in_year(year, begins), _in_year(year + (ends < begins), ends))
        for year in (this - 1, this, this + 1)
    ]
    for first, last in spans:
        if first <= today <= last:
            return Standing(Openness.OPEN, closes_after=last)
    return Standing(Openness.OUT_OF_SEASON, min(first for first, _last in spans if first > today))


def standing(
    item_state: str,
    entry_state: str,
    today: date,
    *,
    resumes_on: date | None = None,
    begins: str = "",
    ends: str = "",
) -> Standing:
    """How a matter stands on ``today``; ``begins`` and ``ends`` are its season as MM-DD."""
    states = {item_state, entry_state}
    if ItemState.CANCELLED in states:
        return Standing(Openness.CANCELLED)
    if ItemState.SUSPENDED in states:
        return Standing(Openness.PAUSED, resumes_on)
    if begins and ends and season_fault(begins, ends) is None:
        return _season(begins, ends, today)
    return Standing(Openness.OPEN)
