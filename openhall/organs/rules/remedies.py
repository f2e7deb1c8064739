"""Who reviews a decision, and before which court it is brought: words and defaults. Pure.

行政复议法 20, 24, 27; 行政诉讼法 14, 15, 18, 46.
"""

from typing import Final

from openhall.glossary import Said
from openhall.organs.terms import OrganKind

# Led from above, not by the government of the place: reviewed by their superior organ (复议法 27).
LED_FROM_ABOVE: Final = ("税务局", "烟草专卖局", "海关", "国家安全局")
GOVERNMENTS: Final = (OrganKind.CITY.value, OrganKind.DISTRICT.value)
SUPERIOR: Final = Said("上一级主管部门", "its superior department")
BASIC_COURT: Final = Said(
    "作出决定的机关所在地的基层人民法院（行政诉讼法14、18；跨区域管辖的，从其规定）",
    "the basic people’s court of the place of the organ that decided (Administrative Litigation "
    "Law, art. 14 and 18; another court where jurisdiction crosses districts)",
)
MIDDLE_COURT: Final = Said(
    "作出决定的机关所在地的中级人民法院（行政诉讼法15、18）",
    "the intermediate people’s court of the place of the organ that decided (Administrative "
    "Litigation Law, art. 15 and 18)",
)


def reviewed_by(organ: str, government: Said | None) -> Said:
    """Who reviews what ``organ`` decides; ``government``: that of its place, where it is known."""
    if government is None or organ.endswith(LED_FROM_ABOVE):
        return SUPERIOR
    return government


def court_by_rule(kind: str) -> Said:
    """The court the law names, where the city has not entered one for the place."""
    return MIDDLE_COURT if kind in GOVERNMENTS else BASIC_COURT


def remedy(review: Said, court: Said) -> Said:
    """The sentence of a decision: two ways, their limits, and before whom. 行政许可法 38."""
    return Said(
        f"如不服本决定，可以自收到之日起60日内向{review.zh}申请行政复议，"
        f"或者在6个月内向{court.zh}提起行政诉讼。",
        f"Against this decision you may ask {review.en} for a review within 60 days of receiving "
        f"it, or sue before {court.en} within six months.",
    )
