"""The composite score of a unit and month, and the rows it is made of. norms 4.3."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from openhall.deeds.models import DoneTo, Kept
from openhall.organs.models import Organ
from openhall.supervision.terms import BonusKind, ScorePart


class Score(DoneTo):
    """``total`` is empty where the month has too few cases. Frozen once audited."""

    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    month = models.DateField()
    total = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    parts = models.JSONField(default=dict)  # part → points left, as text
    bonus = models.DecimalField(max_digits=5, decimal_places=2, default=0)
    incomplete = models.DecimalField(max_digits=5, decimal_places=2, default=0)
    closed = models.PositiveIntegerField(default=0)
    on_time = models.PositiveIntegerField(default=0)
    pending = models.PositiveIntegerField(default=0)  # cards of the month not ruled yet
    counted_at = models.DateTimeField()
    frozen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-month", "organ__position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organ", "month"], name="one_score_a_month"),
            models.CheckConstraint(
                condition=Q(total__isnull=True) | Q(total__gte=0), name="score_is_not_below_zero"
            ),
            models.CheckConstraint(
                condition=Q(frozen_at__isnull=True) | Q(pending=0),
                name="score_is_frozen_when_all_is_ruled",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["month", "organ"], name="score_by_month")]

    def __str__(self) -> str:
        return f"{self.organ_id} {self.month} {self.total}"


class DeductionRow(Kept):
    """One deduction: the check row beside the statistic it belongs to."""

    score = models.ForeignKey(Score, on_delete=models.PROTECT, related_name="rows")
    part = models.CharField(max_length=14, choices=ScorePart.choices())
    rule = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=200)
    value = models.DecimalField(max_digits=5, decimal_places=2)
    formula = models.CharField(max_length=200)
    reference = models.CharField(max_length=60)  # card, issue or notice by number

    class Meta:
        ordering: ClassVar = ["part", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["score", "rule", "reference"], name="nothing_is_deducted_twice"
            )
        ]

    def __str__(self) -> str:
        return f"{self.rule} -{self.value}"


class BonusRow(Kept):
    """One bonus: the points given and the arithmetic behind them. ``reference`` names the item
    that decides (the least shortened promise); an early closing opens to its cases."""

    score = models.ForeignKey(Score, on_delete=models.PROTECT, related_name="bonuses")
    kind = models.CharField(max_length=10, choices=BonusKind.choices())
    value = models.DecimalField(max_digits=5, decimal_places=2)
    formula = models.CharField(max_length=200)
    basis = models.CharField(max_length=200)
    reference = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering: ClassVar = ["kind"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["score", "kind"], name="a_bonus_is_given_once"),
            models.CheckConstraint(condition=Q(value__gt=0), name="a_bonus_gives_something"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} +{self.value}"
