"""Announced years and the days in them that differ from Monday–Friday."""

from typing import ClassVar

from django.db import models


class CalendarYear(models.Model):
    """A year whose holidays the State Council's General Office has announced."""

    year = models.PositiveIntegerField(unique=True)
    basis = models.CharField(max_length=200)

    def __str__(self) -> str:
        return str(self.year)


class CalendarDay(models.Model):
    """A holiday (``worked`` false) or a make-up working day (true)."""

    year = models.ForeignKey(CalendarYear, on_delete=models.CASCADE, related_name="days")
    date = models.DateField(unique=True)
    worked = models.BooleanField()
    name = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering: ClassVar = ["date"]

    def __str__(self) -> str:
        return f"{self.date} {self.name}"
