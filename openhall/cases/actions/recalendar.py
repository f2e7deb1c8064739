"""重算期限: after a new calendar or pack every open case is counted anew, with an event each. 82.

In batches with a short lock each: a batch is read and worked out before the lock, and what somebody
moved meanwhile is worked out again. A run that was cut off goes on after its last case. Rows are
read and written by plain statements, because a million pass here at once.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from time import monotonic
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from openhall.cases.actions.load import move_many
from openhall.cases.actions.recounting import DUES, READ, Counting, Moved, Row
from openhall.cases.kinds import CASE
from openhall.cases.models import Case, CaseStep, Recomputation
from openhall.cases.permissions import may_take_in_notice
from openhall.cases.rules.load import Slot, slot_of
from openhall.cases.terms import Act, Stage
from openhall.deeds.collecting import acting
from openhall.deeds.doing import Doing
from openhall.deeds.keys import system_key
from openhall.deeds.refusals import Refused
from openhall.deeds.rows.many import Prepared, write_many
from openhall.glossary import Said
from openhall.jobs.actions import ask
from openhall.workdays.actions import take_in
from openhall.workdays.queries import calendar, calendar_in_words
from openhall.workdays.rules.calendar import Calendar
from openhall.workdays.rules.notices import Plan

BATCH: Final = 500  # cases of one lock
RECOUNT: Final = "openhall.cases.tasks.recompute_after_a_new_calendar"
TRIES: Final = 3  # rounds for a batch in which somebody else acts
OPEN: Final = (
    Q(stage=Stage.SUBMITTED.value, answer_due__isnull=False)
    | Q(closed_at__isnull=True, accepted_at__isnull=False)
    | Q(
        stage__in=[Stage.GRANTED.value, Stage.ISSUED.value, Stage.REFUSED.value],
        delivery_due__isnull=False,
    )
)
CASES: Final = Case._meta.db_table
WRITE: Final = (
    f"UPDATE {CASES} SET {', '.join(f'{name} = %s' for name in DUES)},"  # noqa: S608
    " due_is_provisional = %s, seq = %s WHERE id = %s"
)


@acting()
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
    counting = Counting(calendar(), timezone.localdate(), run.cause)
    while rows := _read(Q(pk__gt=run.after)):
        held = 0.0
        moved = counting.moved(rows)
        for _round in range(TRIES):
            begun = monotonic()
            left = _written(run, moved, counting)
            held = max(held, monotonic() - begun)
            if not left:
                break
            moved = counting.moved(_read(Q(pk__in=left)))
        _noted(run, rows, held)
        told(run)
    Recomputation.objects.filter(pk=run.pk).update(ended_at=timezone.now())
    run.refresh_from_db()
    return run


@transaction.atomic
def take_in_and_recount(plan: Plan, basis: str, doing: Doing) -> None:
    """The government's office takes in a notice; the worker then counts every open case anew. 82.

    A notice sent twice is one notice.
    """
    if doing.actor is None or not may_take_in_notice(doing.actor, timezone.localdate()):
        raise Refused(
            Said("放假通知由政府办公室录入。", "The office of the government takes in notices.")
        )
    take_in(plan, basis, doing)
    ask(RECOUNT, kwargs={"cause": basis}, key=f"recalendar-{doing.key}"[:100])


def would_move(
    after: Calendar,
    told: Callable[[int], object] = lambda looked_at: None,
    *,
    most: int | None = None,
) -> int:
    """How many open cases would be due on another day under the calendar ``after``.

    ``most``: no more cases than about so many are looked at.
    """
    counting = Counting(after, timezone.localdate(), "")
    last = moved = looked_at = 0
    while (most is None or looked_at < most) and (rows := _read(Q(pk__gt=last))):
        moved += sum(one.before != one.dues for one in counting.moved(rows))
        last, looked_at = rows[-1].pk, looked_at + len(rows)
        told(looked_at)
    return moved


def _read(which: Q) -> list[Row]:
    """A batch of open cases in the order of their ids, as the database keeps them."""
    rows = Case.objects.filter(OPEN, which).order_by("pk").values_list(*READ)[:BATCH]
    sql, asked = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(sql, asked)
        return [Row(*row) for row in cursor.fetchall()]


@acting()
def _noted(run: Recomputation, rows: list[Row], held: float) -> None:
    run.after, run.looked_at = rows[-1].pk, run.looked_at + len(rows)
    run.longest_lock = max(run.longest_lock, held)
    Recomputation.objects.filter(pk=run.pk).update(
        after=run.after, looked_at=run.looked_at, longest_lock=run.longest_lock
    )


@acting()
def _written(run: Recomputation, moved: list[Moved], counting: Counting) -> list[int]:
    """Write one batch; the ids of those that somebody else moved since they were read."""
    if not moved:
        return []
    standing = _standing(moved)
    ours = [one for one in moved if standing.get(one.row.pk) == one.row.seq]
    now = timezone.now()
    moment = now.isoformat(timespec="seconds")
    updates: list[tuple[Any, ...]] = []
    deeds: list[Prepared] = []
    load: Counter[Slot | None] = Counter()
    for one in ours:
        row, seq = one.row, one.row.seq + 1
        updates.append((*one.dues, one.provisional, seq, row.pk))
        key = system_key("recalendar", run.pk, row.pk)
        said, body = counting.facts(one), counting.body(one, moment)
        deeds.append(Prepared(row.pk, seq, (row.stage,), said, key, body))
        load[_slot(row, one.before)] -= 1
        load[_slot(row, one.dues)] += 1
    with connection.cursor() as cursor:
        cursor.executemany(WRITE, updates)
    write_many(CASE, Act.RECALENDAR, now, deeds)
    move_many(load)
    _steps_anew([one.row.pk for one in ours])
    Recomputation.objects.filter(pk=run.pk).update(changed=F("changed") + len(ours))
    done = {one.row.pk for one in ours}
    return [one.row.pk for one in moved if one.row.pk not in done and one.row.pk in standing]


def _standing(moved: list[Moved]) -> dict[int, int]:
    """Where each case stands now, under lock."""
    rows = Case.objects.filter(pk__gte=moved[0].row.pk, pk__lte=moved[-1].row.pk)
    if connection.features.has_select_for_update:
        rows = rows.select_for_update(of=("self",))
    return dict(rows.values_list("pk", "seq"))


def _slot(row: Row, dues: tuple[str | None, ...]) -> Slot | None:
    """The row of the rollup in which the case is counted with these due days."""
    answer, promise, _statutory, delivery = (
        date.fromisoformat(due) if due else None for due in dues
    )
    return slot_of(
        row.organ,
        row.stage,
        closed=row.closed is not None,
        accepted=row.accepted is not None,
        paused=row.suspended is not None,
        answer_due=answer,
        promise_due=promise,
        delivery_due=delivery,
    )


def _steps_anew(cases: Iterable[int]) -> None:
    """The running step of each case is due on the same working day of the new calendar."""
    days, ours = calendar(), set(cases)
    if not ours:
        return
    running = CaseStep.objects.filter(
        case__gte=min(ours),
        case__lte=max(ours),
        state="current",
        begun_on__isnull=False,
        days__isnull=False,
    )
    changed: dict[date, list[int]] = defaultdict(list)
    for pk, case, begun, count, extra, due in running.values_list(
        "pk", "case", "begun_on", "days", "extra", "due_on"
    ):
        assert begun is not None  # asked for above
        anew = days.add_workdays(begun, (count or 0) + extra).on
        if anew != due and case in ours:
            changed[anew].append(pk)
    for due, pks in changed.items():  # no deed commits to a step's due day: it is counted
        CaseStep._base_manager.filter(pk__in=pks).update(due_on=due)
