"""Counting everything anew from the cases and comparing it exactly with the kept rollups."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

from django.utils import timezone

from openhall.appraisal.models import Rating, RatingMonth
from openhall.appraisal.rules.packs import pack_called
from openhall.appraisal.rules.rating import is_satisfied
from openhall.appraisal.terms import RatingState
from openhall.cases.models import Case, DaysTally, OpenLoad
from openhall.cases.rules.load import slot
from openhall.cases.terms import Outcome
from openhall.ledger.rules.finding import Finding
from openhall.organs.models import Organ
from openhall.statistics.queries import stored
from openhall.statistics.rules.figures import Sums


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure whose kept value is not what the cases say."""

    organ: str
    month: date
    figure: str
    kept: int
    counted: int


def _month(moment: object) -> date:
    return timezone.localtime(moment).date().replace(day=1)  # type: ignore[arg-type]


def _counted() -> dict[tuple[int, date], dict[str, int]]:
    rows: dict[tuple[int, date], dict[str, int]] = defaultdict(lambda: asdict(Sums()))
    names = ("organ_id", "received_at", "accepted_at", "closed_at", "on_time", "days_used")
    fields = (*names, "outcome")
    cases = Case.objects.order_by("pk").values_list(*fields)
    for organ, received, accepted, closed, on_time, days, outcome in cases.iterator(
        chunk_size=5_000
    ):
        rows[organ, _month(received)]["received"] += 1
        if accepted is None:
            continue
        rows[organ, _month(accepted)]["accepted"] += 1
        if closed is None or outcome == Outcome.WITHDRAWN.value:
            continue
        month = rows[organ, _month(closed)]
        month["closed"] += 1
        month["on_time"] += int(bool(on_time))
        month["days"] += days or 0
    delivered = Rating.objects.filter(case__isnull=False)
    ratings = delivered.order_by("pk").values_list("organ_id", "at", "score")
    for organ, at, score in ratings.iterator(chunk_size=5_000):
        month = rows[organ, _month(at)]
        month["rated"] += 1
        month["satisfied"] += int(score >= 3)
        month["score"] += score
    return rows


OF_EACH: Final = (
    *("every", "good", "bad", "set_aside", "replied", "revisited", "content", "of_served"),
    "points",
)


def _ratings(names: dict[int, str]) -> Iterator[Difference]:
    """The rollup behind the six figures and the score, against the ratings themselves."""
    counted: dict[tuple[int, date], dict[str, int]] = defaultdict(lambda: dict.fromkeys(OF_EACH, 0))
    for one in Rating.objects.order_by("pk").only(*RATING_COLUMNS).iterator(chunk_size=5_000):
        row = counted[one.organ_id, _month(one.at)]
        aside = one.state == RatingState.SET_ASIDE.value
        row["every"] += 1
        row["good" if is_satisfied(one.score) else "bad"] += 1
        row["set_aside"] += int(aside)
        row["replied"] += int(one.replied_by_id is not None)
        row["revisited"] += int(one.revisited_by_id is not None)
        row["content"] += int(bool(one.content))
        row["points"] += 0 if aside else pack_called(one.pack).points[one.score]
        if one.served_on is not None:
            counted[one.organ_id, one.served_on.replace(day=1)]["of_served"] += 1
    kept: dict[tuple[int, date], dict[str, Any]] = {
        (row["organ"], row["month"]): dict(row)
        for row in RatingMonth.objects.order_by().values("organ", "month", *OF_EACH)
    }
    for organ, month in sorted(set(counted) | set(kept)):
        for figure in OF_EACH:
            there, found = kept.get((organ, month), {}).get(figure, 0), counted[organ, month]
            if there != found[figure]:
                yield Difference(names[organ], month, f"ratings, {figure}", there, found[figure])


RATING_COLUMNS = (
    *("organ", "at", "served_on", "score", "pack", "state", "replied_by", "revisited_by"),
    "content",
)


def _tallies() -> Iterator[Difference]:
    counted: dict[tuple[int, date, int], int] = defaultdict(int)
    closed = Case.objects.filter(days_used__isnull=False).order_by("pk")
    for item, at, days in closed.values_list("item_id", "closed_at", "days_used").iterator():
        counted[item, _month(at), days or 0] += 1
    kept = {
        (item, month, days): cases
        for item, month, days, cases in DaysTally.objects.order_by().values_list(
            "item_id", "month", "days", "cases"
        )
    }
    for key in sorted(set(counted) | set(kept)):
        if counted.get(key, 0) != kept.get(key, 0):
            item, month, days = key
            figure = f"item {item}: {days} days"
            yield Difference("", month, figure, kept.get(key, 0), counted.get(key, 0))


def _open(names: dict[int, str]) -> Iterator[Difference]:
    """The rollup behind the board of all units, against the open cases themselves."""
    counted: dict[tuple[int, str, date], int] = defaultdict(int)
    for case in Case.objects.order_by("pk").only(*OPEN_COLUMNS).iterator(chunk_size=5_000):
        if (found := slot(case)) is not None:
            counted[found] += 1
    kept = {
        (organ, kind, due): cases
        for organ, kind, due, cases in OpenLoad.objects.values_list(
            "organ_id", "kind", "due_on", "cases"
        )
    }
    for organ, kind, due in sorted(set(counted) | set(kept)):
        one, other = kept.get((organ, kind, due), 0), counted.get((organ, kind, due), 0)
        if one != other:
            yield Difference(names[organ], due, f"open, {kind}", one, other)


OPEN_COLUMNS = (
    "organ",
    "stage",
    "answer_due",
    "promise_due",
    "delivery_due",
    "accepted_at",
    "closed_at",
    "suspended_since",
)


def differences() -> Iterator[Difference]:
    """Every figure that differs; none where the rollups are what the cases say."""
    names = dict(Organ.objects.values_list("pk", "name"))
    kept, counted = stored(), _counted()
    for organ, month in sorted(set(kept) | set(counted)):
        for figure in asdict(Sums()):
            one = kept.get((organ, month), {}).get(figure, 0)
            other = counted.get((organ, month), {}).get(figure, 0)
            if one != other:
                yield Difference(names[organ], month, figure, one, other)
    yield from _ratings(names)
    yield from _tallies()
    yield from _open(names)


def faults(since: int, size: int) -> Iterator[Finding]:
    """Figures that differ, as faults of the log's nightly look (``settings.LEDGER_CHECKS``).

    Only in a look at the whole. Acts go on meanwhile, so only what differs in the same way at a
    second count is a fault.
    """
    if since or not (first := list(differences())):
        return
    again = set(differences())
    for one in first:
        if one in again:
            yield Finding(
                f"figure/{one.organ or '—'}/{one.month:%Y-%m}/{one.figure}",
                f"{one.organ}{one.month:%Y年%m月}的公开数字“{one.figure}”记为{one.kept},"
                f"按办件重算为{one.counted}：被改动。",
                f"The public figure {one.figure} of {one.organ} in {one.month:%Y-%m} is kept as "
                f"{one.kept}; counted from the cases it is {one.counted}: it was changed.",
            )
