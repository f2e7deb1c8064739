"""What the nights and the hours found. Derived, so no deeds: a night makes it anew."""

from typing import ClassVar

from django.db import models

from openhall.sites.models.site import Site
from openhall.sites.terms import Verdict


class SiteVisits(models.Model):
    """The requests of one day to one site, and how many were not answered in time."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    tries = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    slowest_ms = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "site visits"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["site", "day"], name="visits_are_counted_by_day")
        ]

    def __str__(self) -> str:
        return f"{self.site_id} {self.day}: {self.failed}/{self.tries}"


class SiteLook(models.Model):
    """One night's look at a site: every measure with its evidence."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="looks")
    day = models.DateField()
    verdict = models.CharField(max_length=8, choices=Verdict.choices())
    measures = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar = ["-day", "site"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["site", "day"], name="one_look_a_night")
        ]

    def __str__(self) -> str:
        return f"{self.site_id} {self.day}: {self.verdict}"
