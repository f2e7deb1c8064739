"""Joint matters (并联审批, “一件事”): several units' approvals on one list, one form, one limit.

行政许可法 26 lets a city handle jointly what several departments decide; 42 gives it 45 working
days.
"""

from typing import ClassVar, Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openhall.catalogue.models import Item
from openhall.deeds.models import Deed
from openhall.joint.terms import JointKind, JointMode, PartNeed
from openhall.organs.models import Organ
from openhall.versions.models import DatedVersion, version_constraints
from openhall.versions.terms import VersionAct

MOST_DAYS: Final = 45  # working days for what is handled jointly, 行政许可法 42


class JointMatter(models.Model):
    """What people come for as one thing, whatever units decide its parts."""

    code = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(max_length=20, choices=JointKind.choices())
    topic = models.CharField(max_length=20, blank=True)  # a topic or life-event code
    lead = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="joint_matters")

    class Meta:
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=JointKind.codes()), name="joint_matter_kind_is_known"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["topic", "code"])]

    def __str__(self) -> str:
        return self.code


class JointMatterVersion(DatedVersion):
    """The matter's words, units and limits; a case keeps the version it began on."""

    matter = models.ForeignKey(JointMatter, on_delete=models.PROTECT, related_name="versions")
    title = models.CharField(max_length=120)
    title_en = models.CharField(max_length=200, blank=True)
    summary = models.CharField(max_length=300, blank=True)
    summary_en = models.CharField(max_length=400, blank=True)
    mode = models.CharField(
        max_length=20, choices=JointMode.choices(), default=JointMode.PARALLEL.value
    )
    limit_days = models.PositiveIntegerField(default=MOST_DAYS)  # working days, from acceptance

    class Meta:
        ordering: ClassVar = ["matter", "-number"]
        constraints: ClassVar = [
            *version_constraints("joint_matter", ["matter"]),
            models.CheckConstraint(
                condition=Q(mode__in=JointMode.codes()), name="joint_matter_mode_is_known"
            ),
            models.CheckConstraint(
                condition=Q(limit_days__gte=1, limit_days__lte=MOST_DAYS),
                name="joint_limit_is_within_45_working_days",
                violation_error_message=_(
                    "What is handled jointly takes 45 working days at most (行政许可法 42)."
                ),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["matter", "state", "effective_from"])]

    def __str__(self) -> str:
        return f"{self.title} （第{self.number}版）"


class JointPart(models.Model):
    """One unit's approval in the matter, and how many working days it has inside the limit."""

    version = models.ForeignKey(JointMatterVersion, on_delete=models.CASCADE, related_name="parts")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="joint_parts")
    position = models.PositiveIntegerField(default=0)
    limit_days = models.PositiveIntegerField(default=1)
    need = models.CharField(
        max_length=20, choices=PartNeed.choices(), default=PartNeed.ALWAYS.value
    )
    question = models.CharField(max_length=200, blank=True)  # a yes chooses the part
    question_en = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["position", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["version", "item"],
                name="joint_part_is_named_once",
                violation_error_message=_("This item is in the matter already."),
            ),
            models.CheckConstraint(
                condition=Q(need__in=PartNeed.codes()), name="joint_part_need_is_known"
            ),
            models.CheckConstraint(
                condition=Q(limit_days__gte=1, limit_days__lte=MOST_DAYS),
                name="joint_part_limit_is_within_45_working_days",
                violation_error_message=_(
                    "What is handled jointly takes 45 working days at most (行政许可法 42)."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.item_id}"


class JointMatterEvent(Deed):
    """One step in a version's life: begun, sent, published, replaced, dropped, ended."""

    version = models.ForeignKey(JointMatterVersion, on_delete=models.PROTECT, related_name="events")

    class Meta:
        ordering: ClassVar = ["version", "seq"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["version", "seq"], name="joint_matter_event_has_its_place"
            ),
            models.CheckConstraint(
                condition=Q(act__in=VersionAct.codes()), name="joint_matter_event_act_is_known"
            ),
        ]
