"""A day written as a pattern says, ``%d/%m/%Y``, as one of our formulas."""

import re
from typing import Final

from openhall.forms.importing.expressions import NotRead

MONTHS: Final = "JanFebMarAprMayJunJulAugSepOctNovDec"
WEEKDAYS: Final = "ThuFriSatSunMonTueWed"  # 1 January 1970 was a Thursday
NUMBERS: Final = {"%Y": "year({})", "%m": "month({})", "%n": "month({})", "%d": "day({})"}
PARTS: Final = {
    "%Y": "part(join({0}), 0, 4)",
    "%y": "part(join({0}), 2, 4)",
    "%m": "part(join({0}), 5, 7)",
    "%n": "join(month({0}))",
    "%d": "part(join({0}), 8, 10)",
    "%e": "join(day({0}))",
    "%H": "part(join({0}), 11, 13)",
    "%M": "part(join({0}), 14, 16)",
    "%b": f"part('{MONTHS}', (month({{0}}) - 1) * 3, month({{0}}) * 3)",
    "%a": f"part('{WEEKDAYS}', (days(date('1970-01-01'), {{0}}) % 7) * 3,"
    " (days(date('1970-01-01'), {0}) % 7) * 3 + 3)",
}


def day_in_words(pattern: str, day: str) -> str:
    """The formula of the day ``day`` written as ``pattern`` says. Raises :class:`NotRead`."""
    if pattern == "%Y-%m-%d":
        return f"join({day})"
    if pattern in NUMBERS:
        return NUMBERS[pattern].format(day)
    told = []
    for one in re.findall(r"%.|[^%]+", pattern):
        if one.startswith("%") and one not in PARTS:
            raise NotRead(one)
        told.append(PARTS[one].format(day) if one in PARTS else repr(one))
    return f"join({', '.join(told)})"
