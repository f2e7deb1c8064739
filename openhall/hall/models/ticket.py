"""Lines as they stand, tickets, what happened to them, and the day that closes over them.

Locks are taken in one order: key of the act, lines by id, ticket, window, the hall's counter.
"""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openhall.cases.models import Case
from openhall.catalogue.models import Item
from openhall.deeds.models import DoneTo
from openhall.hall.models.place import Hall, Line, Window
from openhall.hall.terms import AT_WINDOW, Lane, Need, Source, TicketAct, TicketState
from openhall.organs.models import Account


class HallState(models.Model):
    """A number that moves with every act in a hall: whoever shows it reads anew where it moved."""

    hall = models.OneToOneField(
        Hall, on_delete=models.PROTECT, primary_key=True, related_name="state"
    )
    gen = models.BigIntegerField(default=0)
    changed = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.hall_id}#{self.gen}"


class Turn(models.Model):
    """The row of a line that is locked by who issues or calls, and the next number of a day."""

    line = models.OneToOneField(
        Line, on_delete=models.PROTECT, primary_key=True, related_name="turn"
    )
    day = models.DateField()
    next_no = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.line_id} {self.day}"


class Ticket(models.Model):
    """A place in a line. ``at`` and ``lane`` give the order; ``uid`` is known to its holder only.

    ``visit`` is one person's coming: several tickets where there are several matters. ``item`` is
    what for, ``case`` what it opened or continues.
    """

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, related_name="tickets")
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="tickets")
    day = models.DateField()
    letter = models.CharField(max_length=1)  # of the line that gave the number
    no = models.PositiveIntegerField()
    lane = models.PositiveSmallIntegerField(default=int(Lane.ORDINARY))
    at = models.DateTimeField()
    issued_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=TicketState.choices())
    window = models.ForeignKey(
        Window, on_delete=models.PROTECT, null=True, blank=True, related_name="tickets"
    )
    called_at = models.DateTimeField(null=True, blank=True)
    calls = models.PositiveSmallIntegerField(default=0)
    served_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    visit = models.UUIDField(default=uuid.uuid4, editable=False)
    persons = models.PositiveSmallIntegerField(default=1)
    source = models.CharField(max_length=10, choices=Source.choices())
    need = models.CharField(max_length=12, blank=True, choices=Need.choices())
    item = models.ForeignKey(
        Item, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, null=True, blank=True, related_name="tickets"
    )

    class Meta:
        ordering: ClassVar = ["day", "letter", "no"]
        indexes: ClassVar = [
            models.Index(
                fields=["line", "lane", "at", "id"],
                condition=Q(state="waiting"),
                name="ticket_wait",
            ),
            models.Index(fields=["hall", "day", "called_at"], name="ticket_called"),
            models.Index(fields=["visit"], name="ticket_visit"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["hall", "day", "letter", "no"], name="number_is_given_once"
            ),
            models.UniqueConstraint(
                fields=["window"],
                condition=Q(state__in=AT_WINDOW),
                name="one_ticket_stands_at_a_window",
                violation_error_message=_("This window still has somebody."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=TicketState.codes()), name="ticket_state_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=AT_WINDOW) | Q(window__isnull=False),
                name="called_ticket_has_a_window",
            ),
            models.CheckConstraint(condition=Q(lane__lte=9), name="ticket_lane_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.letter}{self.no:03d}"

    @property
    def stands(self) -> TicketState:
        """Where it is, as a word in either language."""
        return TicketState(self.state)

    @property
    def needs(self) -> Need:
        """What the person needs at the window, as a word in either language."""
        return Need(self.need)


class TicketEvent(models.Model):
    """What happened to a ticket; only grows. The closing of the day commits to all of them."""

    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="events")
    act = models.CharField(max_length=10, choices=TicketAct.choices())
    window = models.ForeignKey(Window, on_delete=models.PROTECT, null=True, related_name="+")
    actor = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    facts = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["hall", "day", "id"], name="ticket_event_day")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(act__in=TicketAct.codes()), name="ticket_event_act_is_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.act}"


class Sent(models.Model):
    """A key that was used for an act on tickets, with its answer: a repeated click does nothing."""

    key = models.CharField(max_length=100, primary_key=True)
    actor = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    window = models.ForeignKey(Window, on_delete=models.PROTECT, null=True, related_name="+")
    digest = models.CharField(max_length=64)  # of the act and everything that was sent with it
    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["at"], name="sent_at")]

    def __str__(self) -> str:
        return self.key


class HallLearnt(models.Model):
    """What a hall's closed days taught its predictor of waiting; fitted anew each night."""

    hall = models.OneToOneField(
        Hall, on_delete=models.PROTECT, primary_key=True, related_name="learnt"
    )
    learnt = models.JSONField(default=dict)
    days = models.PositiveIntegerField(default=0)
    fitted_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.hall_id} {self.days}"


class HallDay(DoneTo):
    """One day of a hall, closed: how many tickets, and the Merkle root over all their events."""

    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, related_name="days")
    day = models.DateField()
    tickets = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    events = models.PositiveIntegerField(default=0)
    root = models.CharField(max_length=64, blank=True)
    closed_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-day"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["hall", "day"], name="day_is_closed_once")
        ]

    def __str__(self) -> str:
        return f"{self.hall_id} {self.day}"
