"""The public draw of case files, and the sheet of each file drawn. norms 4.3, 4.4; A14."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openhall.cases.models import Case
from openhall.deeds.models import DoneTo
from openhall.organs.models import Organ
from openhall.supervision.terms import DrawState


class SampleDraw(DoneTo):
    """Cases closed in ``month``, ``size`` of each unit.

    Announced with the digest of its population before ``seed_at``; ``seed`` is the root of the
    first checkpoint of the public log signed after that moment.
    """

    number = models.CharField(max_length=30, unique=True)
    month = models.DateField()
    size = models.PositiveSmallIntegerField()
    announced_at = models.DateTimeField()
    announced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    seed_at = models.DateTimeField()
    population = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    seed = models.CharField(max_length=64, blank=True)
    checkpoint_size = models.BigIntegerField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=DrawState.choices())

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="announced", seed="") | (~Q(state="announced") & ~Q(seed="")),
                name="draw_has_its_seed_once_drawn",
            ),
            models.CheckConstraint(
                condition=Q(size__gte=1) & Q(size__lte=50), name="draw_takes_some_of_each_unit"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class CaseFileReview(DoneTo):
    """One drawn file. ``lines``: for each line what events say, what a person ticked, why."""

    draw = models.ForeignKey(SampleDraw, on_delete=models.PROTECT, related_name="reviews")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reviews")
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    lines = models.JSONField(default=dict)
    reviewer = models.ForeignKey(  # whose work it is; who signs is named apart
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    signed_at = models.DateTimeField(null=True, blank=True)
    defects = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["organ__position", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draw", "case"], name="case_is_drawn_once"),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True) | Q(signed_by__isnull=False),
                name="review_is_signed_by_somebody",
                violation_error_message=_("A review is signed by who made it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.draw} {self.case_id}"
