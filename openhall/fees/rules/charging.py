"""Which approved fees a notice charges, and how many of each. A11, 行政许可法 58, 59.

An item may have several approved standards (a card exchanged 20 yuan, a lost one 40): they are
choices, never a sum. One alone is charged once; of several, who collects says which apply.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from openhall.glossary import Said
from openhall.paging.typed import Unreadable

MOST: Final = 999  # of one line


@dataclass(frozen=True, slots=True)
class Price:
    """How a standard is counted: so much for one; or for the first few, then so much for each more.

    All in fen. ``included`` 0: ``amount`` for each. ``most`` 0: no upper limit.
    """

    amount: int
    included: int = 0
    more: int = 0
    most: int = 0

    def of(self, number: int) -> int:
        """What ``number`` of them cost."""
        if not self.included:
            sum_ = self.amount * number
        else:
            sum_ = self.amount + max(0, number - self.included) * self.more
        return min(sum_, self.most) if self.most else sum_


class NotCharged(Unreadable):
    """Nothing can be charged so; ``said`` says why and what to do."""


def charged(approved: Collection[str], asked: Mapping[str, int]) -> dict[str, int]:
    """How many of each approved standard (by its code) are charged; ``asked``: what was chosen.

    Raises :class:`NotCharged` with nothing approved, nothing chosen among several, a standard that
    is not in force, and a number that is none.
    """
    if not approved:
        raise NotCharged(
            Said(
                "该事项没有物价部门核定的收费标准，不得收费（行政许可法 58）。",
                "No fee is approved for this matter, so none may be charged (Administrative "
                "Licensing Law, art. 58).",
            )
        )
    chosen = {code: number for code, number in asked.items() if number}
    if not chosen and len(approved) == 1:
        return dict.fromkeys(approved, 1)
    if not chosen:
        raise NotCharged(
            Said(
                f"该事项有{len(approved)}项核定的收费标准，请选择本件适用的项目和数量"
                "（行政许可法 59）。",
                f"{len(approved)} fees are approved for this matter. Choose those that apply to "
                "this case, and how many of each (Administrative Licensing Law, art. 59).",
            )
        )
    for code, number in chosen.items():
        if code not in approved:
            raise NotCharged(
                Said(
                    f"收费标准“{code}”当日不在有效期内，不得收取。请重新选择。",
                    f"The fee “{code}” is not in force on that day and may not be charged. "
                    "Choose again.",
                )
            )
        if not 1 <= number <= MOST:
            raise NotCharged(
                Said(
                    f"数量应为1至{MOST}的整数，现为{number}。",
                    f"The number of a fee is a whole number from 1 to {MOST}, not {number}.",
                )
            )
    return {code: chosen[code] for code in approved if code in chosen}
