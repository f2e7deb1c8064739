"""Receipts, notices and decisions: numbered by unit, kind and year without gaps."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from openhall.deeds.models import DeedAbout, DoneTo
from openhall.organs.models import Organ
from openhall.papers.terms import PaperKind
from openhall.vault.fields import EncryptedTextField


class PaperNumber(models.Model):
    """The last number given; its row is locked in the act's transaction, so none is skipped."""

    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    year = models.PositiveIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organ", "kind", "year"], name="one_counter_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.organ_id} {self.kind} {self.year}: {self.last}"


class Paper(DoneTo):
    """One issued paper. ``content`` is frozen at issue (encrypted JSON); the PDF is drawn from it.

    ``check_code`` leads to the public page that says whether the paper is genuine.
    """

    about = models.CharField(max_length=40, db_index=True)  # the number of what it speaks of
    kind = models.CharField(max_length=20, choices=PaperKind.choices())
    number = models.CharField(max_length=80, unique=True)  # 成民受〔2026〕12号
    serial = models.PositiveIntegerField()
    year = models.PositiveIntegerField()
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    issued_on = models.DateField()
    check_code = models.CharField(max_length=20, unique=True)
    content = EncryptedTextField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.CharField(max_length=300, blank=True, default="", db_default="")
    superseded_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organ", "kind", "year", "serial"], name="paper_number_is_given_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=PaperKind.codes()), name="paper_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_why=""),
                name="withdrawn_paper_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class PaperDeed(DeedAbout):
    """What was done to a paper; only grows."""

    class Meta(DeedAbout.Meta):
        pass
