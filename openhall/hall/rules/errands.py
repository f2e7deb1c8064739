"""Until when what was taken over is done or handed on: dated data with its basis. Working days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from openhall.hall.terms import ErrandKind


@dataclass(frozen=True, slots=True)
class ErrandLimits:
    """From ``since`` on, by kind. The papers ask for good time; the days are each city's own."""

    since: date
    days: Mapping[ErrandKind, int]
    basis: str


LIMITS: Final = (
    ErrandLimits(
        date(2020, 9, 1),
        MappingProxyType({ErrandKind.HELP: 1, ErrandKind.ERRAND: 5, ErrandKind.CROSS: 2}),
        "国办发〔2020〕35号、国发〔2022〕5号，天数为示例，施行前须换成本市规定",
    ),
)


def limit_on(day: date, kind: ErrandKind) -> int:
    """Working days until it is done, or handed on where it goes to another place."""
    held = [one for one in LIMITS if one.since <= day]
    return (held[-1] if held else LIMITS[0]).days[kind]
