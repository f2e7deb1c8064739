"""When days are released, until when one may change, and who has missed too often."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta


def opens_at(day: date, days_ahead: int, at: time) -> datetime:
    """The moment (of the city, without a zone) from which ``day`` can be booked."""
    return datetime.combine(day - timedelta(days=days_ahead), at)


def next_release(now: datetime, days_ahead: int, at: time) -> tuple[datetime, date]:
    """The next moment of release after ``now`` (of the city), and the day it releases."""
    day = now.date() + timedelta(days=days_ahead)
    if opens_at(day, days_ahead, at) <= now:
        day += timedelta(days=1)
    return opens_at(day, days_ahead, at), day


def last_change(starts: datetime, hours: int) -> datetime:
    """Until when the time may be changed or given back online."""
    return starts - timedelta(hours=hours)


def paused_until(
    missed: Iterable[date], today: date, *, times: int, within: int, pause: int
) -> date | None:
    """The last day on which who missed ``times`` appointments within days cannot book online.

    None where nothing is paused. A city that sets ``times`` to 0 pauses nobody. Counters and the
    telephone stay open: nobody is shut out of a service.
    """
    if times < 1:
        return None
    days = sorted(missed)
    for first, last in zip(days, days[times - 1 :], strict=False):
        until = last + timedelta(days=pause)
        if (last - first).days <= within and last <= today <= until:
            return until
    return None
