"""Published figures from the rollups, and the cases behind each of them."""

from collections import defaultdict
from dataclasses import asdict
from datetime import date, datetime, time
from typing import Any, Final

from django.db.models import QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from openhall.appraisal.models import RatingMonth
from openhall.cases.board import sums
from openhall.cases.models import Case, CaseEvent, DaysTally, UnitMonth
from openhall.cases.terms import LoadKind, Outcome
from openhall.organs.models import Organ
from openhall.paging.keyset import START, Page, Place, paged
from openhall.statistics.rules.figures import Sums, month_after
from openhall.statistics.terms import Measure

PAGE: Final = 50
OPENS: Final = frozenset(
    {Measure.RECEIVED, Measure.ACCEPTED, Measure.CLOSED, Measure.ON_TIME, Measure.LATE}
)
OF_CASES: Final = ("received", "accepted", "closed", "on_time", "days")
OF_RATINGS: Final = ("rated", "satisfied", "score")


def _summed(rows: list[dict[str, Any]], key: str) -> dict[Any, Sums]:
    found: dict[Any, Sums] = defaultdict(Sums)
    for row in rows:
        at = row.pop(key)
        found[at] = found[at] + Sums(**{name: value or 0 for name, value in row.items()})
    return found


def _by(key: str, where: dict[str, Any]) -> dict[Any, Sums]:
    cases = UnitMonth.objects.filter(**where).order_by().values(key)
    ratings = RatingMonth.objects.filter(**where).order_by().values(key)
    rows = list(cases.annotate(**{name: Sum(name) for name in OF_CASES}))
    rows += list(ratings.annotate(**{name: Sum(name) for name in OF_RATINGS}))
    return _summed(rows, key)


def by_month(first: date, last: date, organ: Organ | None = None) -> dict[date, Sums]:
    """Sums of each month from ``first`` to ``last`` (first days) of a unit, or of the city."""
    where: dict[str, Any] = {"month__range": (first, last)}
    if organ is not None:
        where["organ"] = organ
    return _by("month", where)


def by_unit(first: date, last: date) -> list[tuple[Organ, Sums]]:
    """Sums of each unit from ``first`` to ``last``, the busiest first; idle units left out."""
    of_units = _by("organ", {"month__range": (first, last)})
    units = Organ.objects.in_bulk(list(of_units))
    return sorted(
        ((units[pk], found) for pk, found in of_units.items()),
        key=lambda pair: (-pair[1].received, pair[0].position),
    )


def _during(month: date) -> tuple[datetime, datetime]:
    zone = timezone.get_default_timezone()
    return (
        datetime.combine(month, time.min, zone),
        datetime.combine(month_after(month), time.min, zone),
    )


def open_and_overdue(day: date) -> tuple[int, int]:
    """Accepted cases open on ``day``, and how many of them are past their promise: from the load.

    They are in no rate of closed cases, so they have one of their own; suspended ones are open and
    not overdue.
    """
    running = sums(day, LoadKind.HANDLE).values()
    paused = sum(sum(one) for one in sums(day, LoadKind.PAUSED).values())
    return sum(sum(one) for one in running) + paused, sum(one[0] for one in running)


def cases_behind(measure: Measure, organ: Organ, month: date) -> tuple[QuerySet[Case], str]:
    """The cases a figure counts, and the moment by which they are counted.

    Exactly the cases: their number is the figure (``recount`` holds them together). Ratings have
    none: nobody finds who rated.
    """
    begin, end = _during(month)
    if measure not in OPENS:
        return Case.objects.none(), "received_at"
    rows = Case.objects.filter(organ=organ)
    moment = {Measure.RECEIVED: "received_at", Measure.ACCEPTED: "accepted_at"}.get(
        measure, "closed_at"
    )
    rows = rows.filter(**{f"{moment}__gte": begin, f"{moment}__lt": end})
    if moment == "closed_at":
        rows = rows.filter(accepted_at__isnull=False).exclude(outcome=Outcome.WITHDRAWN.value)
    if measure in (Measure.ON_TIME, Measure.LATE):
        rows = rows.filter(on_time=measure == Measure.ON_TIME)
    return rows, moment


def page_behind(
    measure: Measure, organ: Organ, month: date, at: Place = START, size: int = PAGE
) -> Page[Case]:
    """A page of the cases behind a figure, newest first."""
    rows, moment = cases_behind(measure, organ, month)
    return paged(rows.select_related("item_version"), (f"-{moment}", "-pk"), at, size)


def due_today(day: date) -> QuerySet[Case]:
    """Accepted cases whose promised day is ``day`` and that are not answered yet."""
    return _promised().filter(promise_due=day)


def overdue(day: date) -> QuerySet[Case]:
    """Accepted cases still open past their promise, over the partial index; suspended ones not."""
    return _promised().filter(promise_due__lt=day)


def _promised() -> QuerySet[Case]:
    rows = Case.objects.filter(closed_at__isnull=True, accepted_at__isnull=False)
    return rows.filter(suspended_since__isnull=True)


def owed_page(rows: QuerySet[Case], at: Place = START) -> Page[Case]:
    """A page of what is owed, what has waited longest first."""
    return paged(rows.select_related("item_version", "organ"), ("promise_due", "pk"), at, PAGE)


def public_events(case: Case) -> list[CaseEvent]:
    """The events of a case; ``facts`` and ``entry`` of each are public."""
    return list(CaseEvent.objects.filter(case=case).order_by("seq"))


def days_of(item_id: int, first: date, last: date) -> list[tuple[int, int]]:
    """How many cases of an item took how many working days, in ascending order of days."""
    rows = DaysTally.objects.filter(item_id=item_id, month__range=(first, last)).order_by()
    return list(rows.values_list("days").annotate(Sum("cases")).order_by("days"))


def busiest_items(first: date, last: date, count: int) -> list[int]:
    """The ids of the ``count`` matters on which most cases were closed, the busiest first.

    What a district closes on its variant counts for the item it inherits from.
    """
    rows = DaysTally.objects.filter(month__range=(first, last)).order_by()
    matters = rows.annotate(matter=Coalesce("item__inherits", "item")).values("matter")
    found = matters.annotate(n=Sum("cases")).order_by("-n", "matter")[:count]
    return [row["matter"] for row in found]


def stored() -> dict[tuple[int, date], dict[str, int]]:
    """Every rollup row as kept by the acts, for the recount."""
    rows: dict[tuple[int, date], dict[str, int]] = defaultdict(lambda: asdict(Sums()))
    for model, names in ((UnitMonth, OF_CASES), (RatingMonth, OF_RATINGS)):
        for row in model.objects.order_by().values("organ", "month", *names):
            rows[row["organ"], row["month"]].update({name: row[name] for name in names})
    return rows
