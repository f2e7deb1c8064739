"""How long to wait before a process that died is begun again."""

import time
from typing import Final

MINUTE: Final = 60.0
LONGEST: Final = 10.0  # seconds


class Deaths:
    """The deaths of the last minute. The first two are made good at once; then it waits longer
    each time, so that what dies at birth does not use up the machine, and never gives up."""

    def __init__(self) -> None:
        self._seen: list[float] = []

    def pause(self, many: int = 1) -> float:
        """Note ``many`` deaths now; seconds to wait."""
        now = time.monotonic()
        self._seen = [one for one in self._seen if now - one < MINUTE] + [now] * many
        worse = len(self._seen) - 2
        return 0.0 if worse <= 0 else min(LONGEST, 0.25 * 2.0**worse)
