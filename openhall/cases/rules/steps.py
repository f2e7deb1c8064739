"""The published steps of an item on a case: which act ends each, and when each is due. A3.

A step has its own clock: it begins when the one before it is done, and is due so many working days
later. Being late on a step is told apart from being late on the whole.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from openhall.cases.rules.clock import WorkingCalendar
from openhall.cases.terms import Act, StepPhase

# The words units use for their steps; the first that is found decides, else it is examination.
WORDS: Final = (
    (StepPhase.DELIVER, ("送达", "领取", "领证", "取件")),
    (StepPhase.ISSUE, ("办结", "制证", "发证", "颁证", "打证")),
    (StepPhase.DECIDE, ("审批", "批准", "决定", "签发")),
    (StepPhase.ACCEPT, ("受理", "收件", "申请", "接件")),
)
ENDED_BY: Final[Mapping[Act, StepPhase]] = MappingProxyType(
    {
        Act.ACCEPT: StepPhase.ACCEPT,
        Act.ACCEPT_AT_ONCE: StepPhase.REVIEW,
        Act.DEEM_ACCEPTED: StepPhase.ACCEPT,
        Act.REVIEW: StepPhase.REVIEW,
        Act.DECIDE: StepPhase.DECIDE,
        Act.ISSUE: StepPhase.ISSUE,
        Act.DELIVER: StepPhase.DELIVER,
    }
)
ORDER: Final = tuple(StepPhase)


@dataclass(frozen=True, slots=True)
class Planned:
    """One published step: its name, its phase, and its working days if any are published."""

    name: str
    name_en: str
    days: int | None
    phase: StepPhase


def phase_of(name: str) -> StepPhase:
    """The part of the procedure that a step of this name belongs to."""
    for phase, words in WORDS:
        if any(word in name for word in words):
            return phase
    return StepPhase.REVIEW


def planned(rows: Iterable[tuple[str, str, int | None]]) -> list[Planned]:
    """The published steps in the order of the procedure, whatever order they were typed in."""
    steps = [Planned(name, name_en, days, phase_of(name)) for name, name_en, days in rows]
    return sorted(steps, key=lambda step: ORDER.index(step.phase))


def due(begun: date, days: int | None, calendar: WorkingCalendar) -> date | None:
    """The last day of a step begun on ``begun``; None where no time is published for it."""
    return None if days is None else calendar.add_workdays(begun, days).on


def is_late(due_on: date | None, until: date) -> bool:
    """环节超时: past its own last day, whatever the case as a whole may be."""
    return due_on is not None and until > due_on
