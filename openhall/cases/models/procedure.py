"""What the statute attaches to a case: supplement notice, suspension, extension, hand-over."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openhall.cases.models.case import Case
from openhall.cases.terms import SuspensionGround
from openhall.deeds.models import Kept
from openhall.organs.models import Organ
from openhall.vault.fields import EncryptedTextField


class Supplement(Kept):
    """The supplement notice of a case, one and no more. 行政许可法 32(4): 一次告知.

    A second one stands only with the head of the organ who permitted it for new facts, and
    supervision is alerted (norms 2.3, 9b).
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="supplements")
    number = models.PositiveSmallIntegerField(default=1)
    permitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "number"],
                name="supplement_is_asked_once",
                violation_error_message=_(
                    "A supplement was asked for once already (一次告知, 行政许可法 32(4))."
                ),
            ),
            models.CheckConstraint(
                condition=Q(number=1, permitted_by__isnull=True)
                | Q(number=2, permitted_by__isnull=False),
                name="second_notice_was_permitted",
                violation_error_message=_("A second notice needs the head's permission."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case}"


class SupplementPoint(Kept):
    """One named field or material that is reopened, with its reason."""

    supplement = models.ForeignKey(Supplement, on_delete=models.PROTECT, related_name="points")
    field = models.CharField(max_length=60, blank=True)
    material = models.CharField(max_length=40, blank=True)
    reason = EncryptedTextField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(Q(field="") & ~Q(material="")) | (~Q(field="") & Q(material="")),
                name="supplement_point_names_one_thing",
            ),
            models.UniqueConstraint(
                fields=["supplement", "field", "material"], name="supplement_point_is_asked_once"
            ),
        ]

    def __str__(self) -> str:
        return self.field or self.material


class Suspension(Kept):
    """Time that does not count. It counts as excluded only with its written notice."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="suspensions")
    ground = models.CharField(max_length=20, choices=SuspensionGround.choices())
    basis = models.CharField(max_length=300)
    planned_days = models.PositiveIntegerField()  # working days
    notice_number = models.CharField(max_length=60, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)  # the day the clock ran again

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(until__isnull=True),
                name="one_suspension_at_a_time",
                violation_error_message=_("The clock of this case is suspended already."),
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="suspension_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(ground__in=SuspensionGround.codes()),
                name="suspension_has_a_lawful_ground",
                violation_error_message=_("Only the eight grounds of art. 45 suspend a limit."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.ground}"


class Extension(Kept):
    """A longer limit, approved by the right head, with its reason. 行政许可法 42."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="extension")
    days = models.PositiveIntegerField()
    reason = models.CharField(max_length=500)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="extension_gives_its_reason"),
            models.CheckConstraint(
                condition=Q(days__gte=1) & Q(days__lte=15), name="extension_is_within_the_law"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} +{self.days}"


class HandOver(Kept):
    """物料流转凭证: every change of custody leaves a slip. A4."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="hand_overs")
    giver = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    taker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    things = EncryptedTextField()  # JSON list of papers and copies
    papers_at = models.CharField(max_length=60, blank=True)  # the box or shelf where they lie
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(giver=F("taker")),
                name="nobody_hands_over_to_himself",
                violation_error_message=_("A case is handed over to another person (A4)."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.case} → {self.taker_id}"


class SupplementDraft(models.Model):
    """What the applicant has typed in answer to a supplement notice and not yet sent."""

    supplement = models.OneToOneField(Supplement, on_delete=models.PROTECT, related_name="draft")
    answers = EncryptedTextField(default="{}")  # JSON by form field key
    saved_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.supplement_id}"
