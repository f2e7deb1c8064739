"""Rollups kept in the transaction of the act, so that no figure waits and none is typed in."""

from typing import ClassVar

from django.db import models

from openhall.catalogue.models import Item
from openhall.organs.models import Organ


class UnitMonth(models.Model):
    """What one unit did in one month. ``month`` is its first day, by event time.

    ``days`` is the sum of working days used by closed cases, for the average.
    """

    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    month = models.DateField()
    received = models.IntegerField(default=0)
    accepted = models.IntegerField(default=0)
    declined = models.IntegerField(default=0)
    closed = models.IntegerField(default=0)  # accepted cases decided; a withdrawal is none
    granted = models.IntegerField(default=0)
    on_time = models.IntegerField(default=0)  # of closed
    days = models.IntegerField(default=0)
    delivered = models.IntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["month", "organ"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organ", "month"], name="unit_month_is_one_row")
        ]

    def __str__(self) -> str:
        return f"{self.organ_id} {self.month}"


class DaysTally(models.Model):
    """How many cases of an item closed in ``month`` took ``days`` working days: for the median."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    month = models.DateField()
    days = models.PositiveIntegerField()
    cases = models.IntegerField(default=0)

    class Meta:
        verbose_name_plural = "days tallies"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "month", "days"], name="days_tally_is_one_row")
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.month} {self.days}d"
