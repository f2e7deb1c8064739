"""Announced years, the days in them that differ from Monday–Friday, and what changed them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from openhall.deeds.models import DeedAbout, DoneTo, Kept
from openhall.workdays.terms import CalendarAct


class CalendarYear(DoneTo):
    """A year whose holidays the State Council's General Office has announced."""

    year = models.PositiveIntegerField(unique=True)
    basis = models.CharField(max_length=200)

    def __str__(self) -> str:
        return str(self.year)


class CalendarDay(Kept):
    """A holiday (``worked`` false) or a make-up working day (true)."""

    year = models.ForeignKey(CalendarYear, on_delete=models.PROTECT, related_name="days")
    date = models.DateField(unique=True)
    worked = models.BooleanField()
    name = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering: ClassVar = ["date"]

    def __str__(self) -> str:
        return f"{self.date} {self.name}"


class CalendarDeed(DeedAbout):
    """A notice of days off that was taken in; only grows."""

    class Meta(DeedAbout.Meta):
        constraints: ClassVar = [
            *DeedAbout.Meta.constraints,
            models.CheckConstraint(
                condition=Q(act__in=CalendarAct.codes()), name="calendar_act_is_known"
            ),
        ]
