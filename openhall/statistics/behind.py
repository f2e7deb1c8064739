"""The rows a figure of a month is counted from, masked as they are published."""

import base64
import secrets
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any, Final

from django.db.models import Min, Q, QuerySet
from django.utils import timezone

from openhall.appraisal.models import Rating
from openhall.cases.models import Case, CaseEvent, Suspension
from openhall.cases.terms import Outcome
from openhall.enquiries.queries import consultations
from openhall.ledger.queries import bodies_of, places_of
from openhall.statistics.rules.bundle import Row, mark_of
from openhall.statistics.rules.figures import month_after
from openhall.statistics.rules.measures import ACCEPTING, DECIDING, STANDING, SUBMITTING, InLog
from openhall.statistics.terms import Measure
from openhall.supervision.queries import issues

AT_A_TIME: Final = 900
GOOD: Final = 3


def during(month: date) -> tuple[datetime, datetime]:
    """The moments at which a month begins and is over."""
    zone = timezone.get_default_timezone()
    return (
        datetime.combine(month, time.min, zone),
        datetime.combine(month_after(month), time.min, zone),
    )


def last_day(month: date) -> date:
    return month_after(month) - timedelta(days=1)


def _in_batches(rows: Iterable[Any]) -> Iterator[list[Any]]:
    left = iter(rows)
    while batch := list(islice(left, AT_A_TIME)):
        yield batch


def _places(cases: QuerySet[Case], log: InLog) -> dict[int, int]:
    """Where the event that counts of each case stands in the log."""
    events = CaseEvent.objects.filter(case__in=cases.values("pk"), act__in=log.acts)
    found = dict(events.order_by().values_list("case").annotate(entry=Min("entry")))
    leaves: dict[int, int] = {}
    for batch in _in_batches(found.values()):
        leaves |= places_of(batch)
    return {case: leaves[entry] for case, entry in found.items() if entry in leaves}


def _day(moment: datetime | None) -> str:
    return "" if moment is None else timezone.localtime(moment).date().isoformat()


def _iterated(cases: QuerySet[Case], *columns: str) -> Iterator[tuple[Any, ...]]:
    names = ("number", "organ__code", "item__code", "pk", *columns)
    return cases.order_by("number").values_list(*names).iterator(chunk_size=2_000)


def _of_moment(moment: str, log: InLog) -> Callable[[date], dict[str, list[Row]]]:
    def rows(month: date) -> dict[str, list[Row]]:
        begin, end = during(month)
        cases = Case.objects.filter(**{f"{moment}__gte": begin, f"{moment}__lt": end})
        places = _places(cases, log)
        told = _iterated(cases, moment)
        return {
            "cases": [
                (number, unit, item, _day(at), places.get(pk))
                for number, unit, item, pk, at in told
            ]
        }

    return rows


def closed_in(month: date) -> QuerySet[Case]:
    """The cases that are closed in a month as figures count them."""
    begin, end = during(month)
    rows = Case.objects.filter(closed_at__gte=begin, closed_at__lt=end, accepted_at__isnull=False)
    return rows.exclude(outcome=Outcome.WITHDRAWN.value)


def _closed(month: date) -> dict[str, list[Row]]:
    cases = closed_in(month)
    places = _places(cases, DECIDING)
    told = _iterated(cases, "closed_at", "accepted_at", "days_used", "on_time")
    return {
        "cases": [
            (number, unit, item, _day(at), _day(since), days or 0, int(bool(kept)), places.get(pk))
            for number, unit, item, pk, at, since, days, kept in told
        ]
    }


def _overdue(month: date) -> dict[str, list[Row]]:
    """Cases accepted and not closed when the month was over, by what was done until then.

    Promised days move later and clocks are stopped, lawfully; so nothing is read from the case as
    it is now, and counted anew at any time it is the same.
    """
    end = during(month)[1]
    cases = Case.objects.filter(received_at__lt=end, accepted_at__isnull=False).filter(
        Q(closed_at__isnull=True) | Q(closed_at__gte=end)
    )
    stands = _standing(cases, end)
    due: dict[int, str] = {}
    for batch in _in_batches(entry for entry, _stopped in stands.values()):
        due |= {pk: body["open"]["promise_due"] or "" for pk, body in bodies_of(batch).items()}
    places = _places(cases, STANDING)
    return {
        "cases": [
            (number, unit, item, _day(at), due[entry], stopped, places.get(pk))
            for number, unit, item, pk, at in _iterated(cases, "accepted_at")
            if pk in stands
            for entry, stopped in (stands[pk],)
        ]
    }


def _standing(cases: QuerySet[Case], end: datetime) -> dict[int, tuple[int, int]]:
    """Of the cases open at ``end``: their last entry until then, and whether the clock stood."""
    events = CaseEvent.objects.filter(case__in=cases.values("pk"), event_time__lt=end)
    found: dict[int, tuple[int, int]] = {}
    told = events.order_by("case", "seq").values_list("case", "act", "stage", "entry")
    for case, act, stage, entry in told.iterator(chunk_size=5_000):
        before = found.pop(case, (0, 0))[1]
        stopped = 1 if act in STANDING.stops else 0 if act in STANDING.runs else before
        if stage in STANDING.stages:
            found[case] = entry, stopped
    return found


def owed_rows(cases: QuerySet[Case], last: date) -> list[Row]:
    """Cases that are accepted and not closed: due when, and whether the law stops their clock on
    ``last``; each with the place of its acceptance in the log."""
    stood = Suspension.objects.filter(since__lte=last).filter(
        Q(until__isnull=True) | Q(until__gt=last)
    )
    stopped = set(stood.filter(case__in=cases.values("pk")).values_list("case", flat=True))
    places = _places(cases, ACCEPTING)
    return [
        (
            number,
            unit,
            item,
            _day(at),
            "" if due is None else due.isoformat(),
            int(pk in stopped),
            places.get(pk),
        )
        for number, unit, item, pk, at, due in _iterated(cases, "accepted_at", "promise_due")
    ]


def _secret(salt: str) -> bytes:
    return base64.b64decode(salt) if salt else secrets.token_bytes(32)


def opinions(month: date) -> list[tuple[str, int, str, bytes]]:
    """Each rating received in a month: unit, whether it is good, its number, its salt."""
    begin, end = during(month)
    rows = Rating.objects.filter(at__gte=begin, at__lt=end).select_related("organ").order_by("pk")
    return [
        (one.organ.code, int(one.score >= GOOD), f"{one.number or one.pk}", _secret(one.salt))
        for one in rows.iterator(chunk_size=2_000)
    ]


def _answered(month: date) -> dict[str, list[Row]]:
    rows = consultations().filter(due__range=(month, last_day(month)))
    told = []
    for one in rows.iterator(chunk_size=2_000):
        mark = mark_of(_secret(one.salt), f"{one.number} {Measure.ANSWERED} {month}")
        told.append((one.organ.code, one.due.isoformat(), int(bool(one.on_time)), mark))
    return {"questions": sorted(told, key=lambda row: str(row[-1]))}


def _rectified(month: date) -> dict[str, list[Row]]:
    rows = issues().filter(due_on__range=(month, last_day(month)))
    told = rows.order_by("number").values_list("number", "organ__code", "due_on", "closed_at")
    return {
        "findings": [
            (
                number,
                unit,
                due.isoformat(),
                int(closed is not None and timezone.localtime(closed).date() <= due),
            )
            for number, unit, due, closed in told
        ]
    }


ROWS: Final[dict[Measure, Callable[[date], dict[str, list[Row]]]]] = {
    Measure.RECEIVED: _of_moment("received_at", SUBMITTING),
    Measure.ACCEPTED: _of_moment("accepted_at", ACCEPTING),
    Measure.CLOSED: _closed,
    Measure.ON_TIME: _closed,
    Measure.LATE: _closed,
    Measure.OVERDUE: _overdue,
    Measure.ANSWERED: _answered,
    Measure.RECTIFIED: _rectified,
}
