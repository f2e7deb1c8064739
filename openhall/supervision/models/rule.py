"""Rules and weights as dated data: a change is a new row, the old one ends the day before."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openhall.deeds.models import DoneTo, Kept
from openhall.supervision.terms import BonusKind, ScorePart, Signal, Trigger


class SupervisionRule(DoneTo):
    """One rule in force from ``effective_from`` to ``effective_until`` (both included).

    ``sentence`` is its arithmetic in words, with the names of values in braces. ``deduction`` is in
    points of the composite score; ``answer_days`` are the working days the unit has to answer.
    """

    code = models.CharField(max_length=40)
    trigger = models.CharField(max_length=20, choices=Trigger.choices())
    signal = models.CharField(max_length=12, choices=Signal.choices())
    parameters = models.JSONField(default=dict)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=200)
    sentence = models.CharField(max_length=300)
    sentence_en = models.CharField(max_length=400)
    basis = models.CharField(max_length=200)
    part = models.CharField(max_length=14, choices=ScorePart.choices())
    deduction = models.DecimalField(max_digits=4, decimal_places=2, default=0)
    answer_days = models.PositiveSmallIntegerField(default=5)
    effective_from = models.DateField()
    effective_until = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["code", "-effective_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["code", "effective_from"],
                name="rule_begins_once_a_day",
                violation_error_message=_("This rule has a version from that day already."),
            ),
            models.CheckConstraint(
                condition=Q(effective_until__isnull=True)
                | Q(effective_until__gte=F("effective_from")),
                name="rule_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=Q(deduction__gte=0), name="rule_does_not_reward"),
            models.CheckConstraint(
                condition=Q(trigger__in=Trigger.codes()) & Q(signal__in=Signal.codes()),
                name="rule_words_are_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class WeightSet(DoneTo):
    """One dated set of weights and bonuses; ``set_by`` is empty for what a city begins with."""

    effective_from = models.DateField(unique=True)
    effective_until = models.DateField(null=True, blank=True)
    basis = models.CharField(max_length=200)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    set_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-effective_from"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(effective_until__isnull=True)
                | Q(effective_until__gte=F("effective_from")),
                name="weights_end_after_they_begin",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.effective_from}"


class ScoreWeight(Kept):
    """The points of one part of the composite score, in force with its set. norms 4.3."""

    set = models.ForeignKey(WeightSet, on_delete=models.PROTECT, related_name="weights")
    part = models.CharField(max_length=14, choices=ScorePart.choices())
    points = models.DecimalField(max_digits=5, decimal_places=2)
    basis = models.CharField(max_length=200)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["set", "part"], name="part_has_one_weight"),
            models.CheckConstraint(condition=Q(points__gte=0), name="weight_is_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.part} {self.points}"


class BonusRule(Kept):
    """A bonus in force by date: ``points`` from the share ``first`` on, ``more`` for each ``step``.

    Points of 0 say that the bonus is not given: Chengdu itself gave up rewarding speed (norms 4.3).
    """

    set = models.ForeignKey(WeightSet, on_delete=models.PROTECT, related_name="bonuses")
    kind = models.CharField(max_length=10, choices=BonusKind.choices())
    first = models.DecimalField(max_digits=3, decimal_places=2)
    step = models.DecimalField(max_digits=3, decimal_places=2)
    points = models.DecimalField(max_digits=4, decimal_places=2)
    more = models.DecimalField(max_digits=4, decimal_places=2)
    most = models.DecimalField(max_digits=4, decimal_places=2)
    basis = models.CharField(max_length=200)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["set", "kind"], name="bonus_stands_once_in_its_set"),
            models.CheckConstraint(
                condition=Q(kind__in=BonusKind.codes()), name="bonus_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(points__gte=0) & Q(more__gte=0) & Q(most__gte=0) & Q(step__gt=0),
                name="bonus_is_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.points}"
