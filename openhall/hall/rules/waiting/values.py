"""What is known of a line at a moment, and what a day left behind. Times are minutes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

PRIORITY, ORDINARY = 0, 1
HALF_HOUR: Final = 30


class Waiting(NamedTuple):
    """One who waits: ``for_minutes`` already."""

    lane: int
    item: str
    for_minutes: float


@dataclass(frozen=True, slots=True)
class Window:
    """A window on duty. ``item`` is served since ``age``; ``back_in``: away, and back then.

    ``idle``: it serves nobody for so long although somebody waits. ``lunch``: (in how many minutes
    it goes, for how long), as the roster says.
    """

    item: str | None = None
    age: float = 0.0
    back_in: float | None = None
    idle: float | None = None
    lunch: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class LineNow:
    """A line at ``minute`` of the day; ``waiting`` stands in calling order.

    ``observed`` and ``expected``: minutes of the services ended today, and what they should have
    taken. ``priority_today``: how many of the priority lane came today. ``entered``: the wait of
    who was called last, by lane. ``last_call``: minutes since the last call; None: none today.
    """

    line: str
    minute: float
    windows: tuple[Window, ...]
    waiting: tuple[Waiting, ...]
    observed: float = 0.0
    expected: float = 0.0
    priority_today: int = 0
    opened: float = 0.0  # the minute at which today began
    entered: Mapping[int, float] = field(default_factory=dict)
    last_call: float | None = None


class Visit(NamedTuple):
    """One ticket of a past day; ``came``: whether somebody answered the call."""

    line: str
    lane: int
    item: str
    issued: float
    called: float | None
    ended: float | None
    window: str
    came: bool


class Stay(NamedTuple):
    """A window was at a line from ``since`` to ``until``."""

    window: str
    line: str
    since: float
    until: float


class Absence(NamedTuple):
    """A window was away as the roster said: ``planned`` to begin then, in fact ``since``."""

    window: str
    planned: float
    since: float
    until: float


@dataclass(frozen=True, slots=True)
class Day:
    """What a day of a hall left behind."""

    visits: tuple[Visit, ...]
    stays: tuple[Stay, ...]
    absences: tuple[Absence, ...] = ()
    opened: float = 9 * 60.0


@dataclass(frozen=True, slots=True)
class Estimates:
    """What each way says of one ticket, in minutes."""

    simulated: float
    fluid: float
    queue: float  # queue length
    queue_today: float  # the same with today's speed
    entered: float  # last to enter service
    head: float  # head of the line

    def row(self) -> tuple[float, ...]:
        return (
            *(1.0, self.simulated, self.fluid, self.queue),
            *(self.queue_today, self.entered, self.head),
        )
