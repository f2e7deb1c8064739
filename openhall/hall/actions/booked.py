"""Who comes to an appointment gets a ticket of the booked lane; named in ``APPOINTMENT_ARRIVALS``.

A calendar says in its reference which hall it belongs to (``jinjiang``), and may name the line
(``jinjiang/A``). Other calendars (a hearing, a visit) have no line to wait in.
"""

from openhall.deeds.doing import Doing
from openhall.deeds.keys import within
from openhall.deeds.refusals import Refused
from openhall.hall.actions.turns import Coming, issue
from openhall.hall.models import Line, Ticket
from openhall.hall.queries import hall_named, open_lines
from openhall.hall.terms import Lane, Source
from openhall.slots.models import Appointment


def line_of(reference: str) -> Line | None:
    """The line that a calendar's reference names: the first of the hall where it names none."""
    slug, _slash, letter = reference.partition("/")
    hall = hall_named(slug) if slug else None
    if hall is None:
        return None
    lines = open_lines(hall)
    return (lines.filter(letter=letter) if letter else lines).first()


def give_ticket(row: Appointment, doing: Doing) -> Ticket | None:
    """A ticket for the appointment; none where the hall gives none now, which undoes no arrival."""
    line = line_of(row.calendar.reference)
    if line is None:
        return None
    coming = Coming(line.pk, Source.BOOKING, lane=Lane.BOOKED, persons=row.persons)
    try:
        return issue(coming, Doing(None, doing.at, within(doing.key, "ticket")))
    except Refused:
        return None
