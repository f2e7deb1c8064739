"""What a survey says: rates with the intervals that hold, tables without cells under five.

A unit is a stratum: its people were drawn without replacement from the cases it closed. Where a
cell of a unit's row is hidden, its rate is told rounded outward to fives, and its index by its
band alone: otherwise both would give the hidden cell back. What is not drawn (handed out in the
hall) is counted apart and stands for nobody else.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil, floor
from typing import Any, Final

from openhall.appraisal.rules.estimates import Stage, apart, interval, mean, public_interval
from openhall.appraisal.rules.raters import trimmed
from openhall.appraisal.rules.small_cells import UNDER, suppressed
from openhall.surveys.rules.instruments import BAD, LEVELS, POINTS

SHARES: Final = 10_000  # a share is told in hundredths of a percent: the log knows whole numbers
POINTS_IN: Final = 100  # an index, a mark, a score in hundredths of a point
COARSE: Final = 500  # five percent
PERCENT: Final = 100
BANDS: Final = ((80.0, "good"), (60.0, "fair"), (0.0, "bad"))


@dataclass(slots=True)
class UnitAnswers:
    """What came of one unit. ``frame``: cases it closed; ``issued``: people asked of them."""

    code: str
    frame: int
    issued: int
    answered: int = 0
    levels: list[str] = field(default_factory=list)  # of valid answers of those drawn
    hall: list[str] = field(default_factory=list)  # of valid answers from the hall
    marks: list[float] = field(default_factory=list)
    causes: Counter[str] = field(default_factory=Counter)
    invalid: Counter[str] = field(default_factory=Counter)


def _share(levels: Sequence[str], frame: int) -> dict[str, float]:
    """The share that is satisfied at least basically, with its interval."""
    n, size = len(levels), max(frame, len(levels))
    y = [float(one not in BAD) for one in levels]
    w = [size / n] * n
    if n == 1:
        return {"value": y[0], "low": 0.0, "high": 1.0}
    found = mean(y, w, [Stage([0] * n, range(n), [size] * n)])
    low, high = public_interval(found, w, size)
    return {"value": found.value, "low": low, "high": high}


def _index(levels: Sequence[str], frame: int) -> dict[str, float | None]:
    n, size = len(levels), max(frame, len(levels))
    y = [float(POINTS[one]) for one in levels]
    if n == 1:
        return {"value": y[0], "low": None, "high": None}
    found = mean(y, [size / n] * n, [Stage([0] * n, range(n), [size] * n)])
    low, high = interval(found)
    return {"value": found.value, "low": max(low, 0.0), "high": min(high, 100.0)}


def _outward(told: Mapping[str, float], step: int) -> dict[str, int | None]:
    """The ends rounded away from each other to whole steps; no value, which would lie between."""
    low = floor(told["low"] * SHARES / step + 1e-9) * step
    high = ceil(told["high"] * SHARES / step - 1e-9) * step
    return {"value": None, "low": max(low, 0), "high": min(high, SHARES)}


def _rounded(told: Mapping[str, float | None], scale: int) -> dict[str, int | None]:
    return {name: None if one is None else round(one * scale) for name, one in told.items()}


def band_of(score: float) -> str:
    """满意 80–100, 基本满意 60–79, 不满意 below."""
    return next(name for least, name in BANDS if score >= least)


def results(units: Sequence[UnitAnswers], share: int) -> dict[str, Any]:
    """Everything that is published, as plain values; ``share``: percent of the questionnaire."""
    counts = {
        one.code: {level: one.levels.count(level) for level in LEVELS}
        for one in units
        if one.levels
    }
    table, sound = suppressed(counts, LEVELS) if counts else ({}, True)
    told = [_unit(one, table.get(one.code), sound, share) for one in units]
    return {
        "units": told,
        "levels": table if sound else {},
        "sums": {level: sum(row[level] for row in counts.values()) for level in LEVELS}
        if sound
        else {},
        "sound": sound,
        "whole": _whole(units),
        "above": _ranked(told),
        "causes": _causes(units),
        "invalid": dict(sorted(sum((one.invalid for one in units), Counter()).items())),
    }


def _unit(
    one: UnitAnswers, row: Mapping[str, int | None] | None, sound: bool, share: int
) -> dict[str, Any]:
    hidden = not sound or row is None or None in row.values()
    said: dict[str, Any] = {
        "code": one.code,
        "frame": one.frame,
        "issued": one.issued,
        "answered": one.answered,
        "valid": len(one.levels),
        "hall": len(one.hall) if len(one.hall) >= UNDER or not one.hall else None,
        "hidden": hidden,
        "satisfied": None,
        "index": None,
        "band": None,
        "sheet": None,
        "combined": None,
    }
    index: float | None = None
    if one.levels:
        exact, points = _share(one.levels, one.frame), _index(one.levels, one.frame)
        index = points["value"]
        said["satisfied"] = _outward(exact, COARSE) if hidden else _rounded({**exact}, SHARES)
        said["index"] = None if hidden else _rounded(points, POINTS_IN)
    sheet = trimmed(one.marks) if len(one.marks) >= UNDER else None
    if sheet is not None:
        ends = sheet.interval() or (None, None)
        told = {"value": sheet.value, "low": ends[0], "high": ends[1]}
        said["sheet"] = {**_rounded(told, POINTS_IN), "sheets": sheet.n, "cut": sheet.cut}
    if index is not None:
        combined = index if sheet is None else (share * index + (100 - share) * sheet.value) / 100
        said["band"] = band_of(combined)
        said["combined"] = None if hidden else round(combined * POINTS_IN)
    return said


def _whole(units: Sequence[UnitAnswers]) -> dict[str, Any]:
    """All units that were drawn together, each weighing as many cases as it closed."""
    asked = [one for one in units if len(one.levels) >= 2]  # a lone answer has no variance
    if not asked:
        return {}
    y, w, stratum, size = [], [], [], []
    for one in asked:
        n, frame = len(one.levels), max(one.frame, len(one.levels))
        y += [float(level not in BAD) for level in one.levels]
        w += [frame / n] * n
        stratum += [one.code] * n
        size += [frame] * n
    found = mean(y, w, [Stage(stratum, range(len(y)), size)])
    low, high = public_interval(found, w, sum(max(one.frame, len(one.levels)) for one in asked))
    told = _outward({"low": low, "high": high}, PERCENT)
    frame = sum(one.frame for one in asked)
    return {"low": told["low"], "high": told["high"], "valid": len(y), "frame": frame}


def _ranked(told: Sequence[Mapping[str, Any]]) -> dict[str, list[str]]:
    """Which units each is above for certain: their printed intervals have no point in common."""
    known = {
        one["code"]: (one["satisfied"]["low"], one["satisfied"]["high"])
        for one in told
        if one["satisfied"]
    }
    return {
        code: [other for other, there in known.items() if apart(here, there) and here[0] > there[1]]
        for code, here in known.items()
    }


def _causes(units: Sequence[UnitAnswers]) -> dict[str, int | None]:
    """What was wrong, over all units together; few are not told apart."""
    every: Counter[str] = sum((one.causes for one in units), Counter())
    return {cause: n if n >= UNDER else None for cause, n in sorted(every.items())}
