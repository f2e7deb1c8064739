"""One row of a week of opening: abstract, a room that has hours declares its own. A8, A9."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from openhall.hours.rules.week import DAY_MINUTES, SUNDAY, Span


class WeekSpan(models.Model):
    """From ``start`` to ``end`` (minutes of the day) on a weekday; 0: every working day.

    Two at one time are refused by the database: the room's migration says ``SpansApart``.
    """

    weekday = models.PositiveSmallIntegerField()
    start = models.PositiveSmallIntegerField()
    end = models.PositiveSmallIntegerField()

    class Meta:
        abstract = True
        ordering: ClassVar = ["weekday", "start"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(weekday__lte=SUNDAY, start__lt=F("end"), end__lte=DAY_MINUTES),
                name="%(app_label)s_%(class)s_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.start}-{self.end}"

    @property
    def value(self) -> Span:
        return Span(self.weekday, self.start, self.end, getattr(self, "seats", 1))
