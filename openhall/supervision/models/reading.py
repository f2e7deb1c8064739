"""How far the events have been read, and what reading them counted."""

from typing import ClassVar

from django.db import models

from openhall.cases.models import Case
from openhall.organs.models import Organ


class Cursor(models.Model):
    """The last event a reader has finished with. Put back to 0, it reads everything again."""

    SIGNALS: ClassVar = "signals"
    LAG: ClassVar = "lag"
    ENQUIRIES: ClassVar = "enquiries"

    name = models.CharField(max_length=40, unique=True)
    last_event_id = models.BigIntegerField(default=0)
    read_at = models.DateTimeField(null=True, blank=True)
    calendar = models.CharField(max_length=64, blank=True, default="")  # digest it was read by

    def __str__(self) -> str:
        return f"{self.name}: {self.last_event_id}"


class LagMonth(models.Model):
    """Events of one unit in one month, and how many were entered late. norms 9.

    ``incomplete`` counts closed cases with a step missing; ``minutes`` is office time.
    """

    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    month = models.DateField()
    events = models.IntegerField(default=0)
    late = models.IntegerField(default=0)
    minutes = models.IntegerField(default=0)
    incomplete = models.IntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["-month", "organ"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organ", "month"], name="lag_month_is_one_row")
        ]

    def __str__(self) -> str:
        return f"{self.organ_id} {self.month}"


class LateEntry(models.Model):
    """One event entered late: the case behind the figure."""

    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    month = models.DateField()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    seq = models.PositiveIntegerField()
    act = models.CharField(max_length=24)
    event_time = models.DateTimeField()
    entry_time = models.DateTimeField()
    minutes = models.PositiveIntegerField()

    class Meta:
        verbose_name_plural = "late entries"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "seq"], name="late_entry_is_counted_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["organ", "month", "-id"], name="late_entry_by_unit")
        ]

    def __str__(self) -> str:
        return f"{self.case_id}#{self.seq}"

    @property
    def hours(self) -> int:
        """Full office hours between the deed and its entry, as every page says them."""
        return self.minutes // 60
