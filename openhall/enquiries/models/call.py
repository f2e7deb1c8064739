"""意见征集: a text, who decides, until when and how one answers; afterwards what was done."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openhall.deeds.models import DoneTo
from openhall.enquiries.terms import CallState
from openhall.files.models import Folder
from openhall.organs.models import Organ


class Call(DoneTo):
    """``until`` is the last day on which an opinion is in time; ``report_due`` when it is told."""

    number = models.CharField(max_length=30, unique=True)
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    title_en = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    decides = models.CharField(max_length=200)  # who decides on the text in the end
    ways = models.TextField(blank=True)  # other ways to answer: post, telephone, a meeting
    folder = models.ForeignKey(
        Folder, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    attached = models.JSONField(default=list, blank=True)  # name, size and SHA-256 of each file
    state = models.CharField(max_length=16, choices=CallState.choices())
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    announced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    announced_at = models.DateTimeField(null=True, blank=True)
    until = models.DateField()
    report_due = models.DateField(null=True, blank=True)
    report = models.TextField(blank=True)
    figures = models.JSONField(default=dict, blank=True)  # counts, as they were reported
    report_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reported_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=CallState.codes()), name="call_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(announced_by__isnull=True) | ~Q(announced_by=F("written_by")),
                name="who_writes_does_not_announce",
                violation_error_message=_("Who wrote the call may not announce it."),
            ),
            models.CheckConstraint(
                condition=Q(reported_by__isnull=True)
                | Q(report_by__isnull=True)
                | ~Q(reported_by=F("report_by")),
                name="who_writes_the_report_does_not_publish",
                violation_error_message=_("Who wrote the report may not publish it."),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "until", "id"], name="call_by_day")]

    def __str__(self) -> str:
        return self.number
