"""A past day told again: what was known of a line at the moment each ticket was taken.

The same values that the live hall gives, so what is learnt is what will be asked. Only what one
could see is told: moves of windows to come and breaks nobody announced are not.
"""

from bisect import insort
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from openhall.hall.rules.waiting.learnt import Learnt
from openhall.hall.rules.waiting.values import PRIORITY, Day, LineNow, Visit, Waiting, Window

END, ISSUE, CALL = 0, 1, 2  # at one minute: who leaves, who comes, who is called
AT_ONCE: Final = 0.05  # a wait below three seconds is none
IDLE: Final = 0.5  # minutes a window may take between two calls


@dataclass(slots=True)
class Line:
    """What is known of one line while the day goes on."""

    waiting: list[tuple[int, float, int]] = field(default_factory=list)  # lane, issued, number
    observed: float = 0.0
    expected: float = 0.0
    priority: int = 0
    entered: dict[int, float] = field(default_factory=dict)
    last_call: float | None = None


class Replay:
    """Goes through a day; ``tickets`` gives each one that had to wait, with the line before it."""

    def __init__(self, day: Day, learnt: Learnt) -> None:
        self.day, self.learnt = day, learnt
        self.lines: dict[str, Line] = {}
        self.serving: dict[str, int] = {}  # window → number
        self.free_since: dict[str, float] = {}
        self.away = {
            window: sorted(one for one in day.absences if one.window == window)
            for window in {one.window for one in day.absences}
        }
        self.stays: dict[str, list[tuple[float, float, str]]] = {}
        for stay in day.stays:
            self.stays.setdefault(stay.line, []).append((stay.since, stay.until, stay.window))

    def events(self) -> list[tuple[float, int, int]]:
        """Everything that happened, in order."""
        found: list[tuple[float, int, int]] = []
        for number, one in enumerate(self.day.visits):
            found.append((one.issued, ISSUE, number))
            if one.called is not None:
                found.append((one.called, CALL, number))
                if one.ended is not None:
                    found.append((one.ended, END, number))
        return sorted(found)

    def line(self, name: str) -> Line:
        return self.lines.setdefault(name, Line())

    def tickets(self) -> Iterator[tuple[str, int, LineNow | None, int]]:
        """("issue", number, what is known, place in the line) and ("call", number, None, 0).

        What is known is None for a ticket that is called at once.
        """
        visits = self.day.visits
        for minute, kind, number in self.events():
            one = visits[number]
            line = self.line(one.line)
            key = (one.lane, one.issued, number)
            if kind == END:
                self._ended(one, line)
            elif kind == CALL:
                if key in line.waiting:
                    line.waiting.remove(key)
                line.entered[one.lane] = minute - one.issued
                line.last_call = minute
                self.serving[one.window] = number
                yield "call", number, None, 0
            else:
                insort(line.waiting, key)
                line.priority += one.lane == PRIORITY
                waits = one.called is None or one.called - one.issued > AT_ONCE
                now = self.known(one.line, minute) if waits else None
                yield "issue", number, now, line.waiting.index(key)

    def _ended(self, one: Visit, line: Line) -> None:
        self.serving.pop(one.window, None)
        assert one.ended is not None
        self.free_since[one.window] = one.ended
        if one.came and one.called is not None:
            line.observed += one.ended - one.called
            line.expected += self.learnt.service(one.item).mean

    def known(self, name: str, minute: float) -> LineNow:
        """The line ``name`` as it could be seen at ``minute``."""
        line, visits = self.line(name), self.day.visits
        waiting = tuple(
            Waiting(lane, visits[number].item, minute - issued)
            for lane, issued, number in line.waiting
        )
        return LineNow(
            name,
            minute,
            tuple(
                self._window(window, minute, since)
                for since, until, window in self.stays.get(name, ())
                if since <= minute < until
            ),
            waiting,
            line.observed,
            line.expected,
            line.priority,
            self.day.opened,
            dict(line.entered),
            None if line.last_call is None else minute - line.last_call,
        )

    def _window(self, window: str, minute: float, since: float) -> Window:
        lunch = None
        for away in self.away.get(window, ()):
            if away.since <= minute < away.until:
                return Window(back_in=away.until - minute)
            if away.since > minute and lunch is None:
                # The roster said when; it may be a little late already.
                lunch = (max(0.0, away.planned - minute), away.until - away.since)
        if (number := self.serving.get(window)) is not None:
            one = self.day.visits[number]
            assert one.called is not None
            return Window(one.item, minute - one.called, lunch=lunch)
        idle = minute - max(self.free_since.get(window, since), since)
        return Window(idle=idle if idle > IDLE else None, lunch=lunch)


def pauses_of(day: Day) -> tuple[int, list[float]]:
    """Services after which somebody waited, and how long the window then called nobody.

    Absences of the roster are left out; a window that moved is counted at its new line.
    """
    calls: dict[str, list[Visit]] = {}
    for one in day.visits:
        if one.called is not None and one.ended is not None:
            calls.setdefault(one.window, []).append(one)
    waiting: dict[str, list[Visit]] = {}
    for one in day.visits:
        waiting.setdefault(one.line, []).append(one)
    ended, found = 0, []
    for window, served in calls.items():
        served.sort(key=lambda one: one.called or 0.0)
        away = [one for one in day.absences if one.window == window]
        for before, after in pairwise(served):
            assert before.ended is not None
            assert after.called is not None
            if before.line != after.line or after.issued > before.ended:
                continue  # it moved, or nobody is known to have waited
            if any(one.since < after.called and before.ended < one.until for one in away):
                continue
            ended += 1
            gap = after.called - before.ended
            if gap > 2.0:
                found.append(gap)
    return ended, found


def longest_waits(day: Day) -> dict[str, float]:
    """The longest wait of each line."""
    found: dict[str, float] = {}
    for one in day.visits:
        if one.called is not None:
            found[one.line] = max(found.get(one.line, 0.0), one.called - one.issued)
    return found
