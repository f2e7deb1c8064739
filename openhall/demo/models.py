"""How far the demonstration city has been brought."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class City(models.Model):
    """The one demonstration city: the seed of its history, and how much of it has been driven.

    ``planned`` and ``driven`` count acts; ``until`` is the moment up to which they were done.
    """

    seed = models.PositiveIntegerField()
    first_day = models.DateField()
    last_day = models.DateField()
    planned = models.PositiveIntegerField(default=0)
    driven = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)  # mistakes the acts refused, as they should
    until = models.DateTimeField(null=True, blank=True)
    built_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "cities"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(last_day__gte=models.F("first_day")), name="city_history_runs_forward"
            )
        ]

    def __str__(self) -> str:
        return f"{self.first_day} – {self.last_day}"
