"""A limit as a steady pace with a burst: the generic cell rate algorithm (ITU-T I.371).

One number a counter: the moment at which its burst is whole again. It forgets by itself, has no
edges of windows at which twice as much passes, and says exactly how long to wait.
"""

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limit:
    """``burst`` at once, and then one more each ``every`` seconds.

    ``code`` names the counter where it is kept; two limits never share one.
    """

    code: str
    burst: int
    every: float

    def __post_init__(self) -> None:
        if self.burst < 1 or self.every <= 0:
            raise ValueError(f"{self.code}: a limit lets through at least one, at some pace")


def after(limit: Limit, whole_at: float, now: float, many: int = 1) -> float:
    """The moment at which the burst is whole again once ``many`` more were let through.

    ``whole_at`` and ``now`` are seconds since 1970.
    """
    return max(whole_at, now) + many * limit.every


def wait(limit: Limit, whole_at: float, now: float, many: int = 1) -> int:
    """Whole seconds until ``many`` more are let through; 0 if they are now.

    More than a whole burst at once is let through only where nothing was counted yet.
    """
    room = limit.burst * limit.every
    over = after(limit, whole_at, now, min(many, limit.burst)) - now - room
    return max(0, math.ceil(over - 1e-6))
