"""A value as a cell of a list that people edit, and back: nothing lost, every mistake said. Pure.

Words stand in cells as people say them (行政许可); their codes are understood too.
"""

import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, auto
from typing import Any, Final

from openhall.forms.rules.values import decimal_of
from openhall.glossary import Said, Term
from openhall.paging.days import day_of
from openhall.paging.shown import day_of_serial
from openhall.paging.typed import BROKEN, LINES, Unreadable, fault_of_text, narrow
from openhall.paging.whole import MOST

YES: Final = {"是": True, "否": False, "true": True, "false": False, "1": True, "0": False}
BETWEEN: Final = "|"


class Kind(Enum):
    """What a column holds."""

    TEXT = auto()
    WHOLE = auto()  # a whole number of 0 or more
    YES_NO = auto()
    DAY = auto()
    WORD = auto()  # a code of ``words``
    WORDS = auto()  # several codes of ``words``
    LABELS = auto()  # several texts
    ROWS = auto()  # a list or mapping, as JSON


@dataclass(frozen=True, slots=True)
class Column:
    """One element of the list: its name in JSON, its heading for people, what it may hold.

    ``needed``: an empty cell is a mistake. ``may_be_unknown``: an empty cell is kept as unknown
    (None) rather than 0 or no. ``told`` columns say what acts made (state, version): they go out
    and are not taken in.
    """

    name: str
    heading: str
    kind: Kind = Kind.TEXT
    words: type[Term] | None = None
    longest: int = 0  # characters; 0: no limit
    needed: bool = False
    may_be_unknown: bool = False
    told: bool = False
    identity: bool = False  # a code: full-width signs and blanks make no other
    day_of_year: bool = False  # 03-01, which a spreadsheet program turns into a date


class WrongCell(Unreadable):
    """What is wrong with a cell, and what to write: ``said``."""


def cell_of(column: Column, value: Any) -> str:
    """``value`` as people read it; empty for nothing."""
    if value is None or value == "":
        return ""
    if column.kind == Kind.YES_NO:
        return "是" if value else "否"
    if column.kind == Kind.WORD:
        assert column.words is not None
        return column.words(value).zh if value in column.words.codes() else str(value)
    if column.kind == Kind.WORDS:
        assert column.words is not None
        return BETWEEN.join(column.words(one).zh for one in value)
    if column.kind == Kind.LABELS:
        return BETWEEN.join(value)
    if column.kind == Kind.ROWS:
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return value.isoformat() if isinstance(value, date) else str(value)


def plain_of(column: Column, value: Any) -> Any:
    """``value`` as JSON holds it."""
    return value.isoformat() if isinstance(value, date) else value


def _nothing(column: Column) -> Any:
    if column.needed:
        raise WrongCell(Said("为空。请补填。", "It is empty. Fill it in."))
    if column.kind in (Kind.WORDS, Kind.LABELS, Kind.ROWS):
        return []
    if column.kind == Kind.DAY or column.may_be_unknown:
        return None
    if column.kind == Kind.WHOLE:
        return 0
    return False if column.kind == Kind.YES_NO else ""


def _word(words: type[Term], said: str) -> str:
    for word in words:
        if said in (word.value, word.zh, word.en):
            return word.value
    known = "、".join(word.zh for word in words)
    raise WrongCell(
        Said(f"不认识“{said}”。可用：{known}。", f"“{said}” is not known. One of: “{known}”.")
    )


def _listed(given: Any) -> Sequence[str]:
    if isinstance(given, list):
        return [str(one).strip() for one in given]
    return [part.strip() for part in str(given).split(BETWEEN) if part.strip()]


def _day(given: Any) -> date:
    if isinstance(given, datetime):
        return given.date()
    if isinstance(given, date):
        return given
    said = narrow(given)
    said = re.split(r"[T ]0{1,2}:", said)[0]  # 2026/1/5 0:00, as some programs save a day
    found = day_of(said) or day_of_serial(said)
    if found is None:
        raise WrongCell(
            Said(
                f"“{given}”不是日期。请写成 2026-11-25。",
                f"“{given}” is no date. Write it as 2026-11-25.",
            )
        )
    return found


def _day_of_year(given: Any) -> str:
    """``03-01``, also where a spreadsheet program made a date of it: 3月1日, 2026/3/1."""
    if isinstance(given, date):
        return f"{given:%m-%d}"
    said = narrow(given)
    found = re.fullmatch(r"([0-9]{1,2})(?:[-/.]|月)([0-9]{1,2})日?", said)
    day = day_of(f"2000-{found[1]}-{found[2]}") if found else day_of(said)
    return said if day is None else f"{day:%m-%d}"


def _whole(given: Any) -> int:
    number = decimal_of(given)
    if number is None or number < 0 or number != int(number) or number > MOST:
        raise WrongCell(
            Said(
                f"“{given}”不是0或正整数。", f"“{given}” is neither 0 nor a positive whole number."
            )
        )
    return int(number)


def _yes_no(given: Any) -> bool:
    if isinstance(given, bool):
        return given
    found = YES.get(narrow(given).lower())
    if found is None:
        raise WrongCell(Said(f"“{given}”应写“是”或“否”。", f"“{given}” should be “是” or “否”."))
    return found


def _rows(given: Any) -> Any:
    if not isinstance(given, str):
        return given
    try:
        return json_of(given)
    except ValueError as error:
        raise WrongCell(
            Said(f"不是可读的JSON:{error}。", f"It is no readable JSON: {error}.")
        ) from error


def _finite(said: str) -> float:
    number = float(said)
    if not math.isfinite(number):
        raise ValueError(f"{said}不是数")
    return number


def json_of(text: str) -> Any:
    """What JSON text holds, numbers finite, every sign one that can be kept. Raises ``ValueError``,
    also for what nests too deep."""
    try:
        found = json.loads(text, parse_float=_finite, parse_constant=_finite)
        _keepable(found)
    except RecursionError as problem:
        raise ValueError("层次过深") from problem
    return found


def _keepable(found: Any) -> None:
    """Raises ``ValueError`` for a sign that no database keeps: NUL, half of a pair (\\ud800)."""
    if isinstance(found, str) and (broken := BROKEN.search(found)):
        raise ValueError(f"无法保存的字符 U+{ord(broken[0]):04X}")
    if isinstance(found, dict):
        found = [*found.keys(), *found.values()]
    for one in found if isinstance(found, list) else ():
        _keepable(one)


def value_of(column: Column, given: Any) -> Any:
    """What a cell (text, or a JSON value) means; raises :class:`WrongCell` with what to write."""
    if column.told:  # what acts made is not taken in, so it cannot be wrong
        return None
    if given is None or given == [] or (isinstance(given, str) and not given.strip()):
        return _nothing(column)
    if column.kind == Kind.WHOLE:
        return _whole(given)
    if column.kind == Kind.YES_NO:
        return _yes_no(given)
    if column.kind == Kind.DAY:
        return _day(given)
    if column.kind == Kind.ROWS:
        return _rows(given)
    if column.kind == Kind.LABELS:
        return list(_listed(given))
    if column.kind in (Kind.WORD, Kind.WORDS):
        assert column.words is not None
        if column.kind == Kind.WORD:
            return _word(column.words, str(given).strip())
        return [_word(column.words, one) for one in _listed(given)]
    if column.day_of_year:
        return _day_of_year(given)
    said = given.isoformat() if isinstance(given, date) else str(given)
    said = LINES.sub("\n", said)
    if fault := fault_of_text(said):
        raise WrongCell(fault)
    if column.identity:
        said = narrow(said).replace(" ", "")
    if column.longest and len(said) > column.longest:
        raise WrongCell(
            Said(
                f"有{len(said)}个字，超过{column.longest}个字。",
                f"It has {len(said)} characters, more than {column.longest}.",
            )
        )
    return said
