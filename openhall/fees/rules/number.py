"""The number of a notice: the bill code the finance bureau gave, and a number without gaps.

Its structure is the finance bureau's; nothing is read out of it here.
"""

import re
from typing import Final

CODE: Final = re.compile(r"[0-9]{8}")
NUMBER: Final = re.compile(r"([0-9]{8})([0-9]{10})")
LAST: Final = 9_999_999_999


def written(code: str, serial: int) -> str:
    """``code`` and the ten digits of ``serial``. Raises ``ValueError`` beyond the last."""
    if not CODE.fullmatch(code) or not 1 <= serial <= LAST:
        raise ValueError(f"No notice has the code {code} and the number {serial}.")
    return f"{code}{serial:010d}"


def apart(number: str) -> tuple[str, str]:
    """The code and the number that a notice prints apart; both empty for what is none."""
    found = NUMBER.fullmatch(number)
    return (found[1], found[2]) if found else ("", "")
