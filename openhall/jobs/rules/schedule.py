"""When recurring work is due: every so many seconds, or daily at an hour. Pure arithmetic."""

import re
from datetime import datetime, timedelta
from typing import Final

EVERY: Final = re.compile(r"every (\d+)s")
DAILY: Final = re.compile(r"daily (\d\d):(\d\d)")


class NotASchedule(ValueError):
    """The words say neither ``every 30s`` nor ``daily 00:10``."""


def slot(words: str, now: datetime) -> datetime:
    """The moment at or before ``now`` (aware, local) at which ``words`` last came due.

    Two nodes that ask in the same slot get the same answer, so the work is asked for once.
    """
    if found := EVERY.fullmatch(words):
        seconds = int(found[1])
        if seconds:
            midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
            since = int((now - midnight).total_seconds())
            return midnight + timedelta(seconds=since - since % seconds)
    if found := DAILY.fullmatch(words):
        hour, minute = int(found[1]), int(found[2])
        if hour < 24 and minute < 60:
            today = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
            return today if today <= now else today - timedelta(days=1)
    raise NotASchedule(f"{words!r} is not a schedule; write 'every 30s' or 'daily 00:10'.")


def pause(attempts: int) -> timedelta:
    """How long to wait before the next attempt: 10 s, 40 s, 90 s, … at most an hour."""
    return min(timedelta(seconds=10 * attempts * attempts), timedelta(hours=1))
