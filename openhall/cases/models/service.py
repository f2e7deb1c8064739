"""Proof of service: every attempt to hand a paper to its addressee, and who opened it when."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openhall.cases.models.case import Case
from openhall.cases.terms import AttemptResult, Delivery, Relation, SignedBy
from openhall.deeds.models import DoneTo
from openhall.vault.fields import EncryptedTextField


class DeliveryAttempt(DoneTo):
    """One attempt to serve the result of a case: how, with what result, signed by whom."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="attempts")
    way = models.CharField(max_length=10, choices=Delivery.choices())
    result = models.CharField(max_length=10, choices=AttemptResult.choices())
    tracking = models.CharField(max_length=40, blank=True)
    receiver = EncryptedTextField(blank=True, default="")
    relation = models.CharField(max_length=12, choices=Relation.choices(), blank=True)
    signed = models.CharField(max_length=12, choices=SignedBy.choices(), blank=True)
    note = EncryptedTextField(blank=True, default="")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(result__in=AttemptResult.codes(), way__in=Delivery.codes()),
                name="attempt_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(way=Delivery.POST.value)
                | ~Q(result=AttemptResult.POSTED.value)
                | ~Q(tracking=""),
                name="posted_paper_has_its_number",
                violation_error_message=_("A paper sent by post needs its tracking number."),
            ),
            models.CheckConstraint(
                condition=~Q(result=AttemptResult.DELIVERED.value) | ~Q(receiver=""),
                name="delivered_paper_names_its_receiver",
                violation_error_message=_("Say who received the paper."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.way} {self.result}"
