"""The limits of answering, as dated data with the document they rest on."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openhall.deeds.models import Deed
from openhall.versions.models import DatedVersion, version_constraints


class AnswerLimits(DatedVersion):
    """In force from a day on; before the first version those shipped with the programme hold."""

    answer_days = models.PositiveSmallIntegerField()
    clarify_days = models.PositiveSmallIntegerField()
    transfers = models.PositiveSmallIntegerField()
    call_days = models.PositiveSmallIntegerField()
    report_days = models.PositiveSmallIntegerField()
    basis = models.CharField(max_length=300)

    class Meta:
        ordering: ClassVar = ["-number"]
        verbose_name_plural = "answer limits"
        constraints: ClassVar = [
            *version_constraints("answer_limits", [], apart=False),
            models.CheckConstraint(
                condition=~Q(basis=""),
                name="answer_limits_have_a_basis",
                violation_error_message=_("The limits name the document they rest on."),
            ),
            models.CheckConstraint(
                condition=Q(answer_days__gte=1, clarify_days__gte=1, report_days__gte=1),
                name="answer_limits_leave_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.effective_from} {self.basis}"


class AnswerLimitsEvent(Deed):
    """One step in the life of a version of the limits."""

    version = models.ForeignKey(AnswerLimits, on_delete=models.PROTECT, related_name="events")

    class Meta:
        ordering: ClassVar = ["version", "seq"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["version", "seq"], name="answer_limits_event_has_its_place"
            )
        ]
