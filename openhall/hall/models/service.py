"""What got stuck and goes to a named official (办不成事); the silent alarm of staff. A8, A9."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from openhall.cases.models import Case
from openhall.deeds.models import DoneTo
from openhall.hall.models.place import Hall, Window
from openhall.hall.models.ticket import Ticket
from openhall.hall.terms import StuckOutcome, StuckState
from openhall.organs.models import Account, Organ
from openhall.vault.fields import EncryptedTextField


class StuckMatter(DoneTo):
    """A matter that was refused or got stuck, taken to a named official with a limit.

    ``organ`` is the unit at which it stuck; who came and what they said is theirs, encrypted.
    """

    number = models.CharField(max_length=30, unique=True)
    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, related_name="stuck")
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, null=True, blank=True, related_name="stuck"
    )
    ticket = models.ForeignKey(
        Ticket, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    official = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="stuck_matters")
    tries = models.PositiveSmallIntegerField()
    what = EncryptedTextField(blank=True, default="")
    name = EncryptedTextField(blank=True, default="")
    phone = EncryptedTextField(blank=True, default="")
    taken_at = models.DateTimeField()
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=StuckState.choices())
    outcome = models.CharField(max_length=12, blank=True, choices=StuckOutcome.choices())
    answer = EncryptedTextField(blank=True, default="")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["due_on", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=StuckState.codes()), name="stuck_matter_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state=StuckState.TAKEN.value)
                | Q(answered_at__isnull=False) & ~Q(outcome=""),
                name="answered_stuck_matter_has_an_outcome",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class HallAlarm(DoneTo):
    """Somebody at a window asked for help without a sound; nothing of it is seen by the public."""

    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, related_name="alarms")
    window = models.ForeignKey(Window, on_delete=models.PROTECT, related_name="+")
    raised_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    answered_by = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-raised_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["window"],
                condition=Q(answered_at__isnull=True),
                name="one_alarm_stands_at_a_window",
            )
        ]

    def __str__(self) -> str:
        return f"{self.window_id} {self.raised_at}"
