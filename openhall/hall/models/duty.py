"""Who is to sit at which window, and who does. A9."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openhall.deeds.models import DoneTo
from openhall.hall.models.place import Hall, Window
from openhall.organs.models import Account


class Duty(DoneTo):
    """One shift of ``account`` at ``window``; a window has one person at a time, a person one."""

    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, related_name="duties")
    window = models.ForeignKey(Window, on_delete=models.PROTECT, related_name="duties")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="duties")
    day = models.DateField()
    starts = models.TimeField()
    ends = models.TimeField()
    stands_for = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    swap_with = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    swap_agreed = models.BooleanField(default=False)  # by the other; a manager confirms
    note = models.CharField(max_length=200, blank=True)
    cancelled = models.BooleanField(default=False)
    signed_in = models.DateTimeField(null=True, blank=True)
    away_since = models.DateTimeField(null=True, blank=True)
    away_minutes = models.PositiveIntegerField(default=0)
    signed_out = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["day", "starts", "window"]
        verbose_name_plural = "duties"
        indexes: ClassVar = [models.Index(fields=["hall", "day"])]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["window"],
                condition=Q(signed_in__isnull=False, signed_out__isnull=True),
                name="one_person_sits_at_a_window",
                violation_error_message=_("Somebody else is signed in at this window."),
            ),
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(signed_in__isnull=False, signed_out__isnull=True),
                name="a_person_sits_at_one_window",
                violation_error_message=_("You are signed in at another window."),
            ),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="shift_ends_later"),
            models.CheckConstraint(
                condition=Q(swap_agreed=False) | Q(swap_with__isnull=False),
                name="a_swap_that_was_agreed_was_asked",
            ),
            models.CheckConstraint(
                condition=Q(signed_out__isnull=True) | Q(signed_in__isnull=False),
                name="who_signs_out_signed_in",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.window_id} {self.account_id}"
