"""What a formula may call: each function with what it takes and gives."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from openhall.forms.rules.patterns import matches_whole

NUMBER, DATE, TABLE, COLUMN = "number", "date", "table", "column"
TEXT, TRUTH, LIST, ANY = "text", "truth", "list", "any"
Value = Decimal | date | str | bool | Sequence[Any] | None
LONGEST_TEXT: Final = 4000
NUMERIC: Final = re.compile(r"-?[0-9]{1,20}(?:\.[0-9]{0,12})?")
DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2}(?:[ T][0-9:]+)?)?")


class Missing(ValueError):
    """An answer that the formula needs was not given."""


@dataclass(frozen=True, slots=True)
class Function:
    """``takes``: kinds of the arguments, a last one followed by … repeats; ``least`` of them."""

    takes: tuple[Any, ...]
    gives: str
    least: int
    lazy: bool = False  # a missing answer is an argument like any other


def _function(*takes: Any, gives: str, least: int | None = None, lazy: bool = False) -> Function:
    count = len([one for one in takes if one is not ...])
    return Function(takes, gives, count if least is None else least, lazy)


TAKES: Final[dict[str, Function]] = {
    "sum": _function(COLUMN, gives=NUMBER),
    "count": _function(TABLE, gives=NUMBER, lazy=True),
    "min": _function(NUMBER, ..., gives=NUMBER),
    "max": _function(NUMBER, ..., gives=NUMBER),
    "round": _function(NUMBER, NUMBER, gives=NUMBER, least=1),
    "years": _function(DATE, DATE, gives=NUMBER),
    "months": _function(DATE, DATE, gives=NUMBER),
    "days": _function(DATE, DATE, gives=NUMBER),
    "year": _function(DATE, gives=NUMBER),
    "month": _function(DATE, gives=NUMBER),
    "day": _function(DATE, gives=NUMBER),
    "add_days": _function(DATE, NUMBER, gives=DATE),
    "add_months": _function(DATE, NUMBER, gives=DATE),
    "add_years": _function(DATE, NUMBER, gives=DATE),
    "date": _function(ANY, gives=DATE),
    "number": _function(ANY, gives=NUMBER),
    "floor": _function(NUMBER, gives=NUMBER),
    "abs": _function(NUMBER, gives=NUMBER),
    "length": _function(ANY, gives=NUMBER, lazy=True),
    "join": _function(ANY, ..., gives=TEXT, lazy=True),
    "part": _function(TEXT, NUMBER, NUMBER, gives=TEXT, least=2),
    "upper": _function(TEXT, gives=TEXT),
    "lower": _function(TEXT, gives=TEXT),
    "contains": _function(ANY, ANY, gives=TRUTH, lazy=True),
    "starts": _function(ANY, ANY, gives=TRUTH, lazy=True),
    "ends": _function(ANY, ANY, gives=TRUTH, lazy=True),
    "chosen": _function(ANY, TEXT, gives=TRUTH, lazy=True),
    "how_many": _function(ANY, gives=NUMBER, lazy=True),
    "answered": _function(ANY, gives=TRUTH, lazy=True),
    "matches": _function(ANY, TEXT, gives=TRUTH, lazy=True),
    "first": _function(ANY, ANY, ..., gives=ANY, lazy=True),
    "some": _function(TABLE, TEXT, TEXT, ..., gives=TRUTH, lazy=True),
    "every": _function(TABLE, TEXT, TEXT, ..., gives=TRUTH, lazy=True),
    "lowest": _function(ANY, gives=ANY),  # of a column: the least number, the first day
    "highest": _function(ANY, gives=ANY),
    "cell": _function(ANY, NUMBER, gives=ANY),  # of a column, in the row of that number from 1
    "joined": _function(ANY, TEXT, gives=TEXT, least=1, lazy=True),
    "at": _function(LIST, NUMBER, gives=TEXT),  # of several choices, from 0
    "replace": _function(TEXT, TEXT, TEXT, gives=TEXT),
    "trimmed": _function(ANY, gives=TEXT, lazy=True),
    "where": _function(TABLE, TEXT, gives=NUMBER, lazy=True),  # rows of which a formula holds
}


def called(name: str, given: list[Value]) -> Value:
    """The value of the function. Raises :class:`Missing` where it has none."""
    made: Value = BY_NAME[name](*given)
    return made


def text_of_value(value: Value) -> str:
    """A value as it stands in a text: numbers without needless zeros, days as 2003-05-26."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        told = f"{value:f}"
        return told.rstrip("0").rstrip(".") if "." in told else told
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return value
    return " ".join(str(one) for one in value if not isinstance(one, Mapping))


def same(sign: str, left: Value, right: Value) -> bool:
    """A comparison; what is missing equals the empty text and is neither more nor less."""
    if sign in ("==", "!="):
        return _equal(left, right) == (sign == "==")
    pair = _numbers(left, right) or _days(left, right) or _texts(left, right)
    if pair is None:
        return False
    low, high = pair
    return {"<": low < high, "<=": low <= high, ">": low > high, ">=": low >= high}[sign]


def _equal(left: Value, right: Value) -> bool:
    if isinstance(left, list | tuple) or isinstance(right, list | tuple):
        many, one = (left, right) if isinstance(left, list | tuple) else (right, left)
        assert isinstance(many, list | tuple)
        if one in (None, ""):
            return not many
        return [text_of_value(each) for each in many] == [text_of_value(one)]
    if (pair := _numbers(left, right)) is not None:
        return bool(pair[0] == pair[1])
    return text_of_value(left) == text_of_value(right)


def _numbers(left: Value, right: Value) -> tuple[Decimal, Decimal] | None:
    """Both as numbers where one of them is one."""
    if not (isinstance(left, Decimal) or isinstance(right, Decimal)):
        return None
    try:
        pair = decimal_in(left), decimal_in(right)
    except Missing:
        return None
    return pair if all(one.is_finite() for one in pair) else None


def decimal_in(value: Value) -> Decimal:
    """The value as a number. Raises :class:`Missing`."""
    if isinstance(value, Decimal):
        return value
    if isinstance(value, bool):
        return Decimal(int(value))
    told = text_of_value(value)
    if not NUMERIC.fullmatch(told):
        raise Missing
    return Decimal(told)


def _days(left: Value, right: Value) -> tuple[Any, Any] | None:
    if isinstance(left, date) or isinstance(right, date):
        try:
            return date_in(left), date_in(right)
        except Missing:
            return None
    return None


def date_in(value: Value) -> date:
    """The value as a day; a month is its first. Raises :class:`Missing`."""
    if isinstance(value, date):
        return value
    told = text_of_value(value)
    try:
        return date.fromisoformat(told[:10] if len(told) > 7 else f"{told}-01")
    except ValueError:
        raise Missing from None


def _texts(left: Value, right: Value) -> tuple[Any, Any] | None:
    """Numbers as they are kept, or times and days as they are written; never with nothing."""
    if not (isinstance(left, str) and isinstance(right, str) and left and right):
        return None
    if NUMERIC.fullmatch(left) and NUMERIC.fullmatch(right):
        return Decimal(left), Decimal(right)
    return left, right


def is_day(value: Value) -> bool:
    """Whether the value is a day, or an answer that is one."""
    return isinstance(value, date) or (isinstance(value, str) and bool(DAY.fullmatch(value)))


def whole_years(first: date, last: date) -> int:
    """Full years from ``first`` to ``last``, as an age is counted."""
    return last.year - first.year - ((last.month, last.day) < (first.month, first.day))


def _months(first: date, last: date) -> int:
    told = (last.year - first.year) * 12 + last.month - first.month
    return told - (last.day < first.day)


def _add_months(day: date, months: Decimal) -> date:
    """The same day of another month, or its last day where it has none."""
    place = day.year * 12 + day.month - 1 + int(months)
    year, month = divmod(place, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise Missing


def _round(number: Value, places: Value = Decimal(0)) -> Decimal:
    least = Decimal(1).scaleb(-max(0, min(int(decimal_in(places)), 6)))
    return decimal_in(number).quantize(least, "ROUND_HALF_UP")


def _contains(where: Value, what: Value) -> bool:
    if isinstance(where, list | tuple):
        return text_of_value(what) in [text_of_value(one) for one in where]
    told = text_of_value(what)
    return bool(told) and told in text_of_value(where)


def _chosen(where: Value, what: Value) -> bool:
    if isinstance(where, str):
        return where == what
    return _contains(where, what)


def _sum(cells: Value) -> Decimal:
    given = cells if isinstance(cells, list | tuple) else ()
    return sum((decimal_in(one) for one in given if one not in (None, "")), Decimal(0))


def _ordered(cells: Value) -> list[Any]:
    """The numbers or the days of a column, the least first. Raises :class:`Missing`."""
    given = [one for one in (cells if isinstance(cells, list | tuple) else ()) if one]
    read = date_in if given and all(is_day(one) for one in given) else decimal_in
    if not (made := sorted(read(one) for one in given)):
        raise Missing
    return made


def _cell(cells: Value, place: Value) -> Value:
    """What stands in the row of that number; nothing where there is no such row."""
    number = int(decimal_in(place))
    if not isinstance(cells, list | tuple) or not 0 < number <= len(cells):
        raise Missing
    made: Value = cells[number - 1]
    if made in (None, ""):
        raise Missing
    return made


def _at(values: Value, place: Value) -> str:
    number = int(decimal_in(place))
    given = values if isinstance(values, list | tuple) else [values]
    if not 0 <= number < len(given):
        raise Missing
    return text_of_value(given[number])


def _joined(cells: Value, between: Value = " ") -> str:
    given = cells if isinstance(cells, list | tuple) else [cells]
    told = [text_of_value(one) for one in given if one not in (None, "")]
    return text_of_value(between).join(told)[:LONGEST_TEXT]


def _rows(table: Value) -> list[Any]:
    return [one for one in table if isinstance(one, Mapping)] if isinstance(table, list) else []


def _has(row: Mapping[str, Any], column: Value, values: tuple[Value, ...]) -> bool:
    cell = row.get(text_of_value(column))
    given = cell if isinstance(cell, list) else [cell]
    told = {("true" if one is True else str(one)) for one in given if one not in (None, "")}
    return bool(told & {text_of_value(one) for one in values})


def _some(table: Value, column: Value, *values: Value) -> bool:
    return any(_has(row, column, values) for row in _rows(table))


def _every(table: Value, column: Value, *values: Value) -> bool:
    rows = _rows(table)
    return bool(rows) and all(_has(row, column, values) for row in rows)


def _first(*given: Value) -> Value:
    for one in given:
        if one not in (None, ""):
            return one
    raise Missing


def _join(*given: Value) -> str:
    return "".join(text_of_value(one) for one in given)[:LONGEST_TEXT]


def _part(told: Value, start: Value, stop: Value = None) -> str:
    end = int(decimal_in(stop)) if stop is not None else None
    return text_of_value(told)[int(decimal_in(start)) : end]


def _length(value: Value) -> Decimal:
    return Decimal(len(value) if isinstance(value, list | tuple) else len(text_of_value(value)))


def _how_many(value: Value) -> Decimal:
    if isinstance(value, list | tuple):
        return Decimal(len(value))
    return Decimal(0 if value in (None, "") else 1)


BY_NAME: Final[dict[str, Any]] = {
    "sum": _sum,
    "count": lambda table: Decimal(len(table)) if isinstance(table, list | tuple) else Decimal(0),
    "min": lambda *given: min(map(decimal_in, given)),
    "max": lambda *given: max(map(decimal_in, given)),
    "round": _round,
    "years": lambda first, last: Decimal(whole_years(date_in(first), date_in(last))),
    "months": lambda first, last: Decimal(_months(date_in(first), date_in(last))),
    "days": lambda first, last: Decimal((date_in(last) - date_in(first)).days),
    "year": lambda day: Decimal(date_in(day).year),
    "month": lambda day: Decimal(date_in(day).month),
    "day": lambda day: Decimal(date_in(day).day),
    "add_days": lambda day, days: date_in(day) + timedelta(int(decimal_in(days))),
    "add_months": lambda day, months: _add_months(date_in(day), decimal_in(months)),
    "add_years": lambda day, years: _add_months(date_in(day), decimal_in(years) * 12),
    "date": date_in,
    "number": decimal_in,
    "floor": lambda number: decimal_in(number).to_integral_value("ROUND_FLOOR"),
    "abs": lambda number: abs(decimal_in(number)),
    "length": _length,
    "join": _join,
    "part": _part,
    "upper": lambda told: text_of_value(told).upper(),
    "lower": lambda told: text_of_value(told).lower(),
    "contains": _contains,
    "starts": lambda told, head: text_of_value(told).startswith(text_of_value(head)),
    "ends": lambda told, tail: text_of_value(told).endswith(text_of_value(tail)),
    "chosen": _chosen,
    "how_many": _how_many,
    "answered": lambda value: value not in (None, "", [], ()),
    "matches": lambda told, pattern: matches_whole(pattern, text_of_value(told)),
    "first": _first,
    "some": _some,
    "every": _every,
    "lowest": lambda cells: _ordered(cells)[0],
    "highest": lambda cells: _ordered(cells)[-1],
    "cell": _cell,
    "joined": _joined,
    "at": _at,
    "replace": lambda told, old, new: text_of_value(told).replace(
        text_of_value(old), text_of_value(new)
    ),
    "trimmed": lambda told: " ".join(text_of_value(told).split()),
}
