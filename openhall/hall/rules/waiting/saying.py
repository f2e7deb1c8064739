"""What a ticket is told: an interval in whole minutes, that it is soon, or that nobody can say."""

from dataclasses import dataclass
from math import ceil, floor
from typing import Final

from openhall.glossary import Said
from openhall.hall.rules.waiting.intervals import ratios_of
from openhall.hall.rules.waiting.learnt import Learnt
from openhall.hall.rules.waiting.values import LineNow

SOON: Final = 5.0  # minutes
LEAST_DAYS: Final = 5
SILENCE: Final = 3.0  # mean services without a call
FARTHEST: Final = 1.5  # of the longest wait that was learnt from
LEAST_KEPT: Final = 0.65
LEAST_JUDGED: Final = 50

FEW_DAYS = Said("运行不足五天，暂不能估计。", "The hall has run for too few days to estimate.")
NO_WINDOW = Said("现在没有窗口在办理。", "No window is open for this line now.")
NO_CALLS = Said("这个队列已有一段时间没有叫号，无法估计。", "Nobody was called for a while.")
TOO_FAR = Said("比以往的等候都长，无法估计。", "Longer than any wait seen before.")
NOT_KEPT = Said("今天的估计不准，暂不显示。", "Today's estimates were off, so none is shown.")


@dataclass(frozen=True, slots=True)
class Told:
    """From ``low`` to ``high`` whole minutes; ``soon``; or ``why`` it cannot be said."""

    low: int = 0
    high: int = 0
    soon: bool = False
    why: Said | None = None

    def sentence(self) -> Said:
        """As a phone or a display says it."""
        if self.why is not None:
            return self.why
        if self.soon:
            return Said("很快轮到您（5分钟以内）。", "Soon: within 5 minutes.")
        return Said(
            f"预计再等{self.low}–{self.high}分钟（五次中四次如此）。",
            f"About {self.low}–{self.high} more minutes (four times in five).",
        )


def why_not(
    now: LineNow, learnt: Learnt | None, *, mean: float, kept: float = 1.0, judged: int = 0
) -> Said | None:
    """Why nothing can be said of the line; None if something can.

    ``mean``: its mean service. ``kept`` of the last ``judged`` calls of today kept their interval.
    """
    if learnt is None or learnt.days < LEAST_DAYS:
        return FEW_DAYS
    if not now.windows:
        return NO_WINDOW
    silent = now.last_call if now.last_call is not None else now.minute - now.opened
    if now.waiting and silent > SILENCE * mean:
        return NO_CALLS
    if judged >= LEAST_JUDGED and kept < LEAST_KEPT:
        return NOT_KEPT
    return None


def interval(
    learnt: Learnt, line: str, lane: int, simulated: float, estimate: float
) -> tuple[float, float]:
    """The interval before it is rounded."""
    low, high = ratios_of(learnt, line, lane, simulated)
    return estimate * low, estimate * high


def told(learnt: Learnt, line: str, lane: int, simulated: float, estimate: float) -> Told:
    """The interval as it is said: rounded outward, "soon" below five minutes."""
    low, high = interval(learnt, line, lane, simulated, estimate)
    longest = learnt.longest.get(line, 0.0)
    if longest and high > FARTHEST * longest:
        return Told(why=TOO_FAR)
    if high < SOON:
        return Told(0, int(SOON), soon=True)
    return Told(floor(low), ceil(high))
