"""Days, months, years and hours: as people type them, as they are kept, and their limits."""

import re
from datetime import date, time
from typing import Any, Final

from openhall.forms.rules.definition import Field
from openhall.forms.rules.wrong import Wrong
from openhall.paging.days import day_of
from openhall.paging.typed import narrow
from openhall.paging.whole import whole

EARLIEST: Final = date(1850, 1, 1)


def limit_day(limit: str, today: date) -> date | None:
    return today if limit == "today" else day_of(limit)


def day(field: Field, typed: Any, today: date) -> str:
    value = day_of(typed)
    if value is None or value < EARLIEST:
        raise Wrong("请填写日期，如2003-05-26。", "Write a date, such as 2003-05-26.")
    least, most = limit_day(field.minimum, today), limit_day(field.maximum, today)
    if least and value < least:
        raise Wrong(f"日期不能早于{least:%Y-%m-%d}。", f"The date cannot be before {least}.")
    if most and value > most:
        raise Wrong(f"日期不能晚于{most:%Y-%m-%d}。", f"The date cannot be after {most}.")
    return value.isoformat()


def month_of(typed: Any) -> str | None:
    """A month as it is kept, ``2003-05``: typed so, as 2003/5, 2003年5月, 200305, 05/2003."""
    said = narrow(typed).replace(" ", "")
    found = re.fullmatch(r"([0-9]{4})[-/.年]?([0-9]{1,2})月?", said)
    if found is None and (turned := re.fullmatch(r"([0-9]{1,2})[-/.]([0-9]{4})", said)):
        year, month = turned[2], turned[1]
    elif found is not None:
        year, month = found[1], found[2]
    else:
        return None
    if not (EARLIEST.year <= int(year) and 1 <= int(month) <= 12):
        return None
    return f"{year}-{int(month):02d}"


def limit_month(limit: str, today: date) -> str | None:
    if limit == "today":
        return f"{today:%Y-%m}"
    whole_day = day_of(limit)
    return f"{whole_day:%Y-%m}" if whole_day else month_of(limit)


def month(field: Field, typed: Any, today: date) -> str:
    value = month_of(typed)
    if value is None:
        raise Wrong("请填写年月，如2003-05。", "Write a year and month, such as 2003-05.")
    least, most = limit_month(field.minimum, today), limit_month(field.maximum, today)
    if least and value < least:
        raise Wrong(f"不能早于{least}。", f"It cannot be before {least}.")
    if most and value > most:
        raise Wrong(f"不能晚于{most}。", f"It cannot be after {most}.")
    return value


def limit_year(limit: str, today: date) -> int | None:
    if limit == "today":
        return today.year
    whole_day = day_of(limit)
    return whole_day.year if whole_day else whole(limit, 9999)


def year(field: Field, typed: Any, today: date) -> str:
    said = narrow(typed).removesuffix("年")
    if not re.fullmatch(r"[12][0-9]{3}", said):
        raise Wrong("请填写4位数字的年份，如2003。", "Write a year of four digits, such as 2003.")
    least, most = limit_year(field.minimum, today), limit_year(field.maximum, today)
    if least and int(said) < least:
        raise Wrong(f"不能早于{least}年。", f"It cannot be before {least}.")
    if most and int(said) > most:
        raise Wrong(f"不能晚于{most}年。", f"It cannot be after {most}.")
    return said


def time_of(typed: Any) -> str | None:
    """An hour as it is kept, ``09:30``: typed so, as 9:30, 9点30分, 09:30:00."""
    said = narrow(typed).replace(" ", "")
    found = re.fullmatch(
        r"([0-9]{1,2})(?::|点|时)(?:([0-9]{1,2})分?)?(?::[0-9]{2}(?:\.0+)?)?", said
    )
    if found is None:
        return None
    try:
        return f"{time(int(found[1]), int(found[2] or 0)):%H:%M}"
    except ValueError:
        return None


def hour(field: Field, typed: Any) -> str:
    value = time_of(typed)
    if value is None:
        raise Wrong("请填写时间，如09:30。", "Write a time, such as 09:30.")
    least, most = time_of(field.minimum), time_of(field.maximum)
    if least and value < least:
        raise Wrong(f"时间不能早于{least}。", f"The time cannot be before {least}.")
    if most and value > most:
        raise Wrong(f"时间不能晚于{most}。", f"The time cannot be after {most}.")
    return value


def moment(field: Field, typed: Any, today: date) -> str:
    """A day and an hour, kept as ``2003-05-26 09:30``."""
    said = narrow(typed).replace("T", " ")
    first, _blank, second = said.partition(" ")
    on, at = day_of(first), time_of(second)
    if on is None or at is None:
        raise Wrong(
            "请填写日期和时间，如2003-05-26 09:30。",
            "Write a date and a time, such as 2003-05-26 09:30.",
        )
    day(field, first, today)
    return f"{on.isoformat()} {at}"
