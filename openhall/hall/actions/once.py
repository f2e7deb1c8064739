"""One act on tickets, done once: its key, its locks in their one order, its event, the counter.

The key, the lines by id, the ticket, the hall's counter: every act takes its locks in this order,
so that none waits for one that waits for it. What every act does alike is written as statements:
composing them anew costs many times what they take (``docs/measured.md``), and while one holds a
lock the others wait.
"""

import hashlib
import json
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Model
from django.utils import timezone

from openhall.deeds.doing import Doing
from openhall.deeds.refusals import KEY_SPENT, OWN_ENTRY_TIME, Refused
from openhall.hall.actions import refusals as said
from openhall.hall.models import HallState, Sent, Ticket, TicketEvent, Turn
from openhall.hall.standing import is_closed, stamp, stored_day
from openhall.hall.terms import TicketAct, TicketState

CLAIM: Final = (
    "INSERT INTO hall_sent (key, actor_id, window_id, digest, ticket_id, at)"
    " VALUES (%s, %s, %s, %s, NULL, %s) ON CONFLICT DO NOTHING RETURNING 1"
)
ANSWERS: Final = "UPDATE hall_sent SET ticket_id = %s WHERE key = %s"
HAPPENED: Final = (
    "INSERT INTO hall_ticketevent (hall_id, day, ticket_id, act, window_id, actor_id, at, facts)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s, %s)"
)
PRESSED: Final = "UPDATE hall_hallstate SET gen = gen + 1, changed = %s WHERE hall_id = %s"
LOCKS: Final = (
    "SELECT line_id FROM hall_turn WHERE line_id = ANY(%s) ORDER BY line_id FOR NO KEY UPDATE"
)
TIME: Final = (
    "SELECT clock_timestamp(), ARRAY(SELECT day FROM hall_hallday WHERE hall_id = %s"
    " AND day >= clock_timestamp()::date - 2)"
)
Statement = tuple[str, list[Any]]


def told(*statements: Statement) -> None:
    """Statements one after the other; on PostgreSQL with one question, since each is a wait."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            values = [value for _sql, own in statements for value in own]
            cursor.execute("; ".join(sql for sql, _own in statements), values)
        else:
            for sql, own in statements:
                cursor.execute(sql, own)


def clock() -> datetime:
    """Now, by one clock for all nodes: the database's, or on SQLite the one of its one machine."""
    if connection.vendor != "postgresql":
        return timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        at: datetime = cursor.fetchone()[0]
    return at


def day_of(moment: datetime) -> date:
    return timezone.localtime(moment).date()


def press(hall_id: int, now: datetime) -> None:
    """Say that the hall has changed: the last lock of an act, and no message besides."""
    HallState.objects.filter(hall_id=hall_id).update(gen=F("gen") + 1, changed=now)


def locked_lines(lines: Iterable[int]) -> None:
    """Lock the lines, in order of id. On SQLite one act goes at a time and there is nothing to."""
    if connection.features.has_select_for_update:
        rows = Turn.objects.select_for_update(no_key=True).filter(line__in=set(lines))
        list(rows.order_by("line_id").values_list("line_id"))


# ------------------------------------------------------------------ one act, once
def _begun(claim: list[Any], hall_id: int, lines: list[int]) -> tuple[datetime, bool] | None:
    """The key is ours and the lines are locked: what time it is, and whether the day is closed.

    None where the key was used. On PostgreSQL one question; on SQLite one act goes at a time.
    """
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            cursor.execute(CLAIM, claim)
            if cursor.fetchone() is None:
                return None
            now = timezone.now()
            return now, is_closed(hall_id, day_of(now))
        cursor.execute("; ".join((CLAIM, LOCKS, TIME)), [*claim, lines, hall_id])
        mine = cursor.fetchone() is not None
        cursor.nextset()
        cursor.nextset()
        now, closed_days = cursor.fetchone()
        return (now, day_of(now) in closed_days) if mine else None


Does = Callable[[datetime], tuple[Ticket | None, dict[str, Any]]]


def once(
    act: TicketAct,
    doing: Doing,
    hall_id: int,
    lines: Iterable[int],
    sent: dict[str, Any],
    does: Does,
    window: int | None = None,
) -> Ticket | None:
    """Do it in one transaction under its key; the stored answer where the key was used for it."""
    said_body = json.dumps([act.value, sent], sort_keys=True, default=str)
    digest = hashlib.sha256(said_body.encode()).hexdigest()
    actor = None if doing.actor is None else doing.actor.pk
    if doing.entered is not None and not settings.DEMO:
        raise Refused(OWN_ENTRY_TIME, "entered")
    with transaction.atomic():
        claim = [doing.key, actor, window, digest, stamp(timezone.now())]
        begun = _begun(claim, hall_id, sorted(set(lines)))
        if begun is None:
            return answered(doing.key, actor, window, digest)
        now, closed = begun
        if doing.entered is not None:
            now, closed = doing.at, is_closed(hall_id, day_of(doing.at))
        if closed:
            raise Refused(said.DAY_CLOSED)
        ticket, facts = does(now)
        if ticket is None:
            return None
        answers: Statement = (ANSWERS, [ticket.pk, doing.key])
        if facts.pop("again", False):  # the one who stood there already: nothing happened
            told(answers)
            return ticket
        of = [hall_id, stored_day(ticket.day), ticket.pk, act.value, window, actor, stamp(now)]
        happened: Statement = (HAPPENED, [*of, json.dumps(facts)])
        told(answers, happened, (PRESSED, [stamp(now), hall_id]))
    return ticket


def answered(key: str, actor: int | None, window: int | None, digest: str) -> Ticket | None:
    before = Sent.objects.select_related("ticket__line", "ticket__window").get(key=key)
    if (before.actor_id, before.window_id, before.digest) != (actor, window, digest):
        raise Refused(KEY_SPENT, "key")
    return before.ticket


def moved(ticket: Ticket, states: Iterable[str], **changes: Any) -> Ticket:
    """Change the ticket if it still stands in one of ``states``; refused where it moved on."""
    columns, values = [], []
    for name, value in changes.items():
        column: Any = Ticket._meta.get_field(name)
        columns.append(f"{column.column} = %s")
        kept = value.pk if isinstance(value, Model) else value
        values.append(column.get_db_prep_save(kept, connection))
    from_states = list(states)
    marks = ", ".join(["%s"] * len(from_states))
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE hall_ticket SET {', '.join(columns)} WHERE id = %s AND state IN ({marks})",  # noqa: S608
            [*values, ticket.pk, *from_states],
        )
        if not cursor.rowcount:
            raise Refused(said.MOVED_ON)
    for name, value in changes.items():
        setattr(ticket, name, value)
    return ticket


def ended(
    ticket: Ticket,
    act: TicketAct,
    state: TicketState,
    now: datetime,
    doing: Doing,
    facts: dict[str, Any],
) -> None:
    """A visit ended by the management, under the lock of its line: the closing, or nobody there."""
    served = {"served_at": ticket.served_at or now} if state == TicketState.DONE else {}
    moved(ticket, [ticket.state], state=state.value, ended_at=now, **served)
    TicketEvent.objects.create(
        hall_id=ticket.hall_id,
        day=ticket.day,
        ticket=ticket,
        act=act.value,
        window_id=ticket.window_id,
        actor=doing.actor,
        at=now,
        facts=facts,
    )


KEPT_FOR: Final = timedelta(days=3)


def forget_keys() -> int:
    """Forget keys older than three days; how many."""
    gone, _each = Sent.objects.filter(at__lt=timezone.now() - KEPT_FOR).delete()
    return gone
