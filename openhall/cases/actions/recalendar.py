"""重算期限: after a new calendar or pack every open case is counted anew, with an event each. 82.

In batches with a short lock each: a batch is read and worked out before the lock; what somebody
moved meanwhile is left to the next round. A run that was cut off goes on after its last case.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from time import monotonic
from typing import Any, Final

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from openhall.cases.actions.load import Slot, move_many, slot_of
from openhall.cases.models import (
    Case,
    CaseEvent,
    CaseStep,
    Extension,
    Forwarding,
    Recomputation,
    Suspension,
)
from openhall.cases.rules.clock import Pause
from openhall.cases.rules.recount_days import Question, Recounting
from openhall.cases.terms import Act, Stage
from openhall.ledger.actions import append_many
from openhall.workdays.queries import calendar, calendar_in_words

BATCH: Final = 2_000
DUES: Final = ("answer_due", "promise_due", "statutory_due", "delivery_due")
COLUMNS: Final = ("id", "seq", "number", "stage", "pack", "joint", "organ_id", "item_id")
READ: Final = (
    *COLUMNS,
    *DUES,
    "due_is_provisional",
    "received_at",
    "accepted_at",
    "decided_at",
    "closed_at",
    "suspended_since",
    "organ__code",
    "item__code",
    "item_version__promised_days",
    "item_version__promised_unit",
    "item_version__statutory_days",
    "item_version__statutory_unit",
)
OPEN: Final = (
    Q(stage=Stage.SUBMITTED.value, answer_due__isnull=False)
    | Q(closed_at__isnull=True, accepted_at__isnull=False)
    | Q(
        stage__in=[Stage.GRANTED.value, Stage.ISSUED.value, Stage.REFUSED.value],
        delivery_due__isnull=False,
    )
)
CASES: Final = Case._meta.db_table
EVENTS: Final = CaseEvent._meta.db_table
WRITE: Final = (
    f"UPDATE {CASES} SET answer_due = %s, promise_due = %s, statutory_due = %s,"  # noqa: S608
    " delivery_due = %s, due_is_provisional = %s, seq = %s WHERE id = %s"
)
SAY: Final = (
    f"INSERT INTO {EVENTS} (case_id, seq, act, stage, actor_id, desk, event_time,"  # noqa: S608
    " entry_time, facts, detail, key, entry) VALUES"
    " (%s, %s, %s, %s, NULL, '', %s, %s, %s, '', %s, %s)"
)


@dataclass(frozen=True, slots=True)
class Moved:
    """One case whose due days are others under the new calendar."""

    row: Mapping[str, Any]
    dues: tuple[date | None, ...]
    provisional: bool


@transaction.atomic
def begin_recomputation(cause: str) -> Recomputation:
    """A new run, or the one that was cut off."""
    loaded = calendar_in_words()
    open_run = Recomputation.objects.filter(ended_at__isnull=True, calendar=loaded).first()
    if open_run is not None:
        return open_run
    return Recomputation.objects.create(cause=cause, calendar=loaded, asked_at=timezone.now())


def needs_recomputation() -> bool:
    """Whether another calendar is loaded than that of the last finished run."""
    last = Recomputation.objects.filter(ended_at__isnull=False).order_by("-pk").first()
    return last is None or last.calendar != calendar_in_words()


def recompute(
    run: Recomputation, told: Callable[[Recomputation], object] = lambda run: None
) -> Recomputation:
    """Go on with ``run`` to its end; ``told`` after every batch."""
    counting = Recounting(calendar(), timezone.localdate())
    while True:
        rows = list(
            Case.objects.filter(OPEN, pk__gt=run.after).order_by("pk").values(*READ)[:BATCH]
        )
        if not rows:
            break
        held = 0.0
        moved = _moved(rows, counting)
        for _attempt in range(3):
            begun = monotonic()
            again = _written(run, moved)
            held = max(held, monotonic() - begun)
            if not again:
                break
            moved = _moved(Case.objects.filter(OPEN, pk__in=again).values(*READ), counting)
        _noted(run, rows, held)
        told(run)
    Recomputation.objects.filter(pk=run.pk).update(ended_at=timezone.now())
    run.refresh_from_db()
    return run


@transaction.atomic
def _noted(run: Recomputation, rows: list[dict[str, Any]], held: float) -> None:
    Recomputation.objects.filter(pk=run.pk).update(
        after=rows[-1]["id"],
        looked_at=run.looked_at + len(rows),
        longest_lock=max(run.longest_lock, held),
    )
    run.refresh_from_db()


def _local(moment: datetime) -> date:
    return timezone.localtime(moment).date()


def _moved(rows: Iterable[Mapping[str, Any]], counting: Recounting) -> list[Moved]:
    """Those of ``rows`` whose due days change."""
    listed = list(rows)
    if not listed:
        return []
    span = {"case_id__gte": listed[0]["id"], "case_id__lte": listed[-1]["id"]}
    pauses: dict[int, list[Pause]] = defaultdict(list)
    for pk, since, until, number in Suspension.objects.filter(
        **span, until__isnull=False
    ).values_list("case_id", "since", "until", "notice_number"):
        pauses[pk].append(Pause(since, until, bool(number)))
    above: dict[int, date] = {}
    for pk, since, until in Forwarding.objects.filter(**span).values_list(
        "case_id", "since", "until"
    ):
        if until is None:
            above[pk] = since
        else:
            pauses[pk].append(Pause(since, until, True))
    extended = dict(Extension.objects.filter(**span).values_list("case_id", "days"))
    found = []
    for row in listed:
        dues, provisional = _dues(row, counting, pauses, extended, above)
        if dues != tuple(row[name] for name in DUES) or provisional != row["due_is_provisional"]:
            found.append(Moved(row, dues, provisional))
    return found


def _dues(
    row: Mapping[str, Any],
    counting: Recounting,
    pauses: Mapping[int, list[Pause]],
    extended: Mapping[int, int],
    above: Mapping[int, date],
) -> tuple[tuple[date | None, ...], bool]:
    """The four due days of one case under the new calendar, and whether they are provisional."""
    answer, promise, statutory, delivery = (row[name] for name in DUES)
    provisional = row["due_is_provisional"]
    pk = row["id"]
    if row["stage"] == Stage.SUBMITTED:
        answer = counting.answer(_local(row["received_at"]), row["pack"])
    elif row["closed_at"] is not None:
        delivery = counting.delivery(_local(row["decided_at"]), row["pack"])
    elif pk in above:
        promise = statutory = counting.above(above[pk], row["pack"])
    else:
        due = counting.deadlines(
            Question(
                _local(row["accepted_at"]),
                row["item_version__promised_days"] or 0,
                row["item_version__promised_unit"],
                row["item_version__statutory_days"],
                row["item_version__statutory_unit"],
                row["pack"],
                row["joint"],
                extended.get(pk, 0),
                tuple(pauses.get(pk, ())),
            )
        )
        promise, statutory, provisional = due.promise, due.statutory, due.provisional
    return (answer, promise, statutory, delivery), provisional


@transaction.atomic
def _written(run: Recomputation, moved: list[Moved]) -> list[int]:
    """Write one batch; the ids of those that somebody else moved since they were read."""
    if not moved:
        return []
    ids = [one.row["id"] for one in moved]
    rows = Case.objects.filter(pk__in=ids)
    if connection.features.has_select_for_update:
        rows = rows.select_for_update(of=("self",))
    standing = dict(rows.values_list("pk", "seq"))
    ours = [one for one in moved if standing.get(one.row["id"]) == one.row["seq"]]
    now = timezone.now()
    moment = now.isoformat(timespec="seconds")
    entries = append_many("case", [_body(one, run, moment) for one in ours])
    adapt = connection.ops.adapt_datefield_value
    stored = connection.ops.adapt_datetimefield_value(now)
    load: Counter[Slot | None] = Counter()
    updates, events = [], []
    for one, entry in zip(ours, entries, strict=True):
        row, seq = one.row, one.row["seq"] + 1
        updates.append((*map(adapt, one.dues), one.provisional, seq, row["id"]))
        events.append(
            (
                row["id"],
                seq,
                Act.RECALENDAR.value,
                row["stage"],
                stored,
                stored,
                json.dumps(_facts(one, run)),
                f"recalendar-{run.pk}-{row['id']}",
                entry,
            )
        )
        before, after = _slots(one)
        load[before] -= 1
        load[after] += 1
    with connection.cursor() as cursor:
        cursor.executemany(WRITE, updates)
        cursor.executemany(SAY, events)
    move_many(load)
    _steps_anew([one.row["id"] for one in ours])
    Recomputation.objects.filter(pk=run.pk).update(changed=run.changed + len(ours))
    run.changed += len(ours)
    return [pk for pk in ids if pk in standing and pk not in {one.row["id"] for one in ours}]


def _facts(one: Moved, run: Recomputation) -> dict[str, Any]:
    """What the event says: the cause, and every due day that is another now."""
    facts: dict[str, Any] = {"cause": run.cause}
    for name, due in zip(DUES, one.dues, strict=True):
        if due != one.row[name]:
            was = one.row[name]
            facts[name] = due.isoformat() if due else None
            facts[f"{name}_before"] = was.isoformat() if was else None
    if one.provisional != one.row["due_is_provisional"]:
        facts["provisional"] = one.provisional
    return facts


def _body(one: Moved, run: Recomputation, moment: str) -> dict[str, Any]:
    """The public entry, of the same form as every act's."""
    row = one.row
    return {
        "v": 1,
        "log": settings.LEDGER_ORIGIN,
        "case": row["number"],
        "seq": row["seq"] + 1,
        "act": Act.RECALENDAR.value,
        "stage": row["stage"],
        "organ": row["organ__code"],
        "item": row["item__code"],
        "desk": "",
        "event_time": moment,
        "entry_time": moment,
        "facts": _facts(one, run),
        "commitments": {},
    }


def _slots(one: Moved) -> tuple[Slot | None, Slot | None]:
    row = one.row
    answer, promise, _statutory, delivery = one.dues

    def at(answer: date | None, promise: date | None, delivery: date | None) -> Slot | None:
        return slot_of(
            row["organ_id"],
            row["stage"],
            closed=row["closed_at"] is not None,
            accepted=row["accepted_at"] is not None,
            paused=row["suspended_since"] is not None,
            answer_due=answer,
            promise_due=promise,
            delivery_due=delivery,
        )

    before = at(row["answer_due"], row["promise_due"], row["delivery_due"])
    return before, at(answer, promise, delivery)


def _steps_anew(cases: list[int]) -> None:
    """The running step of each case is due on the same working day of the new calendar."""
    days = calendar()
    running = CaseStep.objects.filter(
        case__in=cases, state="current", begun_on__isnull=False, days__isnull=False
    )
    changed: dict[date, list[int]] = defaultdict(list)
    for pk, begun, count, extra, due in running.values_list(
        "pk", "begun_on", "days", "extra", "due_on"
    ):
        assert begun is not None  # asked for above
        anew = days.add_workdays(begun, (count or 0) + extra).on
        if anew != due:
            changed[anew].append(pk)
    for due, pks in changed.items():
        CaseStep.objects.filter(pk__in=pks).update(due_on=due)
