"""A number of a workbook as its format shows it: a day, a time, a per cent, a code with zeros."""

import re
from datetime import date, datetime, timedelta
from typing import Any, Final

FIRST_DAY: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's days have no zone
FIRST_DAY_1904: Final = datetime(1904, 1, 1)  # noqa: DTZ001
LAST_SERIAL: Final = 2_958_466
BUILT_IN: Final[dict[int, str]] = (
    dict.fromkeys((*range(14, 18), 22, *range(27, 37), *range(50, 59)), "y")
    | dict.fromkeys((*range(18, 22), 45, 46, 47), "h")
    | {9: "0%", 10: "0.00%"}
)
NOT_SHOWN: Final = re.compile(r'"[^"]*"|\\.|\[(?!h+\]|m+\]|s+\])[^\]]*\]|_.|\*.', re.I)


class TooLong(ValueError):
    """A whole number of so many digits that a spreadsheet has already lost the last ones."""


def format_of(number: str, formats: dict[str, str]) -> str:
    """What the format with this number is: ``y`` a day, ``h`` a time alone, else its code."""
    if number.isdecimal() and int(number) in BUILT_IN:
        return BUILT_IN[int(number)]
    code = NOT_SHOWN.sub("", formats.get(number, "")).partition(";")[0].lower()
    if re.search("[yd]", code) or re.fullmatch(r"\W*m+\W*", code):
        return "y"
    if re.search("[hs]", code):
        return "h"
    return code if "%" in code or re.fullmatch("0{2,}", code) else ""


def shown(number: float, code: str, first: datetime) -> Any:
    """The value of a cell: what its format says it is. Raises :class:`TooLong`."""
    whole = number == int(number)
    if code == "y" and 0 <= number < LAST_SERIAL:
        moment = first + timedelta(days=number)
        return moment.date() if whole else moment
    if code == "h" and 0 <= number < LAST_SERIAL:
        minutes, seconds = divmod(round(number * 86_400), 60)
        told = f"{minutes // 60:02d}:{minutes % 60:02d}"
        return f"{told}:{seconds:02d}" if seconds else told
    if "%" in code:
        return f"{round(number * 100, 10):g}%"
    if code and whole and number >= 0:
        return f"{int(number):0{len(code)}d}"
    if whole and abs(number) >= 1e15:
        raise TooLong
    return int(number) if whole else number


def day_of_serial(number: object) -> date | None:
    """The day a spreadsheet's number stands for (46027 is 2026-01-05), of 1950 to 2199."""
    try:
        told = float(str(number))
    except ValueError:
        return None
    if not 18_264 <= told <= 109_574 or told != int(told):  # first: NaN and inf have no int
        return None
    return (FIRST_DAY + timedelta(days=told)).date()
