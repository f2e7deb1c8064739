"""What may be done to an inspection, and what its plan must say. 成办发〔2003〕75号 二（三）."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from openhall.glossary import Said
from openhall.inspections.terms import Category, InspectionAct, InspectionState
from openhall.paging.typed import Unreadable, visible

S, A = InspectionState, InspectionAct
INSPECTIONS: Final[Mapping[tuple[InspectionState, InspectionAct], InspectionState]] = (
    MappingProxyType(
        {
            (S.REVIEW, A.DROP): S.DROPPED,
            (S.REVIEW, A.ANNOUNCE): S.DRAWING,
            (S.DRAWING, A.ASSIGN): S.VISITING,
            (S.VISITING, A.NOTE_VISIT): S.VISITING,
            (S.VISITING, A.UNSEAL): S.UNSEALED,
            (S.UNSEALED, A.PUBLISH): S.PUBLISHED,
        }
    )
)
EACH_AT_LEAST: Final = 3
CATEGORIES_AT_LEAST: Final = 2
COLUMNS: Final = 4
TITLE_AT_LEAST: Final = 6


@dataclass(frozen=True, slots=True)
class Named:
    """An inspector; ``interests``: codes of the units in which he declared one."""

    name: str
    name_en: str
    category: str
    interests: tuple[str, ...] = ()


def inspectors_of(text: str) -> list[Named]:
    """A line each: ``name | English | category | codes of units, apart by blanks``."""
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        cells = [one.strip() for one in line.replace("｜", "|").split("|")]
        if len(cells) != COLUMNS or cells[2] not in Category.codes() or not cells[0]:
            raise Unreadable(
                Said(
                    f"第{number}行应为{COLUMNS}栏，用“|”隔开，类别是{'、'.join(Category.codes())}之一。",
                    f"Line {number} has {COLUMNS} cells apart by “|”, the category one of "
                    f"{', '.join(Category.codes())}.",
                )
            )
        found.append(Named(cells[0], cells[1], cells[2], tuple(cells[3].split())))
    return found


def faults_of_plan(
    title: str,
    people: Sequence[Named],
    each: int,
    units: int,
    window: tuple[date, date],
    today: date,
) -> Iterator[tuple[str, Said]]:
    """Each fault with its field. ``units``: how many are to be drawn."""
    if visible(title) < TITLE_AT_LEAST:
        yield (
            "name",
            Said(
                f"请写明检查名称，不少于{TITLE_AT_LEAST}个字。",
                f"Name the inspection, in at least {TITLE_AT_LEAST} characters.",
            ),
        )
    if each < EACH_AT_LEAST:
        yield (
            "each",
            Said(
                f"每个单位由不少于{EACH_AT_LEAST}人检查。",
                f"Each unit is inspected by {EACH_AT_LEAST} at least.",
            ),
        )
    names = [one.name for one in people]
    if len(people) < each or len(set(names)) != len(names):
        yield (
            "people",
            Said(
                "检查人员不能少于每个单位的人数，姓名不能重复。",
                "There are as many inspectors as a unit needs at least, each named once.",
            ),
        )
    if len({one.category for one in people}) < CATEGORIES_AT_LEAST:
        yield (
            "people",
            Said(
                "检查人员应来自人大代表、政协委员、特邀监察员、协力部门中的至少两类。",
                "The inspectors come from two of the four categories at least.",
            ),
        )
    if units < 2 or units * (each - 1) < len(people) - 1:
        yield (
            "units",
            Said(
                "单位太少，检查人员之间无法比较宽严。请增加单位或者减少人员。",
                "There are too few units to compare the inspectors. Take more, or fewer people.",
            ),
        )
    if window[1] < window[0] or window[0] <= today:
        yield (
            "window_until",
            Said("检查从明天以后开始。", "The visits begin after today."),
        )
