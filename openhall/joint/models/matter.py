"""Joint matters (并联审批, “一件事”): several units' approvals on one list, one form, one limit.

行政许可法 26 lets a city handle jointly what several departments decide; 42 gives it 45 working
days.
"""

from typing import ClassVar, Final

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openhall.catalogue.models import Item
from openhall.catalogue.terms import GuideState
from openhall.joint.terms import JointKind, JointMode, JointStep, PartNeed
from openhall.organs.models import Organ

MOST_DAYS: Final = 45  # working days for what is handled jointly, 行政许可法 42


class JointMatter(models.Model):
    """What people come for as one thing, whatever units decide its parts."""

    code = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(max_length=20, choices=JointKind.choices())
    topic = models.CharField(max_length=20, blank=True)  # a topic or life-event code
    lead = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="joint_matters")
    created_at = models.DateTimeField(auto_now_add=True)

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


class JointMatterVersion(models.Model):
    """The matter's words, units and limits from ``effective_from`` to ``effective_until``.

    Both days are included. Once published it never changes; a case keeps the version it began on.
    """

    matter = models.ForeignKey(JointMatter, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(
        max_length=20, choices=GuideState.choices(), default=GuideState.DRAFT.value
    )
    title = models.CharField(max_length=120)
    title_en = models.CharField(max_length=200, blank=True)
    summary = models.CharField(max_length=300, blank=True)
    summary_en = models.CharField(max_length=400, blank=True)
    mode = models.CharField(
        max_length=20, choices=JointMode.choices(), default=JointMode.PARALLEL.value
    )
    limit_days = models.PositiveIntegerField(default=MOST_DAYS)  # working days, from acceptance
    revision = models.PositiveIntegerField(default=0)  # counts the saves of a draft
    change_note = models.CharField(max_length=300, blank=True)
    effective_from = models.DateField(null=True, blank=True)
    effective_until = models.DateField(null=True, blank=True)
    saved_at = models.DateTimeField(auto_now=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["matter", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["matter", "number"], name="joint_matter_version_is_numbered_once"
            ),
            models.UniqueConstraint(
                fields=["matter"],
                condition=Q(state=GuideState.DRAFT.value),
                name="joint_matter_has_one_draft",
                violation_error_message=_("This matter has a draft already. Go on with it."),
            ),
            models.UniqueConstraint(
                fields=["matter"],
                condition=Q(state=GuideState.PUBLISHED.value, effective_until__isnull=True),
                name="joint_matter_has_one_version_in_force",
            ),
            models.CheckConstraint(
                condition=Q(effective_until__isnull=True)
                | Q(effective_until__gte=F("effective_from")),
                name="joint_matter_version_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[GuideState.PUBLISHED.value, GuideState.SUPERSEDED.value])
                | Q(effective_from__isnull=False, published_at__isnull=False),
                name="published_joint_matter_has_a_first_day",
            ),
            models.CheckConstraint(
                condition=Q(state__in=GuideState.codes()), name="joint_matter_state_is_known"
            ),
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


class JointMatterEvent(models.Model):
    """A signed step in a joint matter's life: drafted, published, dropped, ended. Only grows."""

    matter = models.ForeignKey(JointMatter, on_delete=models.PROTECT, related_name="events")
    version = models.ForeignKey(
        JointMatterVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="events"
    )
    verb = models.CharField(max_length=30, choices=JointStep.choices())
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(max_length=300, blank=True)
    facts = models.JSONField(default=dict)
    event_time = models.DateTimeField()
    entry_time = models.DateTimeField(auto_now_add=True)
    ledger_entry = models.BigIntegerField(null=True, blank=True, unique=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(verb=""),
                name="joint_matter_event_names_its_verb",
                violation_error_message=_("A step in the catalogue must say what was done."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.verb}"
