"""The board of all units: what is on time, near its day, overdue and suspended, from the rollup."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import connection
from django.db.models import Q, QuerySet

from openhall.cases.models import Case, OpenLoad
from openhall.cases.rules.load import TO_FINISH
from openhall.cases.terms import LoadKind, Stage
from openhall.organs.models import Organ
from openhall.workdays.queries import calendar

NEAR: Final = 1  # working days before the last day
SUMS: Final = (
    "SELECT organ_id,"  # noqa: S608
    " SUM(CASE WHEN kind <> 'paused' AND due_on < %s THEN cases ELSE 0 END),"
    " SUM(CASE WHEN kind <> 'paused' AND due_on >= %s AND due_on <= %s THEN cases ELSE 0 END),"
    " SUM(CASE WHEN kind <> 'paused' AND due_on > %s THEN cases ELSE 0 END),"
    " SUM(CASE WHEN kind = 'paused' THEN cases ELSE 0 END)"
    f" FROM {OpenLoad._meta.db_table} {{where}} GROUP BY organ_id"
)


@dataclass(frozen=True, slots=True)
class UnitLoad:
    """One unit's open cases by the state of their clock."""

    organ: Organ
    overdue: int
    near: int
    on_time: int
    paused: int

    @property
    def open(self) -> int:
        """Every open case that waits for the unit."""
        return self.overdue + self.near + self.on_time + self.paused


def sums(today: date, kind: LoadKind | None = None) -> dict[int, tuple[int, int, int, int]]:
    """Overdue, near, on time and suspended by organ: a sum over few rows, never over cases."""
    near = calendar().add_workdays(today, NEAR).on
    adapt = connection.ops.adapt_datefield_value
    asked: list[Any] = [adapt(today), adapt(today), adapt(near), adapt(near)]
    where = ""
    if kind is not None:
        where = "WHERE kind = %s"
        asked.append(kind.value)
    with connection.cursor() as cursor:
        cursor.execute(SUMS.format(where=where), asked)
        return {row[0]: (row[1], row[2], row[3], row[4]) for row in cursor.fetchall()}


def board(today: date, kind: LoadKind | None = None) -> list[UnitLoad]:
    """Every unit with open cases, in the order of the units: nobody is ranked by a few cases."""
    found = sums(today, kind)
    organs = Organ.objects.in_bulk(list(found))
    rows = [UnitLoad(organs[pk], *counts) for pk, counts in found.items()]
    kept = [row for row in rows if row.open]
    return sorted(kept, key=lambda row: (row.organ.position, row.organ.code))


def unit_by_kind(organ: Organ, today: date) -> list[tuple[LoadKind, UnitLoad]]:
    """What the unit's own open cases wait for, from the same rollup."""
    told = []
    for kind in LoadKind:
        if (counts := sums(today, kind).get(organ.pk)) is not None:
            told.append((kind, UnitLoad(organ, *counts)))
    return told


# ------------------------------------------------------------ the cases behind a number
STANDINGS: Final = ("overdue", "near", "on_time", "paused", "open")
HANDLED: Final = Q(closed_at__isnull=True, accepted_at__isnull=False, promise_due__isnull=False)
# How ``rules.load.slot`` counts a case, asked of the cases themselves.
WHERE: Final = {
    LoadKind.ANSWER: (Q(stage=Stage.SUBMITTED.value, answer_due__isnull=False), "answer_due"),
    LoadKind.HANDLE: (HANDLED & Q(suspended_since__isnull=True), "promise_due"),
    LoadKind.PAUSED: (HANDLED & Q(suspended_since__isnull=False), "promise_due"),
    LoadKind.DELIVER: (
        Q(stage__in=sorted(TO_FINISH), delivery_due__isnull=False) & ~HANDLED,
        "delivery_due",
    ),
}


def cases_behind(
    organ: Organ, standing: str, today: date, kind: LoadKind | None = None
) -> QuerySet[Case]:
    """Exactly the cases that a number of the board counts."""
    near, asked = calendar().add_workdays(today, NEAR).on, Q(pk__in=[])
    for one, (where, due) in WHERE.items():
        spans = {
            "overdue": Q(**{f"{due}__lt": today}),
            "near": Q(**{f"{due}__range": (today, near)}),
            "on_time": Q(**{f"{due}__gt": near}),
        }
        if kind is not None and one != kind:
            continue
        if standing == "open" or (standing == "paused" and one == LoadKind.PAUSED):
            asked |= where
        elif standing in spans and one != LoadKind.PAUSED:
            asked |= where & spans[standing]
    return Case.objects.filter(asked, organ=organ).select_related("item_version", "organ")
