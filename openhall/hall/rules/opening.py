"""When a hall is open: hours of a weekday, an exception from them, the calendar of days off."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from typing import Final

from openhall.glossary import Said
from openhall.hours.rules.week import FRIDAY, Span, moment, on_day

NOTHING: Final = Said("", "")


@dataclass(frozen=True, slots=True)
class Hours:
    """From when to when on one day, in order; empty: closed. ``why`` an exception gives."""

    spans: tuple[tuple[time, time], ...] = ()
    last_ticket: int = 0  # minutes before the end of a span
    why: Said = NOTHING

    def open_at(self, moment: time) -> bool:
        """Whether people are served at ``moment``."""
        return any(opens <= moment < closes for opens, closes in self.spans)

    def gives_tickets(self, moment: time) -> bool:
        """Whether a ticket may be taken: until ``last_ticket`` minutes before the day's end, the
        midday break included, since who comes then is served after it."""
        if not self.spans:
            return False
        return self.spans[0][0] <= moment < earlier(self.spans[-1][1], self.last_ticket)

    @property
    def last(self) -> time | None:
        """Until when tickets are given."""
        return earlier(self.spans[-1][1], self.last_ticket) if self.spans else None


def earlier(moment: time, minutes: int) -> time:
    """``minutes`` before ``moment`` on the same day; never before midnight."""
    left = max(0, moment.hour * 60 + moment.minute - minutes)
    return time(left // 60, left % 60, moment.second)


def hours_of(day: date, week: Iterable[Span], last_ticket: int, *, works: bool) -> Hours:
    """The regular hours of ``day``; ``works``: the calendar counts it as a working day."""
    if not works and day.isoweekday() <= FRIDAY:
        return Hours(why=Said("法定节假日", "Public holiday"))
    found = on_day(day, week, works=works)
    return Hours(tuple((moment(one.start), moment(one.end)) for one in found), last_ticket)
