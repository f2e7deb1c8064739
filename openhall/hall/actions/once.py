"""One act on tickets, done once: its key, its locks in their one order, its event, the counter.

The key, the lines by id, the ticket, the hall's counter: every act takes its locks in this order,
so that none waits for one that waits for it.
"""

import hashlib
import json
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from openhall.deeds.doing import Doing
from openhall.deeds.refusals import KEY_SPENT, OWN_ENTRY_TIME, Refused
from openhall.hall.actions import refusals as said
from openhall.hall.models import HallState, Sent, Ticket, TicketEvent, Turn
from openhall.hall.queries import is_closed
from openhall.hall.terms import TicketAct

CLAIM: Final = (
    f"INSERT INTO {Sent._meta.db_table} (key, actor_id, window_id, digest, ticket_id, at)"  # noqa: S608
    " VALUES (%s, %s, %s, %s, NULL, %s) ON CONFLICT DO NOTHING RETURNING 1"
)


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
    """Lock the lines, in order of id."""
    rows = Turn.objects.select_for_update(no_key=True).filter(line__in=set(lines))
    list(rows.order_by("line_id").values_list("line_id"))


# ------------------------------------------------------------------ one act, once
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
        with connection.cursor() as cursor:
            at = connection.ops.adapt_datetimefield_value(timezone.now())
            cursor.execute(CLAIM, [doing.key, actor, window, digest, at])
            mine = cursor.fetchone() is not None
        if not mine:
            return answered(doing.key, actor, window, digest)
        locked_lines(lines)
        now = clock() if doing.entered is None else doing.at
        if is_closed(hall_id, day_of(now)):
            raise Refused(said.DAY_CLOSED)
        ticket, facts = does(now)
        if ticket is not None:
            Sent.objects.filter(key=doing.key).update(ticket=ticket)
            if not facts.pop("again", False):  # the one who stood there already: nothing happened
                noted(ticket, act, doing, now, facts, window)
                press(hall_id, now)
    return ticket


def answered(key: str, actor: int | None, window: int | None, digest: str) -> Ticket | None:
    before = Sent.objects.select_related("ticket__line", "ticket__window").get(key=key)
    if (before.actor_id, before.window_id, before.digest) != (actor, window, digest):
        raise Refused(KEY_SPENT, "key")
    return before.ticket


def noted(
    ticket: Ticket,
    act: TicketAct,
    doing: Doing,
    now: datetime,
    facts: dict[str, Any],
    window: int | None,
) -> None:
    TicketEvent.objects.create(
        hall_id=ticket.hall_id,
        day=ticket.day,
        ticket=ticket,
        act=act.value,
        window_id=window,
        actor=doing.actor,
        at=now,
        facts=facts,
    )


def moved(ticket: Ticket, states: Iterable[str], **changes: Any) -> Ticket:
    """Change the ticket if it still stands in one of ``states``; refused where it moved on."""
    rows = Ticket.objects.filter(pk=ticket.pk, state__in=list(states))
    if not rows.update(**changes):
        raise Refused(said.MOVED_ON)
    for name, value in changes.items():
        setattr(ticket, name, value)
    return ticket


KEPT_FOR: Final = timedelta(days=3)


def forget_keys() -> int:
    """Forget keys older than three days; how many."""
    gone, _each = Sent.objects.filter(at__lt=timezone.now() - KEPT_FOR).delete()
    return gone
