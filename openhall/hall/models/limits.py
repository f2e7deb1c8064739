"""The limits of helping, as dated data with the document they rest on."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openhall.deeds.models import Deed
from openhall.versions.models import DatedVersion, version_constraints


class HelpLimitsVersion(DatedVersion):
    """In force from a day on; before the first version those shipped with the programme hold."""

    help_days = models.PositiveSmallIntegerField()
    errand_days = models.PositiveSmallIntegerField()
    cross_days = models.PositiveSmallIntegerField()
    stuck_days = models.PositiveSmallIntegerField()
    stuck_tries = models.PositiveSmallIntegerField()
    basis = models.CharField(max_length=300)

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            *version_constraints("help_limits", [], apart=False),
            models.CheckConstraint(
                condition=~Q(basis=""),
                name="help_limits_have_a_basis",
                violation_error_message=_("The limits name the document they rest on."),
            ),
            models.CheckConstraint(
                condition=Q(
                    help_days__gte=1, errand_days__gte=1, cross_days__gte=1, stuck_days__gte=1
                ),
                name="help_limits_leave_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.effective_from} {self.basis}"


class HelpLimitsEvent(Deed):
    """One step in the life of a version of the limits."""

    version = models.ForeignKey(HelpLimitsVersion, on_delete=models.PROTECT, related_name="events")

    class Meta:
        ordering: ClassVar = ["version", "seq"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["version", "seq"], name="help_limits_event_has_its_place"
            )
        ]
