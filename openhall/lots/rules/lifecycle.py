"""What may be done to a public draw, and what its dates must be."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from openhall.glossary import Said
from openhall.lots.terms import DrawAct, DrawState

S, A = DrawState, DrawAct
# Where an act leads while others are still to come; the act that is the last goes on by itself.
DRAWS: Final[Mapping[tuple[DrawState, DrawAct], DrawState]] = MappingProxyType(
    {
        (S.COMMITTING, A.COMMIT): S.COMMITTING,
        (S.COMMITTING, A.END_COMMITMENTS): S.OPENING,
        (S.OPENING, A.OPEN): S.OPENING,
        (S.OPENING, A.OPEN_PAPER): S.OPENING,
        (S.OPENING, A.END_OPENINGS): S.AWAITING,
        (S.AWAITING, A.DRAW): S.DRAWN,
    }
)
PUBLIC_NUMBERS: Final = 16  # integers of one source, as the outside tools read them
ROUGH: Final = 2**62


def faults_of_times(
    now: datetime, commit_until: datetime, open_until: datetime, last_day: date, public_on: date
) -> Iterator[tuple[str, Said]]:
    """Each fault with its field; ``last_day`` is the day of ``open_until`` in the city."""
    if commit_until <= now:
        yield (
            "commit_until",
            Said("承诺截止时间应晚于现在。", "The commitments end later than now."),
        )
    if open_until <= commit_until:
        yield (
            "open_until",
            Said(
                "揭示截止时间应晚于承诺截止时间。",
                "The openings end later than the commitments.",
            ),
        )
    if public_on <= last_day:
        yield (
            "public_on",
            Said(
                "公开号码的日期必须晚于揭示截止之日：否则最后揭示的一方可以挑选结果。",
                "The public number is of a day after the last opening: otherwise who opens last "
                "could choose the outcome.",
            ),
        )


def fault_of_numbers(numbers: list[int]) -> Said | None:
    """Whether these can be a public number."""
    if not 1 <= len(numbers) <= PUBLIC_NUMBERS:
        return Said(
            f"请填写1—{PUBLIC_NUMBERS}个整数。", f"Write 1 to {PUBLIC_NUMBERS} whole numbers."
        )
    if any(not 0 <= one < ROUGH for one in numbers):
        return Said("每个整数都应不小于0。", "No number is below 0.")
    return None
