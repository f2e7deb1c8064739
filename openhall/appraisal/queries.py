"""Reading ratings: of a case, at a desk, and the six figures with what stands behind each."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

from django.db.models import Q, QuerySet, Sum
from django.utils import timezone

from openhall.appraisal.models import AppraisalDeed, Rating, RatingMonth
from openhall.appraisal.rules.lifecycle import OPEN
from openhall.appraisal.rules.six import Counts
from openhall.appraisal.terms import RatingState, ServedStage
from openhall.cases.models import Case, UnitMonth
from openhall.organs.models import Account, Organ
from openhall.organs.queries import working_at

COUNTED: Final = {
    "rated": "every",
    "good": "good",
    "bad": "bad",
    "set_aside": "set_aside",
    "replied": "replied",
    "revisited": "revisited",
    "content": "content",
    "of_served": "of_served",
    "points": "points",
}


def ratings_of(case: Case) -> tuple[Rating | None, Rating | None]:
    """The ratings of the service and of the taking in of ``case``, as far as it was rated."""
    found = {one.stage: one for one in Rating.objects.filter(Q(case=case) | Q(accepted=case))}
    return found.get(ServedStage.DELIVERY), found.get(ServedStage.ACCEPTANCE)


def _rows() -> QuerySet[Rating]:
    return Rating.objects.select_related(
        "organ", "case__item_version", "accepted__item_version", "assigned_to"
    )


def rating_numbered(number: str) -> Rating | None:
    """One rating by its own number."""
    return _rows().filter(number=number).first()


def bad_ratings(
    *, organ: Organ | None = None, state: RatingState | None = None, mine: Account | None = None
) -> QuerySet[Rating]:
    """Bad ratings: what is open, the first to run out at the top; or one state."""
    rows = _rows().filter(score__lt=3)
    if organ is not None:
        rows = rows.filter(organ=organ)
    if mine is not None:
        rows = rows.filter(assigned_to=mine)
    if state is not None:
        return rows.filter(state=state.value)
    return rows.filter(state__in=[one.value for one in OPEN])


def colleagues(organ: Organ, day: date) -> QuerySet[Account]:
    """Who may be named to verify; the act looks who dealt with the case."""
    return working_at(organ, day)


def deeds_told(rating: Rating) -> list[tuple[AppraisalDeed, list[str]]]:
    """What was done to a rating, with what was written at each step."""
    rows = AppraisalDeed.objects.filter(subject="rating", about=rating.pk)
    return [
        (deed, list(deed.detail_under(rating.salt).values()))
        for deed in rows.select_related("actor").order_by("seq")
    ]


# ------------------------------------------------------------------------------------ figures
def _of_ratings(row: dict[str, Any]) -> Counts:
    return Counts(**{name: row[column] or 0 for name, column in COUNTED.items()})


def counts_by_unit(first: date, last: date) -> list[tuple[Organ, Counts]]:
    """What is counted of each unit from ``first`` to ``last`` (first days of months)."""
    where = {"month__range": (first, last)}
    found: dict[int, Counts] = defaultdict(Counts)
    columns = {column: Sum(column) for column in COUNTED.values()}
    for row in RatingMonth.objects.filter(**where).order_by().values("organ").annotate(**columns):
        found[row["organ"]] += _of_ratings(dict(row))
    served = UnitMonth.objects.filter(**where).order_by().values("organ")
    for row in served.annotate(a=Sum("accepted"), d=Sum("delivered")):
        found[row["organ"]] += Counts(served=(row["a"] or 0) + (row["d"] or 0))
    units = Organ.objects.filter(pk__in=found).order_by("position", "pk")
    return [(unit, found[unit.pk]) for unit in units]


def _during(month: date) -> tuple[datetime, datetime]:
    zone = timezone.get_default_timezone()
    after = (month.replace(day=28) + (date(2000, 1, 5) - date(2000, 1, 1))).replace(day=1)
    return datetime.combine(month, time.min, zone), datetime.combine(after, time.min, zone)


@dataclass(frozen=True, slots=True)
class Behind:
    """The ratings behind a figure, and which of them are its part."""

    whole: Q
    part: Q


BEHIND: Final[dict[str, Behind]] = {
    "good": Behind(~Q(state=RatingState.SET_ASIDE.value), Q(score__gte=3)),
    "replied": Behind(Q(score__lt=3) & ~Q(state=RatingState.SET_ASIDE.value), ~Q(replied_by=None)),
    "rectified": Behind(
        Q(score__lt=3) & ~Q(state=RatingState.SET_ASIDE.value), ~Q(revisited_by=None)
    ),
    "content": Behind(~Q(revisited_by=None), Q(content=True)),
}


def ratings_behind(name: str, organ: Organ, month: date) -> QuerySet[Rating] | None:
    """The ratings a figure of a unit and month is counted from, without their cases."""
    begin, end = _during(month)
    rows = Rating.objects.filter(organ=organ)
    if name in ("active", "unrated"):
        last = timezone.localtime(end).date()
        return rows.filter(served_on__gte=month, served_on__lt=last)
    if name not in BEHIND:
        return None
    return rows.filter(BEHIND[name].whole, at__gte=begin, at__lt=end)
