"""Ratings, what was done to them, and their monthly rollup."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openhall.appraisal.terms import Ground, RatingSource, RatingState, Satisfaction, ServedStage
from openhall.cases.models import Case
from openhall.deeds.models import DeedAbout, DoneTo
from openhall.organs.models import Organ
from openhall.vault.fields import EncryptedTextField


class Rating(DoneTo):
    """One rating of one served stage: ``case`` of its delivery, ``accepted`` of its taking in.

    ``score`` 1–5; comments are the rater's, encrypted. ``number`` stands in public instead of the
    case, so that nobody finds the rater by it. ``due`` is the last day of the next step.
    """

    number = models.CharField(max_length=30, unique=True, null=True, blank=True)
    case = models.OneToOneField(
        Case,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="rating",
        error_messages={"unique": _("This case has been rated already.")},
    )
    accepted = models.OneToOneField(
        Case,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="acceptance_rating",
        error_messages={"unique": _("The taking in of this case has been rated already.")},
    )
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    score = models.PositiveSmallIntegerField()
    reasons = models.JSONField(default=list)
    comment = EncryptedTextField(blank=True, default="")
    source = models.CharField(max_length=10, choices=RatingSource.choices())
    at = models.DateTimeField()
    served_on = models.DateField(null=True, blank=True)
    pack = models.CharField(max_length=40, blank=True)
    state = models.CharField(
        max_length=10, choices=RatingState.choices(), default=RatingState.COUNTED.value
    )
    due = models.DateField(null=True, blank=True)
    fed_back_due = models.DateField(null=True, blank=True)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    finding = EncryptedTextField(blank=True, default="")  # what was verified
    ground = models.CharField(max_length=10, choices=Ground.choices(), blank=True)
    objection = EncryptedTextField(blank=True, default="")
    objected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ruled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ruling = EncryptedTextField(blank=True, default="")
    reply = EncryptedTextField(blank=True, default="")  # what the rater reads
    replied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    revisited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    content = models.BooleanField(null=True)
    returned = models.PositiveSmallIntegerField(default=0)

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
            models.CheckConstraint(
                condition=Q(case__isnull=False, accepted__isnull=True)
                | Q(case__isnull=True, accepted__isnull=False),
                name="rating_is_of_one_stage",
            ),
            models.CheckConstraint(
                condition=Q(state__in=RatingState.codes()), name="rating_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(score__lt=3) | Q(state="counted"), name="a_good_rating_is_only_counted"
            ),
            models.CheckConstraint(
                condition=Q(objected_by__isnull=True)
                | Q(ruled_by__isnull=True)
                | ~Q(objected_by=F("ruled_by")),
                name="who_objects_to_a_rating_does_not_rule",
                violation_error_message=_("Who objects may not rule on it."),
            ),
            models.CheckConstraint(
                condition=Q(replied_by__isnull=True)
                | Q(revisited_by__isnull=True)
                | ~Q(replied_by=F("revisited_by")),
                name="who_puts_it_right_does_not_revisit",
                violation_error_message=_("Who put it right may not revisit."),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organ", "at", "id"]),
            models.Index(
                fields=["organ", "state", "due", "id"],
                condition=~Q(state="counted"),
                name="bad_rating_by_unit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number or self.case} {Satisfaction(str(self.score)).zh}"

    @property
    def stage(self) -> ServedStage:
        return ServedStage.DELIVERY if self.case_id is not None else ServedStage.ACCEPTANCE

    @property
    def served(self) -> Case:
        """The case whose stage was rated."""
        found = self.case or self.accepted
        assert found is not None
        return found


class RatingMonth(models.Model):
    """Ratings of one unit in one month: ``rated`` to ``score`` of delivered cases, by the day of
    the rating; ``every`` to ``content`` of every stage; ``of_served`` by the day of the service."""

    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    month = models.DateField()
    rated = models.IntegerField(default=0)
    satisfied = models.IntegerField(default=0)  # score 3 and above
    score = models.IntegerField(default=0)  # sum of scores
    every = models.IntegerField(default=0)
    good = models.IntegerField(default=0)
    bad = models.IntegerField(default=0)
    set_aside = models.IntegerField(default=0)
    replied = models.IntegerField(default=0)
    revisited = models.IntegerField(default=0)
    content = models.IntegerField(default=0)
    of_served = models.IntegerField(default=0)
    points = models.IntegerField(default=0)  # of every stage but those set aside, by their packs

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organ", "month"], name="rating_month_is_one_row")
        ]

    def __str__(self) -> str:
        return f"{self.organ_id} {self.month}"


class RatingSerial(models.Model):
    """The last number given of each year; its row is locked in the act's transaction."""

    year = models.PositiveIntegerField(unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


class AppraisalDeed(DeedAbout):
    """What was done to a rating; only grows."""

    class Meta(DeedAbout.Meta):
        pass
