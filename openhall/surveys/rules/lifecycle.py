"""What may be done to a survey, and what its plan must say. 成办发〔2003〕75号 二（三）."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from openhall.glossary import Said
from openhall.paging.typed import visible
from openhall.surveys.terms import SurveyAct, SurveyState

S, A = SurveyState, SurveyAct
SURVEYS: Final[Mapping[tuple[SurveyState, SurveyAct], SurveyState]] = MappingProxyType(
    {
        (S.DRAFT, A.REWRITE): S.REVIEW,
        (S.DRAFT, A.DROP): S.DROPPED,
        (S.REVIEW, A.SEND_BACK): S.DRAFT,
        (S.REVIEW, A.ANNOUNCE): S.DRAWING,
        (S.DRAWING, A.GO_INTO_FIELD): S.FIELD,
        (S.FIELD, A.GO_ON): S.FIELD,
        (S.FIELD, A.ISSUE): S.FIELD,
        (S.FIELD, A.CLOSE): S.CLOSED,
        (S.CLOSED, A.REPORT): S.REPORTED,
    }
)
DEPARTMENTS: Final = (3, 5)
DISTRICTS: Final = (2, 3)
PER_UNIT: Final = (5, 1000)  # of fewer answers nothing is told
OPEN_AT_LEAST: Final = 5  # days in the field
TITLE_AT_LEAST: Final = 6
PURPOSE_AT_LEAST: Final = 20
RULE: Final = "成办发〔2003〕75号 二（三）"


@dataclass(frozen=True, slots=True)
class Plan:
    """A survey as it is planned. ``share``: how much the questionnaire counts, in percent."""

    title: str
    purpose: str
    departments: int
    districts: int
    candidates: tuple[int, int]  # how many departments and districts the draw is from
    per_unit: int
    reserve: int
    served_from: date
    served_until: date
    field_from: date
    field_until: date
    share: int


def _between(least: int, value: int, most: int) -> bool:
    return least <= value <= most


def faults_of_plan(plan: Plan, today: date) -> Iterator[tuple[str, Said]]:
    """Each fault with the field it stands beside."""
    if visible(plan.title) < TITLE_AT_LEAST:
        yield (
            "name",
            Said(
                f"请写明测评名称，不少于{TITLE_AT_LEAST}个字。",
                f"Name the survey, in at least {TITLE_AT_LEAST} characters.",
            ),
        )
    if visible(plan.purpose) < PURPOSE_AT_LEAST:
        yield (
            "purpose",
            Said(
                f"请写明测评什么、为什么，不少于{PURPOSE_AT_LEAST}个字，填表人会读到。",
                f"Say what is asked and why, in at least {PURPOSE_AT_LEAST} characters; whoever "
                "answers reads it.",
            ),
        )
    yield from _of_units(plan)
    if not _between(PER_UNIT[0], plan.per_unit, PER_UNIT[1]):
        yield (
            "per_unit",
            Said(
                f"每个单位抽取{PER_UNIT[0]}—{PER_UNIT[1]}人。",
                f"Draw {PER_UNIT[0]} to {PER_UNIT[1]} people of each unit.",
            ),
        )
    if not _between(0, plan.reserve, 5 * plan.per_unit):
        yield (
            "reserve",
            Said("后备样本不超过抽取人数的五倍。", "The reserve is five times as many at most."),
        )
    if plan.served_until < plan.served_from or plan.served_until >= today:
        yield (
            "served_until",
            Said(
                "办结期间应当是已经过去的一段日子，最后一日早于今天。",
                "The cases were closed in days that are over; the last lies before today.",
            ),
        )
    if (plan.field_until - plan.field_from).days + 1 < OPEN_AT_LEAST or plan.field_from <= today:
        yield (
            "field_until",
            Said(
                f"测评从明天以后开始，不少于{OPEN_AT_LEAST}天。",
                f"It begins after today and is open for {OPEN_AT_LEAST} days at least.",
            ),
        )
    if not _between(0, plan.share, 100):
        yield ("share", Said("占比为0—100。", "The share is 0 to 100 percent."))


def _of_units(plan: Plan) -> Iterator[tuple[str, Said]]:
    if not _between(DEPARTMENTS[0], plan.departments, DEPARTMENTS[1]):
        yield (
            "departments",
            Said(
                f"测评的市级部门为3—5个，现为{plan.departments}个（{RULE}）。",
                f"3 to 5 municipal departments are surveyed, not {plan.departments} ({RULE}).",
            ),
        )
    if not _between(DISTRICTS[0], plan.districts, DISTRICTS[1]):
        yield (
            "districts",
            Said(
                f"测评的区（市）县为2—3个，现为{plan.districts}个（{RULE}）。",
                f"2 to 3 districts are surveyed, not {plan.districts} ({RULE}).",
            ),
        )
    for field, wanted, there in (
        ("departments", plan.departments, plan.candidates[0]),
        ("districts", plan.districts, plan.candidates[1]),
    ):
        if there < wanted:
            yield (
                field,
                Said(
                    f"在所选期间有办结办件的只有{there}个，不够抽取{wanted}个。请延长办结期间。",
                    f"Only {there} have cases closed in these days; {wanted} cannot be drawn. "
                    "Choose a longer time.",
                ),
            )
