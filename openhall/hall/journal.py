"""The journal of a day, line by line, and whether a closed day still is what its deed says. A5.

Every event of the day in order, then every ticket as it stood when the day was closed. Named by the
roof in ``settings.LEDGER_CHECKS``; by night and by hand.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from openhall.deeds.rules.values import plain
from openhall.hall.models import HallDay, Ticket, TicketEvent
from openhall.hall.rules.journal import root_of
from openhall.ledger.rules.finding import Finding

EVENT: Final = ("id", "ticket__uid", "act", "window_id", "actor_id", "at")
TICKET: Final = tuple(field.attname for field in Ticket._meta.concrete_fields)


def lines_of_day(hall_id: int, day: date) -> Iterator[dict[str, Any]]:
    """Everything the root of a day is made of, in order."""
    events = TicketEvent.objects.filter(hall_id=hall_id, day=day).order_by("id")
    for row in events.values(*EVENT, "facts").iterator(chunk_size=2000):
        facts = row.pop("facts")
        yield {"event": {name: plain(value) for name, value in row.items()}, "facts": facts}
    tickets = Ticket.objects.filter(hall_id=hall_id, day=day).order_by("id")
    for row in tickets.values(*TICKET).iterator(chunk_size=2000):
        yield {"ticket": {name: plain(value) for name, value in row.items()}}


def faults(since: int, size: int) -> Iterator[Finding]:
    """Closed days whose events or tickets are not what they were; asked by night."""
    if since:
        return
    for one in HallDay.objects.select_related("hall").order_by("pk").iterator(chunk_size=200):
        if root_of(lines_of_day(one.hall_id, one.day)) != (one.events, one.root):
            yield Finding(
                f"hall-day/{one.hall.slug}/{one.day.isoformat()}/journal",
                f"{one.hall.slug}大厅{one.day}的取号、叫号记录与日结时的摘要不符：被改动。",
                f"What happened to the tickets of hall {one.hall.slug} on {one.day} is not what it "
                "was when the day was closed: it was changed.",
            )
