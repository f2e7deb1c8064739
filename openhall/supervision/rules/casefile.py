"""What the events already answer of a review sheet; a person confirms or corrects. norms 4.4."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Protocol

from openhall.supervision.terms import SheetLine, Tick

OPINION_AT_LEAST: Final = 5  # signs; "同意。" is a signature, not an opinion
ANSWER_DAYS: Final = 5
DELIVERY_DAYS: Final = 10

L, T = SheetLine, Tick
DATA_LINES: Final = (L.TRUE, L.REAL_TIME, L.COMPLETE, L.ACCURATE)
FILE_LINES: Final = tuple(line for line in SheetLine if line not in DATA_LINES)


class Days(Protocol):
    def workdays_between(self, after: date, until: date) -> int: ...


@dataclass(frozen=True, slots=True)
class File:
    """A closed case as its events and papers show it."""

    received: date
    accepted_by: date | None = None  # the day the notice of acceptance was given
    asked_on: date | None = None
    supplements: int = 0
    opinion_signs: tuple[int, ...] = ()
    hands: tuple[int | None, int | None, int | None] = (None, None, None)
    on_time: bool | None = None
    outcome: str = ""
    reason_signs: int = 0
    remedy_signs: int = 0
    unnoticed_pauses: int = 0
    pauses: int = 0
    decided: date | None = None
    delivered: date | None = None
    papers: frozenset[str] = frozenset()
    acts: frozenset[str] = frozenset()
    late_entries: int = 0
    answered_silently: bool = False
    extra: Mapping[str, str] = field(default_factory=dict)


def _tick(yes: bool) -> Tick:
    return T.YES if yes else T.NO


def prefilled(file: File, days: Days) -> dict[SheetLine, Tick]:
    """The lines the events answer; a line left out is for a person to look at the paper file."""
    found: dict[SheetLine, Tick] = {}
    accepted = file.accepted_by is not None
    found[L.RECEIPT_NOTICE] = _tick("acceptance" in file.papers) if accepted else T.NOT_APPLICABLE
    found[L.STATES_DATE] = _tick("acceptance" in file.papers) if accepted else T.NOT_APPLICABLE
    first = file.asked_on or file.accepted_by
    if first is None:
        found[L.IN_FIVE_DAYS] = T.NOT_APPLICABLE
    else:
        in_time = days.workdays_between(file.received, first) <= ANSWER_DAYS
        found[L.IN_FIVE_DAYS] = _tick(in_time and not file.answered_silently)
    if file.supplements == 0:
        for line in (L.ONE_SUPPLEMENT, L.SUPPLEMENT_IN_TIME, L.SUPPLEMENT_MATCHES):
            found[line] = T.NOT_APPLICABLE
    else:
        found[L.ONE_SUPPLEMENT] = _tick(file.supplements == 1)
        asked = file.asked_on or file.received
        found[L.SUPPLEMENT_IN_TIME] = _tick(
            days.workdays_between(file.received, asked) <= ANSWER_DAYS
        )
    decided = file.decided is not None
    found[L.HANDED_OVER] = _tick("hand_over" in file.papers) if decided else T.NOT_APPLICABLE
    if file.opinion_signs:
        found[L.OPINION] = _tick(min(file.opinion_signs) >= OPINION_AT_LEAST)
    elif decided:
        found[L.OPINION] = T.NO
    else:
        found[L.OPINION] = T.NOT_APPLICABLE
    named = [hand for hand in file.hands if hand is not None]
    full = len(named) == 3 or (file.answered_silently and len(named) >= 2)
    found[L.LEVELS] = _tick(full and len(set(named)) == len(named)) if decided else T.NOT_APPLICABLE
    found[L.STEPS_WITHIN] = T.NOT_APPLICABLE if file.on_time is None else _tick(file.on_time)
    wanted = {"granted": "grant", "refused": "refusal"}.get(file.outcome)
    found[L.DECISION] = T.NOT_APPLICABLE if wanted is None else _tick(wanted in file.papers)
    if file.outcome == "refused":
        found[L.DECISION_REASONS] = _tick(file.reason_signs >= 10 and file.remedy_signs > 0)
    else:
        found[L.DECISION_REASONS] = T.NOT_APPLICABLE
    found[L.EXCLUDED_NOTICED] = (
        _tick(file.unnoticed_pauses == 0) if file.pauses else T.NOT_APPLICABLE
    )
    if file.delivered is None or file.decided is None:
        found[L.DELIVERED_IN_TIME] = T.NOT_APPLICABLE
    else:
        used = days.workdays_between(file.decided, file.delivered)
        found[L.DELIVERED_IN_TIME] = _tick(used <= DELIVERY_DAYS)
    found[L.REAL_TIME] = _tick(file.late_entries == 0)
    needed = {"submit", "review", "decide"} if decided else {"submit"}
    found[L.COMPLETE] = _tick(needed <= file.acts)
    return found
