"""Who acted for the applicant, and what was handed over on paper. 行政许可法 29."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from openhall.cases.models.case import Case
from openhall.cases.terms import ActingFor, NoticeTo
from openhall.deeds.models import Kept
from openhall.vault.fields import EncryptedTextField


class Acting(Kept):
    """The authority on which an agent applied; the agent's name and number stand on the case."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="acting")
    kind = models.CharField(max_length=10, choices=ActingFor.choices())
    scope = EncryptedTextField(blank=True, default="")
    until = models.DateField(null=True, blank=True)
    phone = EncryptedTextField(blank=True, default="")
    notices_to = models.CharField(max_length=10, choices=NoticeTo.choices())

    class Meta:
        verbose_name_plural = "acting"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=[ActingFor.COMPANY.value, ActingFor.PERSON.value]),
                name="acting_is_for_another",
            ),
            models.CheckConstraint(
                condition=Q(notices_to__in=NoticeTo.codes()), name="notices_go_to_somebody"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"


class HandedPaper(Kept):
    """One material brought to the window on paper: how many originals and copies it took."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="handed_papers")
    material = models.CharField(max_length=40)
    originals = models.PositiveSmallIntegerField(default=0)
    copies = models.PositiveSmallIntegerField(default=0)
    verified = models.BooleanField(default=False)  # the original was seen and given back
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "material"], name="paper_is_listed_once"),
            models.CheckConstraint(
                condition=Q(originals__gt=0) | Q(copies__gt=0) | Q(verified=True),
                name="something_was_handed_over",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.material}"
