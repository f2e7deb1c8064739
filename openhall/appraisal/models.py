"""Ratings, what was done to them, and their monthly rollup."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openhall.appraisal.terms import RatingSource, Satisfaction
from openhall.cases.models import Case
from openhall.deeds.models import DeedAbout, DoneTo
from openhall.organs.models import Organ
from openhall.vault.fields import EncryptedTextField


class Rating(DoneTo):
    """One rating for one served case. ``score`` 1–5; comments are the rater's, encrypted."""

    case = models.OneToOneField(
        Case,
        on_delete=models.PROTECT,
        related_name="rating",
        error_messages={"unique": _("This case has been rated already.")},
    )
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    score = models.PositiveSmallIntegerField()
    reasons = models.JSONField(default=list)
    comment = EncryptedTextField(blank=True, default="")
    source = models.CharField(max_length=10, choices=RatingSource.choices())
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(score__gte=1) & Q(score__lte=5), name="score_is_one_to_five"
            ),
            models.CheckConstraint(
                condition=Q(score__gte=3) | ~Q(reasons=[]),
                name="bad_rating_gives_a_reason",
                violation_error_message=_("Please say what was wrong; choose at least one reason."),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["organ", "at", "id"])]

    def __str__(self) -> str:
        return f"{self.case} {Satisfaction(str(self.score)).zh}"


class RatingMonth(models.Model):
    """Ratings of one unit in one month, by the day of the rating."""

    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    month = models.DateField()
    rated = models.IntegerField(default=0)
    satisfied = models.IntegerField(default=0)  # score 3 and above
    score = models.IntegerField(default=0)  # sum of scores

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organ", "month"], name="rating_month_is_one_row")
        ]

    def __str__(self) -> str:
        return f"{self.organ_id} {self.month}"


class AppraisalDeed(DeedAbout):
    """What was done to a rating; only grows."""

    class Meta(DeedAbout.Meta):
        pass
