"""Which window units are to be interactive, and whether they are. B9."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from openhall.deeds.models import DoneTo
from openhall.organs.models import Organ


class Designation(DoneTo):
    """A window unit that the Informatization Office names and guides, from a day on."""

    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    guidance = models.TextField(blank=True)  # the newest; the older ones stand in the deeds
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["organ__position", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organ"], condition=Q(until__isnull=True), name="a_unit_is_designated_once"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="designation_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organ} {self.since}"


class CoverageLook(models.Model):
    """One night's answers for one unit: by capability, whether it holds and by which address."""

    organ = models.ForeignKey(Organ, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    holds = models.BooleanField(default=False)
    answers = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["-day", "organ"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organ", "day"], name="one_answer_a_night")
        ]

    def __str__(self) -> str:
        return f"{self.organ_id} {self.day}: {self.holds}"
