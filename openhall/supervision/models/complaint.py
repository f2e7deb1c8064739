"""A complaint, tied to a case, a matter or a window, and to the rule it says was broken."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openhall.cases.models import Case
from openhall.catalogue.models import Item
from openhall.deeds.models import DoneTo
from openhall.organs.models import Organ
from openhall.supervision.terms import ComplaintAbout, ComplaintState, Trigger
from openhall.vault.fields import BlindField, EncryptedTextField


class Complaint(DoneTo):
    """``code`` opens it again without an account; ``name`` and ``phone`` are empty if anonymous."""

    number = models.CharField(max_length=30, unique=True)
    code = EncryptedTextField()
    code_blind = BlindField(of="code", before="complaint:", unique=True)
    about = models.CharField(max_length=10, choices=ComplaintAbout.choices())
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, null=True, blank=True, related_name="complaints"
    )
    item = models.ForeignKey(
        Item, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    window = models.CharField(max_length=60, blank=True)
    breach = models.CharField(max_length=20, choices=Trigger.choices(), blank=True)
    text = EncryptedTextField()
    name = EncryptedTextField(blank=True, default="")
    phone = EncryptedTextField(blank=True, default="")
    state = models.CharField(max_length=12, choices=ComplaintState.choices())
    received_at = models.DateTimeField()
    accept_due = models.DateField()
    answer_due = models.DateField(null=True, blank=True)
    confirm_due = models.DateField(null=True, blank=True)
    answer = EncryptedTextField(blank=True, default="")
    reason = EncryptedTextField(blank=True, default="")  # of not accepting it
    justified = models.BooleanField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    passed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reopened = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=ComplaintState.codes()), name="complaint_state_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="rejected") | ~Q(reason=""),
                name="complaint_not_accepted_says_why",
                violation_error_message=_("Say in writing why the complaint is not accepted."),
            ),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True)
                | Q(passed_by__isnull=True)
                | ~Q(answered_by=F("passed_by")),
                name="who_answers_does_not_pass",
                violation_error_message=_("Who wrote the answer may not pass it."),
            ),
            models.CheckConstraint(
                condition=~Q(about="case") | Q(case__isnull=False),
                name="complaint_about_a_case_names_it",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "id"], name="complaint_by_state"),
            models.Index(fields=["organ", "state", "id"], name="complaint_by_unit"),
            models.Index(
                fields=["answer_due", "id"],
                condition=Q(state__in=["accepted", "reopened"]),
                name="complaint_unanswered",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def real_name(self) -> bool:
        return bool(self.name)
