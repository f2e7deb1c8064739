"""Sheets of targets as versions; the reports owed on them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openhall.deeds.models import Deed, DeedAbout, DoneTo
from openhall.organs.models import Organ
from openhall.targets.terms import Period, ReportState
from openhall.versions.models import DatedVersion, version_constraints


class TargetSheet(DatedVersion):
    """The targets of a unit in a year. Passed by its head, published by the Government Office:
    both have signed then."""

    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    targets = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar = ["-year", "organ__position", "-number"]
        constraints: ClassVar = [*version_constraints("target_sheet", ["organ", "year"])]

    def __str__(self) -> str:
        return f"{self.organ} {self.year}"


class TargetSheetEvent(Deed):
    """One step in the life of a sheet."""

    version = models.ForeignKey(TargetSheet, on_delete=models.PROTECT, related_name="events")

    class Meta:
        ordering: ClassVar = ["version", "seq"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["version", "seq"], name="target_sheet_event_has_its_place"
            )
        ]


class TargetReport(DoneTo):
    """What a unit reports of a quarter or of the year. ``readings`` are as they were counted when
    it was submitted; ``claimed`` is its own score, ``verified`` the Government Office's."""

    number = models.CharField(max_length=60, unique=True)
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    period = models.CharField(max_length=4, choices=Period.choices())
    due = models.DateField()
    state = models.CharField(max_length=10, choices=ReportState.choices())
    targets = models.JSONField(default=list, blank=True)  # as they stood when it was submitted
    words = models.JSONField(default=dict, blank=True)
    sections = models.JSONField(default=dict, blank=True)
    readings = models.JSONField(default=dict, blank=True)
    computed = models.JSONField(default=dict, blank=True)
    claimed = models.JSONField(default=dict, blank=True)
    verified = models.JSONField(default=dict, blank=True)
    remark = models.TextField(blank=True)  # of the Government Office
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    submitted_on = models.DateField(null=True, blank=True)
    first_submitted_on = models.DateField(null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-year", "organ__position", "due"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organ", "year", "period"], name="target_report_is_owed_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=ReportState.codes()) & Q(period__in=Period.codes()),
                name="target_report_words_are_known",
            ),
            models.CheckConstraint(
                condition=Q(verified_by__isnull=True)
                | Q(submitted_by__isnull=True)
                | ~Q(verified_by=F("submitted_by")),
                name="who_reports_does_not_verify",
                violation_error_message=_("Who submitted the report may not verify it."),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class TargetDeed(DeedAbout):
    """What was done to reports; only grows."""

    class Meta(DeedAbout.Meta):
        pass
