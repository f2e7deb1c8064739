"""Until when what a hall took over is done, as numbers that a version in force brings. A8, A1."""

from dataclasses import dataclass
from typing import Final

from openhall.hall.terms import ErrandKind


@dataclass(frozen=True, slots=True)
class HelpLimits:
    """Working days and tries in force on a day, and the document they rest on."""

    help_days: int  # until somebody was helped through it
    errand_days: int  # until it is done in their place
    cross_days: int  # until the papers are handed on to another place
    stuck_days: int  # until the named official answers
    stuck_tries: int  # fruitless tries after which it is taken at all
    basis: str

    def days(self, kind: ErrandKind) -> int:
        """Of an errand of this kind."""
        return {
            ErrandKind.HELP: self.help_days,
            ErrandKind.ERRAND: self.errand_days,
            ErrandKind.CROSS: self.cross_days,
        }[kind]


# What a city begins with: the papers ask for good time, the days are each city's own.
SHIPPED: Final = HelpLimits(
    help_days=1,
    errand_days=5,
    cross_days=2,
    stuck_days=5,
    stuck_tries=2,
    basis="国办发〔2020〕35号、国办发〔2022〕5号、国发〔2022〕5号，天数为示例，施行前须换成本市规定",
)
