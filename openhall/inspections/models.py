"""Indicators by version, evidence filed once, inspections with their teams and sealed sheets."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openhall.deeds.models import Deed, DeedAbout, DoneTo, Kept
from openhall.inspections.terms import Category, EvidenceKind, Half, InspectionState, SheetState
from openhall.lots.models import PublicDraw
from openhall.organs.models import Organ
from openhall.vault.fields import BlindField, EncryptedTextField
from openhall.versions.models import DatedVersion, version_constraints


class Framework(DatedVersion):
    """The indicators in force from a day on; before the first version the shipped ones."""

    indicators = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [*version_constraints("framework", [])]

    def __str__(self) -> str:
        return f"{self.number}"


class FrameworkEvent(Deed):
    """One step in the life of a framework."""

    version = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="events")

    class Meta:
        ordering: ClassVar = ["version", "seq"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "seq"], name="framework_event_has_its_place")
        ]


class Evidence(DoneTo):
    """Something a unit did, filed once; every appraisal of the year reads it."""

    number = models.CharField(max_length=30, unique=True)
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=EvidenceKind.choices())
    title = models.CharField(max_length=200)
    held_on = models.DateField()
    document = models.CharField(max_length=200, blank=True)  # its number, or where it is published
    words = models.TextField(blank=True)
    withdrawn = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["-held_on", "-pk"]
        verbose_name_plural = "evidence"

    def __str__(self) -> str:
        return self.number


class Inspection(DoneTo):
    """One inspection. From its announcement on the indicators stand in it as they are marked."""

    number = models.CharField(max_length=30, unique=True)
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    title_en = models.CharField(max_length=200, blank=True)
    departments = models.PositiveSmallIntegerField()
    districts = models.PositiveSmallIntegerField()
    each = models.PositiveSmallIntegerField()
    window_from = models.DateField()
    window_until = models.DateField()
    indicators = models.JSONField(default=list, blank=True)
    draw = models.OneToOneField(
        PublicDraw, on_delete=models.PROTECT, null=True, blank=True, related_name="inspection"
    )
    state = models.CharField(max_length=10, choices=InspectionState.choices())
    figures = models.JSONField(default=dict, blank=True)
    words = models.TextField(blank=True)
    problems = models.JSONField(default=list, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    announced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=InspectionState.codes()), name="inspection_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(announced_by__isnull=True) | ~Q(announced_by=F("written_by")),
                name="who_plans_an_inspection_does_not_announce_it",
                violation_error_message=_("Who wrote the plan may not announce it."),
            ),
            models.CheckConstraint(
                condition=Q(each__gte=3), name="a_unit_is_inspected_by_three_at_least"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Inspector(Kept):
    """One who inspects; ``code`` opens his sheets without an account."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="inspectors")
    place = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80, blank=True)
    category = models.CharField(max_length=12, choices=Category.choices())
    interests = models.JSONField(default=list, blank=True)
    code = EncryptedTextField()
    code_blind = BlindField(of="code", before="inspector:", unique=True)

    class Meta:
        ordering: ClassVar = ["inspection", "place"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inspection", "place"], name="inspector_has_a_place"),
        ]

    def __str__(self) -> str:
        return self.name


class InspectedUnit(Kept):
    """A unit that was drawn, when it is visited, and what was noted of the visit by each of the
    three methods."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="units")
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    planned_on = models.DateField(null=True, blank=True)
    planned_half = models.CharField(max_length=10, choices=Half.choices(), blank=True)
    visited_on = models.DateField(null=True, blank=True)
    attended = models.CharField(max_length=300, blank=True)
    report = models.TextField(blank=True)
    site = models.TextField(blank=True)
    symposium = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["organ__position", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inspection", "organ"], name="unit_is_inspected_once"),
        ]

    def __str__(self) -> str:
        return f"{self.inspection_id} {self.organ}"

    @property
    def half(self) -> Half | None:
        """The half of the day for which the visit is planned."""
        return Half(self.planned_half) if self.planned_half else None


class MarkSheet(DoneTo):
    """One inspector's marks for one unit; nobody reads them before every sheet is in."""

    number = models.CharField(max_length=60, unique=True)
    unit = models.ForeignKey(InspectedUnit, on_delete=models.PROTECT, related_name="sheets")
    inspector = models.ForeignKey(Inspector, on_delete=models.PROTECT, related_name="sheets")
    state = models.CharField(max_length=8, choices=SheetState.choices())
    marks = EncryptedTextField(blank=True, default="")  # as JSON
    remark = EncryptedTextField(blank=True, default="")
    edition = models.PositiveSmallIntegerField(default=0)  # 1 when signed, more when corrected

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "inspector"], name="one_sheet_for_a_unit"),
        ]

    def __str__(self) -> str:
        return self.number


class SheetEdit(Kept):
    """One value that was written into one field of a sheet away from here, or from its paper.

    It is never changed: who writes over it adds an edit that names it (``seen``). ``by`` keyed it
    in from a paper; nobody, where it came from the inspector's own device.
    """

    sheet = models.ForeignKey(MarkSheet, on_delete=models.PROTECT, related_name="edits")
    edit = models.CharField(max_length=64, unique=True)
    field = models.CharField(max_length=64)
    value = EncryptedTextField()  # as JSON
    seen = models.JSONField(default=list)
    device = models.CharField(max_length=64)
    count = models.PositiveIntegerField()
    clock = models.CharField(max_length=64, blank=True)  # the device's own; kept, never asked
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    received_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.edit


class InspectionDeed(DeedAbout):
    """What was done to evidence, inspections and sheets; only grows."""

    class Meta(DeedAbout.Meta):
        pass
