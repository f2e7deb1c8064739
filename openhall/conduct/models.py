"""Rules of conduct, findings, training, and the monthly assessment with its deductions."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openhall.conduct.terms import AssessmentState, DeductionState, SourceKind
from openhall.deeds.models import Deed, DeedAbout, DoneTo, Kept
from openhall.hall.models import Hall
from openhall.organs.models import Account
from openhall.vault.fields import EncryptedTextField
from openhall.versions.models import DatedVersion, version_constraints


class ConductRules(DatedVersion):
    """What costs points, from a month on; before the first version those of the programme hold.

    ``points``: of what is counted, by rule. ``seen``: the rules of inspection, each a row.
    """

    base = models.DecimalField(max_digits=6, decimal_places=2)
    grace_minutes = models.PositiveSmallIntegerField()
    away_minutes = models.PositiveSmallIntegerField()
    objection_days = models.PositiveSmallIntegerField()
    few = models.PositiveSmallIntegerField()
    points = models.JSONField(default=dict)
    seen = models.JSONField(default=list)
    basis = models.CharField(max_length=300)

    class Meta:
        ordering: ClassVar = ["-number"]
        verbose_name_plural = "conduct rules"
        constraints: ClassVar = [
            *version_constraints("conduct_rules", [], apart=False),
            models.CheckConstraint(
                condition=~Q(basis=""),
                name="conduct_rules_have_a_basis",
                violation_error_message=_("The rules name the document they rest on."),
            ),
            models.CheckConstraint(
                condition=Q(objection_days__gte=1), name="conduct_rules_leave_a_day_to_object"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.effective_from} {self.basis}"


class ConductRulesEvent(Deed):
    """One step in the life of a version of the rules."""

    version = models.ForeignKey(ConductRules, on_delete=models.PROTECT, related_name="events")

    class Meta:
        ordering: ClassVar = ["version", "seq"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["version", "seq"], name="conduct_rules_event_has_its_place"
            )
        ]


class Finding(DoneTo):
    """What an inspection of the hall saw of one person on one day, under one rule."""

    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    rule = models.CharField(max_length=20)
    pack = models.CharField(max_length=40)
    what = EncryptedTextField()
    found_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    withdrawn = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["-day", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(found_by__isnull=True) | ~Q(found_by=F("account")),
                name="nobody_finds_against_themselves",
                violation_error_message=_("Somebody else writes down a finding about you."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.rule}"


class Training(DoneTo):
    """A training that a member of staff passed, and until when it holds."""

    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="trainings")
    what = models.CharField(max_length=120)
    passed_on = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    certificate = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering: ClassVar = ["-passed_on", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("passed_on")),
                name="training_holds_after_it_was_passed",
            )
        ]

    def __str__(self) -> str:
        return self.what


class Assessment(DoneTo):
    """One month of one person in one hall; ``services`` says on how much it rests."""

    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="assessments")
    month = models.DateField()
    pack = models.CharField(max_length=40)
    shifts = models.PositiveIntegerField()
    services = models.PositiveIntegerField()
    good_ratings = models.PositiveIntegerField()
    score = models.DecimalField(max_digits=6, decimal_places=2)
    state = models.CharField(max_length=10, choices=AssessmentState.choices())
    drawn_at = models.DateTimeField()
    objections_until = models.DateField()
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-month", "account"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["hall", "account", "month"], name="month_is_assessed_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=AssessmentState.codes()), name="assessment_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("account")),
                name="nobody_confirms_their_own_assessment",
                violation_error_message=_("Somebody else confirms your assessment."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.account_id}"


class Deduction(Kept):
    """Points taken off, by which rule, on which day, and from which source."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="deductions")
    rule = models.CharField(max_length=20)
    points = models.DecimalField(max_digits=5, decimal_places=2)
    day = models.DateField()
    source = models.CharField(max_length=10, choices=SourceKind.choices())
    reference = models.CharField(max_length=60)
    state = models.CharField(
        max_length=10, choices=DeductionState.choices(), default=DeductionState.STANDS.value
    )
    objected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ruled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["day", "rule", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["assessment", "rule", "source", "reference"],
                name="one_thing_costs_points_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=DeductionState.codes()), name="deduction_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(ruled_by__isnull=True) | ~Q(ruled_by=F("objected_by")),
                name="who_objects_to_a_deduction_does_not_rule",
                violation_error_message=_("Who objects does not rule on it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.day}"


class ConductDeed(DeedAbout):
    """What was done to findings, training and assessments; only grows."""

    class Meta(DeedAbout.Meta):
        pass
