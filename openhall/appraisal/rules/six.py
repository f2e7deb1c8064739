"""The six figures of the national norm, as whole numbers over whole numbers.

GB/T 39735-2020 names them. Silence is never a rating (norms 4.5): who says nothing is in 未评率 and
in no other figure, so 主动评价率 and 未评率 are together one. What a review set aside is in none.
"""

from dataclasses import dataclass
from typing import Final

from openhall.appraisal.terms import SixFigure
from openhall.glossary import Said


@dataclass(frozen=True, slots=True)
class Counts:
    """What is counted of one unit and month.

    ``served``, ``of_served``: stages served in the month, and those of them that were rated, then
    or later. The others go by the month of the rating; ``set_aside`` are those out of ``bad``.
    ``points`` are those of the others, each by the rules of its service's day.
    """

    served: int = 0
    of_served: int = 0
    rated: int = 0
    good: int = 0
    bad: int = 0
    set_aside: int = 0
    replied: int = 0
    revisited: int = 0
    content: int = 0
    points: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            **{name: getattr(self, name) + getattr(other, name) for name in self.__slots__}
        )


@dataclass(frozen=True, slots=True)
class Share:
    """``part`` of ``whole``; nothing where there is nothing to share."""

    part: int
    whole: int

    @property
    def percent(self) -> str:
        """With one decimal, rounded half up; a dash for nothing."""
        if not self.whole:
            return "—"
        tenths = (self.part * 2000 + self.whole) // (2 * self.whole)
        return f"{tenths // 10}.{tenths % 10}%"


def six(counts: Counts) -> dict[SixFigure, Share]:
    """The six figures."""
    standing = counts.bad - counts.set_aside
    return {
        SixFigure.GOOD: Share(counts.good, counts.rated - counts.set_aside),
        SixFigure.ACTIVE: Share(counts.of_served, counts.served),
        SixFigure.UNRATED: Share(counts.served - counts.of_served, counts.served),
        SixFigure.REPLIED: Share(counts.replied, standing),
        SixFigure.RECTIFIED: Share(counts.revisited, standing),
        SixFigure.CONTENT: Share(counts.content, counts.revisited),
    }


ENOUGH: Final = 30  # ratings; a mean of fewer would tell single ones


def score(counts: Counts) -> str | None:
    """The mean of points, with one decimal, rounded half up; None for too few ratings."""
    whole = counts.rated - counts.set_aside
    if whole < ENOUGH:
        return None
    tenths = (counts.points * 20 + whole) // (2 * whole)
    return f"{tenths // 10}.{tenths % 10}"


DEFINITIONS: Final[dict[SixFigure, Said]] = {
    SixFigure.GOOD: Said(
        "非常满意、满意、基本满意的评价数 ÷ 评价总数（复核认定不计入的除外）",
        "Ratings of very satisfied, satisfied and fairly satisfied ÷ all ratings (those set aside "
        "on review left out)",
    ),
    SixFigure.ACTIVE: Said(
        "当月提供的服务中，由群众自己评价的次数 ÷ 当月服务次数（受理和送达各计一次）",
        "Services of the month that people rated themselves ÷ services of the month (taking in and "
        "delivery count once each)",
    ),
    SixFigure.UNRATED: Said(
        "当月提供的服务中没有评价的次数 ÷ 当月服务次数；没有评价不算满意",
        "Services of the month that nobody rated ÷ services of the month; silence is no "
        "satisfaction",
    ),
    SixFigure.REPLIED: Said(
        "已向评价人反馈的差评数 ÷ 差评数（复核认定不计入的除外）",
        "Bad ratings whose raters were answered ÷ bad ratings (those set aside left out)",
    ),
    SixFigure.RECTIFIED: Said(
        "已整改并回访的差评数 ÷ 差评数（复核认定不计入的除外）",
        "Bad ratings put right and revisited ÷ bad ratings (those set aside left out)",
    ),
    SixFigure.CONTENT: Said(
        "回访时对整改满意的数 ÷ 回访数", "Satisfied when revisited ÷ revisited"
    ),
}
