"""Whole numbers, months and days as people and programs write them."""

import re
from datetime import date
from typing import Final

MOST: Final = 10**18 - 1  # fits the column of every database; more is no number of ours
FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2199  # so that the month after and the year after are dates too

_DIGITS: Final = re.compile(r"[0-9]+")
_MONTH: Final = re.compile(r"([0-9]{4})-([0-9]{2})")
_DAY: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


def digits(text: str, count: int | None = None) -> bool:
    """Whether ``text`` is nothing but the digits 0 to 9 (``count`` of them, if one is given)."""
    return bool(_DIGITS.fullmatch(text)) and count in (None, len(text))


def whole(text: object, most: int = MOST) -> int | None:
    """The whole number ``text`` writes in the digits 0 to 9, at most ``most``; else None."""
    said = str(text)
    if len(said) > 18 or not digits(said):  # so many digits are not even counted
        return None
    number = int(said)
    return number if number <= most else None


def whole_or(other: int, text: object, most: int = MOST) -> int:
    """The whole number ``text`` writes, or ``other``."""
    return other if (number := whole(text, most)) is None else number


def month(text: object) -> date | None:
    """The first day of the month written 2003-05; None when no month is written so."""
    return _date(_MONTH.fullmatch(str(text)), ("1",))


def day(text: object) -> date | None:
    """The day written 2003-05-26; None when no day is written so."""
    return _date(_DAY.fullmatch(str(text)), ())


def _date(found: re.Match[str] | None, more: tuple[str, ...]) -> date | None:
    if found is None:
        return None
    try:
        read = date(*map(int, (*found.groups(), *more)))
    except ValueError:
        return None
    return read if FIRST_YEAR <= read.year <= LAST_YEAR else None
