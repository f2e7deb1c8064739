"""Which unit may claim which line of the central list, by the level it is exercised at. Pure."""

from typing import Final

from openhall.catalogue.terms import UseLevel
from openhall.glossary import Said
from openhall.organs.terms import OrganKind

LEVELS: Final = {
    OrganKind.DEPARTMENT.value: (UseLevel.CITY.value, UseLevel.GRADED.value),
    OrganKind.BUREAU.value: (UseLevel.COUNTY.value, UseLevel.TOWN.value, UseLevel.GRADED.value),
}


def fault_of_claim(organ_kind: str, use_level: str, city_item: bool) -> Said | None:
    """Why the unit may not claim it, in one sentence; None when it may.

    A district's unit may also claim a city-level line that a department of the city has already
    claimed: its item is then a variant of the city's.
    """
    levels = LEVELS.get(organ_kind)
    if levels is None:
        return Said(
            "只有市级部门和区（市）县部门可以认领事项。",
            "Only departments of the city and of its districts claim items.",
        )
    if use_level in levels:
        return None
    if organ_kind == OrganKind.BUREAU and use_level == UseLevel.CITY and city_item:
        return None
    return Said(
        f"该事项由{UseLevel(use_level).zh}行使，不属于本单位的层级，不能认领。",
        f"This matter is exercised at the level “{UseLevel(use_level).en}”, not at that of "
        "your unit.",
    )
