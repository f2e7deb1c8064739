"""Days and numbers as people write them: in figures, in Chinese numerals, with a weekday.

One reader for forms, lists, notices, terms and published papers. What is no day of the calendar is
none here either; a day without its year is none, because nobody can tell which was meant.
"""

import re
from datetime import date
from typing import Any, Final

from openhall.paging.typed import narrow

DIGITS: Final = dict(
    zip("零〇○一二两三四五六七八九", (0, 0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)
)
ZEROS: Final = "零〇○"
TENS: Final = {"廿": 20, "卅": 30}
PLACES: Final = {"十": 10, "拾": 10, "百": 100, "千": 1000}
DASHES: Final = re.compile(r"[\u2010-\u2015\u2212]+")
WEEKDAY: Final = re.compile(r" ?[(]?(?:星期|周)[一二三四五六日天][)]?$")
MIDNIGHT: Final = re.compile(r"[T ]0{1,2}:00(?::00)?(?:\.0+)?(?:Z|\+08:?00)?$")
IN_FIGURES: Final = re.compile(
    r"([0-9]{4})(?:[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})[日号]?|([0-9]{2})([0-9]{2}))"
)
IN_NUMERALS: Final = re.compile(
    r"([零〇○一二三四五六七八九]{4}|[0-9]{4})年(元|[一二三四五六七八九十]{1,2}|[0-9]{1,2})月"
    r"([一二三四五六七八九十廿卅]{1,3}|[0-9]{1,2})[日号]"
)


def number_of(said: str) -> int | None:
    """A whole number in digits or in Chinese words (三十, 一百二十, 廿五); None if it is none."""
    if re.fullmatch(r"[0-9]+", said):
        return int(said)
    if not any(sign in PLACES or sign in TENS for sign in said):
        read = [DIGITS.get(sign) for sign in said]
        if None in read or (len(read) > 1 and said[0] in ZEROS):
            return None
        if len(read) > 1 and not set(said) & set(ZEROS):
            return None  # 三五年 says three to five, not thirty-five
        return int("".join(str(one) for one in read) or "0")
    total, digit, place = 0, None, 10_000
    for sign in said:
        if sign in ZEROS:
            digit = None
        elif sign in DIGITS:
            if digit is not None:
                return None
            digit = DIGITS[sign]
        elif sign in TENS:
            if digit is not None or place <= 10:
                return None
            total, place = total + TENS[sign], 10
        elif sign in PLACES:
            if PLACES[sign] >= place or (digit is None and total and PLACES[sign] != 10):
                return None
            place = PLACES[sign]
            total, digit = total + (1 if digit is None else digit) * place, None
        else:
            return None
    return total + (digit or 0)


def day_of(typed: Any) -> date | None:
    """A day as it is typed or pasted: 2003-05-26, 20030526, 二〇〇三年五月二十六日."""
    said = DASHES.sub("-", WEEKDAY.sub("", narrow(typed)))
    said = MIDNIGHT.sub("", said)
    said = re.sub(r" ?([-/.年月日号]) ?", r"\1", said)
    if found := IN_FIGURES.fullmatch(said):
        year, month, day, month_close, day_close = found.groups()
        return _date(int(year), int(month or month_close), int(day or day_close))
    if found := IN_NUMERALS.fullmatch(said):
        written = "".join(str(DIGITS.get(sign, sign)) for sign in found[1])
        return _date(
            int(written), 1 if found[2] == "元" else number_of(found[2]), number_of(found[3])
        )
    return None


def _date(year: int, month: int | None, day: int | None) -> date | None:
    try:
        return date(year, month or 0, day or 0)
    except ValueError:
        return None
