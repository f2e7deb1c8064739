"""Invented people and companies whose numbers pass every check, and belong to nobody."""

from datetime import date, timedelta
from random import Random
from typing import Final

from openhall.demo.data import told
from openhall.organs.rules.identity import CREDIT_SIGNS, credit_check_sign, resident_check_digit

NAMES: Final = told("names")
SURNAMES: Final = NAMES["surnames"]
GIVEN, TRADES, STYLES = (NAMES[what].split() for what in ("given", "trades", "styles"))
OUTSIDE: Final = "510199"  # an area code that is not given out


def name(rng: Random) -> str:
    """A person's name."""
    return str(rng.choice(SURNAMES) + rng.choice(GIVEN))


def resident_id(rng: Random) -> str:
    """A resident identity number with its check digit, of an area that does not exist."""
    born = date(1950, 1, 1) + timedelta(days=rng.randrange(20_000))
    first = f"{OUTSIDE}{born:%Y%m%d}{rng.randrange(1000):03d}"
    return first + resident_check_digit(first)


def phone(rng: Random) -> str:
    """A mobile number of a range (154) that is not given out."""
    return f"1549{rng.randrange(10**7):07d}"


def company(rng: Random) -> tuple[str, str]:
    """A company's name and its credit code."""
    said = f"成都{rng.choice(STYLES)}{rng.choice(TRADES)}有限公司"
    first = f"91{OUTSIDE}" + "".join(rng.choice(CREDIT_SIGNS) for _ in range(9))
    return said, first + credit_check_sign(first)
