"""Whether the clock can be believed: times that are signed are never taken from one that jumped.

The wall clock is held against a clock that nobody sets (seconds since the machine started, asleep
or awake) and against what the log has sealed already. A machine that was off cannot be told from
a clock put forward; put back it is always seen.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from openhall.ledger.rules.finding import Finding

FORWARD: Final = timedelta(minutes=10)  # between two looks, beyond what truly passed
BACK: Final = timedelta(minutes=1)  # more than a time server slews
PLACE: Final = "clock"


@dataclass(frozen=True, slots=True)
class Tick:
    """The clock at one look: ``wall`` (aware), ``running`` seconds since the start ``boot``."""

    wall: datetime
    boot: str
    running: float


def jumped(last: Tick | None, now: Tick, sealed: datetime | None) -> Finding | None:
    """What is wrong with the clock ``now``; ``sealed`` is when the last sealed entry was written.

    None where nothing is, or where nothing can be said: at a first look, or after a new start.
    """
    if sealed is not None and now.wall < sealed - BACK:
        return Finding(
            PLACE,
            f"服务器时钟是{_said(now.wall)}，早于公开账最后一条记录的时间{_said(sealed)}：时钟倒退了。"
            "校准时钟之前不签署新的检查点。",
            f"The server's clock says {_said(now.wall)}, before the last entry of the log was "
            f"written ({_said(sealed)}): it went back. Set it right before anything is signed.",
        )
    if last is None or last.boot != now.boot:
        return None
    drift = (now.wall - last.wall) - timedelta(seconds=now.running - last.running)
    if -BACK <= drift <= FORWARD:
        return None
    minutes = round(abs(drift) / timedelta(minutes=1))
    zh, en = ("拨快", "forward") if drift > timedelta() else ("倒退", "back")
    return Finding(
        PLACE,
        f"服务器时钟从{_said(last.wall)}到{_said(now.wall)}之间{zh}了约{minutes}分钟。"
        "查明并校准时钟之前不签署新的检查点。",
        f"Between {_said(last.wall)} and {_said(now.wall)} the server's clock went {en} by some "
        f"{minutes} minutes. Set it right before anything is signed.",
    )


def _said(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S%z}"
