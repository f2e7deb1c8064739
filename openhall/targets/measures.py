"""What the system counts for a target, from live data, and what stands behind it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import F, Q

from openhall.appraisal.queries import counts_by_unit
from openhall.appraisal.rules.six import Counts
from openhall.enquiries.queries import consultations
from openhall.glossary import Said
from openhall.organs.models import Organ
from openhall.statistics.queries import by_month, opinions_published
from openhall.statistics.rules.figures import Reading, Sums, month_after
from openhall.statistics.rules.measures import DEFINITIONS as STATISTICS
from openhall.statistics.terms import Measure
from openhall.supervision.queries import issues
from openhall.targets.terms import Counted


@dataclass(frozen=True, slots=True)
class Line:
    """One part of a reading, with the page that opens it (a name of the portal and its words)."""

    label: Any
    reading: Reading
    page: str
    args: tuple[Any, ...]


def months_between(first: date, last: date) -> list[date]:
    """The first days of the months from ``first`` to ``last``."""
    found, month = [], first.replace(day=1)
    while month <= last:
        found.append(month)
        month = month_after(month)
    return found


def _cases(part: str, whole: str) -> Callable[[Organ, date, date], list[Line]]:
    def lines(organ: Organ, first: date, last: date) -> list[Line]:
        months = months_between(first, last)
        found = by_month(months[0], months[-1], organ)
        told = [(month, found.get(month, Sums())) for month in months]
        return [
            Line(
                month,
                Reading(getattr(sums, part), getattr(sums, whole)),
                "portal:figure",
                (organ.code, f"{month:%Y-%m}", part),
            )
            for month, sums in told
        ]

    return lines


def _satisfied(organ: Organ, first: date, last: date) -> list[Line]:
    """As published with each month; a hidden one is left out, for its sum would tell it."""
    months = months_between(first, last)
    told = opinions_published(months)
    return [
        Line(month, reading, "portal:figure", (organ.code, f"{month:%Y-%m}", Measure.SATISFIED))
        for month in months
        if (reading := told.get((month, organ.code))) is not None
    ]


def _replied(organ: Organ, first: date, last: date) -> list[Line]:
    """Of the months in which the number of bad ratings of the unit is published."""
    lines, months = [], months_between(first, last)
    told = opinions_published(months)
    for month in months:
        if told.get((month, organ.code)) is None:
            continue
        counts = dict(counts_by_unit(month, month)).get(organ, Counts())
        args = (organ.code, f"{month:%Y-%m}", "replied")
        whole = counts.bad - counts.set_aside
        lines.append(Line(month, Reading(counts.replied, whole), "portal:rating_figure", args))
    return lines


def _answered(organ: Organ, first: date, last: date) -> list[Line]:
    rows = consultations(organ).filter(due__range=(first, last))
    reading = Reading(rows.filter(on_time=True).count(), rows.count())
    words = Said("按答复期限到期的咨询", "Questions whose day of answer has come")
    return [Line(words, reading, "portal:enquiry_unit", (organ.code,))]


def _rectified(organ: Organ, first: date, last: date) -> list[Line]:
    rows = issues(organ=organ).filter(due_on__range=(first, last))
    in_time = rows.filter(Q(closed_at__isnull=False), closed_at__date__lte=F("due_on"))
    reading = Reading(in_time.count(), rows.count())
    words = Said("整改期限到期的事项", "Findings whose day has come")
    return [Line(words, reading, "portal:rectification", ())]


COUNTS: Final[dict[Counted, Callable[[Organ, date, date], list[Line]]]] = {
    Counted.ON_TIME: _cases("on_time", "closed"),
    Counted.SATISFIED: _satisfied,
    Counted.REPLIED: _replied,
    Counted.ANSWERED: _answered,
    Counted.RECTIFIED: _rectified,
}


def _words(measure: Measure) -> Said:
    """A target is counted as the published figure is, and says so in its words."""
    return STATISTICS[measure][-1].words


DEFINITIONS: Final = {
    Counted.ON_TIME: _words(Measure.ON_TIME),
    Counted.SATISFIED: _words(Measure.SATISFIED)
    + Said("隐去的月份不计入。", "Hidden months are left out."),
    Counted.ANSWERED: _words(Measure.ANSWERED),
    Counted.RECTIFIED: _words(Measure.RECTIFIED),
    Counted.REPLIED: Said(
        "已回复的差评÷差评（复核不计入的除外）。",
        "Bad ratings answered ÷ bad ratings, without those set aside.",
    ),
    Counted.JUDGED: Said(
        "系统不能计数，由市政府办公厅按佐证核验。",
        "It cannot be counted; the City Government Office judges by the evidence.",
    ),
}


def lines_behind(counted: Counted, organ: Organ, first: date, last: date) -> list[Line]:
    """The parts a reading is made of, each opening to what it counts."""
    return COUNTS[counted](organ, first, last) if counted in COUNTS else []


def reading_of(counted: Counted, organ: Organ, first: date, last: date) -> Reading | None:
    """What was counted from ``first`` to ``last``; None where it is judged."""
    if counted not in COUNTS:
        return None
    lines = lines_behind(counted, organ, first, last)
    whole = sum(line.reading.whole for line in lines)
    return Reading(sum(line.reading.part for line in lines), whole)


def until(year: int, day: date) -> date:
    """The last day to count up to: no day of another year."""
    return max(min(day, date(year, 12, 31)), date(year, 1, 1))
