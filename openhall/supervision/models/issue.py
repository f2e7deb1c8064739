"""The one rectification ledger: every finding, whatever found it. norms 7.4."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openhall.cases.models import Case
from openhall.deeds.models import DoneTo
from openhall.organs.models import Organ
from openhall.supervision.terms import IssueSource, IssueState, Severity
from openhall.vault.fields import EncryptedTextField


class Issue(DoneTo):
    """One finding. ``title`` is public, the rest inside until ``public_summary`` is written."""

    number = models.CharField(max_length=30, unique=True)
    source = models.CharField(max_length=12, choices=IssueSource.choices())
    reference = models.CharField(max_length=60)
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, null=True, blank=True, related_name="issues"
    )
    title = models.CharField(max_length=200)
    title_en = models.CharField(max_length=300, blank=True)
    basis = models.CharField(max_length=200)
    severity = models.CharField(max_length=10, choices=Severity.choices())
    due_workdays = models.PositiveSmallIntegerField()
    opened_at = models.DateTimeField()
    due_on = models.DateField()
    state = models.CharField(max_length=12, choices=IssueState.choices())
    measures = EncryptedTextField(blank=True, default="")
    evidence = EncryptedTextField(blank=True, default="")
    result = EncryptedTextField(blank=True, default="")
    public_summary = models.CharField(max_length=500, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    verifier = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    escalated_on = models.DateField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=IssueState.codes()), name="issue_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(submitted_by__isnull=True)
                | Q(verifier__isnull=True)
                | ~Q(submitted_by=F("verifier")),
                name="who_puts_right_does_not_verify",
                violation_error_message=_("Who put it right may not verify it."),
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | (~Q(public_summary="") & Q(closed_at__isnull=False)),
                name="closed_issue_is_told_to_the_public",
                violation_error_message=_("A finding is struck off with a sentence in public."),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "id"], name="issue_by_state"),
            models.Index(fields=["organ", "state", "id"], name="issue_by_unit"),
            models.Index(
                fields=["due_on", "id"],
                condition=Q(closed_at__isnull=True),
                name="issue_open_by_due",
            ),
        ]

    def __str__(self) -> str:
        return self.number
