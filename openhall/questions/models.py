"""Question guides (互动式办事指南): versions, events, and what residents keep of them. B7."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openhall.catalogue.models.entry import Item
from openhall.catalogue.terms import GuideState
from openhall.organs.models import Organ
from openhall.vault.fields import EncryptedTextField


class QuestionGuide(models.Model):
    """A guide of questions for one item, or for a topic or life event across organs."""

    slug = models.SlugField(max_length=60, unique=True)
    item = models.ForeignKey(
        Item, on_delete=models.PROTECT, null=True, blank=True, related_name="question_guides"
    )
    topic = models.CharField(max_length=20, blank=True)  # a topic or life-event code
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="question_guides")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["slug"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(Q(item__isnull=False) & Q(topic=""))
                | (Q(item__isnull=True) & ~Q(topic="")),
                name="question_guide_is_for_an_item_or_a_topic",
                violation_error_message=_("A guide is for one item, or for a topic."),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["topic", "slug"])]

    def __str__(self) -> str:
        return self.slug


class QuestionGuideVersion(models.Model):
    """The questions from ``effective_from`` to ``effective_until`` (both days included).

    ``content`` is ``openhall.questions.rules.content.Content`` as JSON. Once published it never
    changes; ``expectations`` keeps what each of its paths came to on the day it was published.
    """

    guide = models.ForeignKey(QuestionGuide, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(
        max_length=20, choices=GuideState.choices(), default=GuideState.DRAFT.value
    )
    title = models.CharField(max_length=120)
    title_en = models.CharField(max_length=200, blank=True)
    summary = models.CharField(max_length=300, blank=True)
    summary_en = models.CharField(max_length=400, blank=True)
    content = models.JSONField(default=dict)
    expectations = models.JSONField(default=list, blank=True)
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
        ordering: ClassVar = ["guide", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["guide", "number"], name="question_guide_version_is_numbered_once"
            ),
            models.UniqueConstraint(
                fields=["guide"],
                condition=Q(state=GuideState.DRAFT.value),
                name="question_guide_has_one_draft",
                violation_error_message=_("This guide has a draft already. Go on with it."),
            ),
            models.UniqueConstraint(
                fields=["guide"],
                condition=Q(state=GuideState.PUBLISHED.value, effective_until__isnull=True),
                name="question_guide_has_one_version_in_force",
            ),
            models.CheckConstraint(
                condition=Q(effective_until__isnull=True)
                | Q(effective_until__gte=F("effective_from")),
                name="question_guide_version_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[GuideState.PUBLISHED.value, GuideState.SUPERSEDED.value])
                | Q(effective_from__isnull=False, published_at__isnull=False),
                name="published_question_guide_has_a_first_day",
            ),
            models.CheckConstraint(
                condition=Q(state__in=GuideState.codes()),
                name="question_guide_state_is_known",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["guide", "state", "effective_from"])]

    def __str__(self) -> str:
        return f"{self.title} （第{self.number}版）"


class QuestionGuideEvent(models.Model):
    """A signed step in a guide's life: drafted, published, dropped."""

    guide = models.ForeignKey(QuestionGuide, on_delete=models.PROTECT, related_name="events")
    version = models.ForeignKey(
        QuestionGuideVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="events"
    )
    verb = models.CharField(max_length=30)
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
                name="question_guide_event_names_its_verb",
                violation_error_message=_("A step in the catalogue must say what was done."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.guide_id} {self.verb}"


class SavedChecklist(models.Model):
    """A checklist a resident keeps with the account. The answers say who they are: encrypted."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="checklists"
    )
    guide = models.ForeignKey(QuestionGuide, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(QuestionGuideVersion, on_delete=models.PROTECT, related_name="+")
    answers = EncryptedTextField()  # the query of the checklist's address
    saved_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-saved_at", "-id"]
        indexes: ClassVar = [models.Index(fields=["account", "-saved_at"])]

    def __str__(self) -> str:
        return f"{self.account_id} {self.guide_id}"
