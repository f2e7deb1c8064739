"""What happens beside the plain life of an invented case: extensions, checks, consultations.

Written beside the plan, with a random of its own and places from a hundred up, so that the steps
of the plain life and their keys stay what they are. Pure: the same seed, the same detours.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any, Final

from openhall.demo.data import told
from openhall.demo.rules.plan import Days, Step

CHECKED, CONSULTED, NOTED, EXTENDED, NOT_EXTENDED = 0.03, 0.03, 0.05, 0.02, 0.004
RENEWED, LEFT_TO_SILENCE = 0.5, 0.2
FIRST_PLACE: Final = 100
HEARD, HEARING_PLACE = 0.5, 200
ASKS_AFTER: Final = timedelta(days=320)  # a permit of one year, forty-five days before its end
NOTES: Final = told("detours")["notes"]


def between(begin: datetime, end: datetime, share: float) -> datetime:
    """A moment between two, to the second."""
    return (begin + (end - begin) * share).replace(microsecond=0)


def detours(steps: Sequence[Step], seed: int, days: Days) -> Iterator[Step]:
    """The further steps of one life: only while its handler has it and the clock runs."""
    handed = next((one for one in steps if one.act == "hand_over"), None)
    reviewed = next((one for one in steps if one.act == "review"), None)
    if handed is None or reviewed is None:
        return
    rng = Random(seed * 7_000_003 + handed.case)
    place = FIRST_PLACE

    def step(at: datetime, act: str, **said: Any) -> Step:
        nonlocal place
        place += 1
        return Step(at, handed.case, place, act, handed.said["to"], said)

    paused = any(one.act == "suspend" for one in steps)
    long = (reviewed.at - handed.at) >= timedelta(days=3)
    if rng.random() < NOTED:
        yield step(between(handed.at, reviewed.at, 0.2), "note", words=rng.choice(NOTES))
    if not paused and long and rng.random() < CHECKED:
        yield step(between(handed.at, reviewed.at, 0.4), "site_check")
    if not paused and long and rng.random() < CONSULTED:
        yield step(between(handed.at, reviewed.at, 0.3), "consult", unit=rng.randrange(40))
        if rng.random() < 0.9:
            agrees = rng.random() < 0.85
            yield step(between(handed.at, reviewed.at, 0.6), "opine", agrees=agrees)
    chance = rng.random()
    if not paused and long and chance < EXTENDED + NOT_EXTENDED:
        yield step(between(handed.at, reviewed.at, 0.5), "ask_extension", days=rng.randrange(3, 11))
        answer = "extend" if chance < EXTENDED else "refuse_extension"
        yield step(between(handed.at, reviewed.at, 0.55), answer, days=5)
    issued = next((one for one in steps if one.act == "issue"), None)
    if issued is not None and rng.random() < RENEWED:
        asked = days.next_workday((issued.at + ASKS_AFTER).date())
        at = datetime.combine(asked, issued.at.timetz())
        yield step(at, "ask_renewal")
        if rng.random() > LEFT_TO_SILENCE:
            decided = days.next_workday((at + timedelta(days=9)).date())
            yield step(datetime.combine(decided, at.timetz()), "renew")


def hearing(steps: Sequence[Step], seed: int, days: Days) -> list[Step]:
    """听证 in a long life: told, asked for, called eight working days ahead, held; else nothing.

    Its own random and its own places, from two hundred up. The clock is suspended by the call and
    runs again when the hearing is held, before the review.
    """
    handed = next((one for one in steps if one.act == "hand_over"), None)
    reviewed = next((one for one in steps if one.act == "review"), None)
    if handed is None or reviewed is None or any(one.act == "suspend" for one in steps):
        return []
    rng = Random(seed * 9_000_011 + handed.case)
    told = _workdays_later(handed.at, 1, days)
    asked, called = _workdays_later(told, 1, days), _workdays_later(told, 2, days)
    held = _workdays_later(called, 8, days)
    if held >= reviewed.at or rng.random() >= HEARD:
        return []
    whose, on = rng.randrange(3), held.date().isoformat()
    planned: tuple[tuple[datetime, str, dict[str, Any]], ...] = (
        (told, "tell_hearing", {"whose": whose}),
        (asked, "ask_hearing", {}),
        (called, "call_hearing", {"on": on}),
        (held, "hold_hearing", {"whose": whose}),
    )
    return [
        Step(at, handed.case, HEARING_PLACE + place, act, handed.said["to"], said)
        for place, (at, act, said) in enumerate(planned)
    ]


def _workdays_later(at: datetime, count: int, days: Days) -> datetime:
    day = at.date()
    for _ in range(count):
        day = days.next_workday(day + timedelta(days=1))
    return datetime.combine(day, at.timetz())


def with_detours(lives: Iterable[list[Step]], seed: int, days: Days) -> Iterator[list[Step]]:
    """Every life with what happens beside it."""
    for life in lives:
        yield [*life, *(hearing(life, seed, days) or detours(life, seed, days))]
