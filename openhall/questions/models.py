"""Question guides (互动式办事指南): versions, events, and what residents keep of them. B7."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openhall.catalogue.models.entry import Item
from openhall.deeds.models import Deed
from openhall.organs.models import Organ
from openhall.vault.fields import EncryptedTextField
from openhall.versions.models import DatedVersion, version_constraints


class QuestionGuide(models.Model):
    """A guide of questions for one item, or for a topic or life event across organs."""

    slug = models.SlugField(max_length=60, unique=True)
    item = models.ForeignKey(
        Item, on_delete=models.PROTECT, null=True, blank=True, related_name="question_guides"
    )
    topic = models.CharField(max_length=20, blank=True)  # a topic or life-event code
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="question_guides")

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


class QuestionGuideVersion(DatedVersion):
    """The questions from ``effective_from`` to ``effective_until`` (both days included).

    ``content`` is ``openhall.questions.rules.content.Content`` as JSON; ``expectations`` keeps what
    each of its paths came to on the day it was published.
    """

    guide = models.ForeignKey(QuestionGuide, on_delete=models.PROTECT, related_name="versions")
    title = models.CharField(max_length=120)
    title_en = models.CharField(max_length=200, blank=True)
    summary = models.CharField(max_length=300, blank=True)
    summary_en = models.CharField(max_length=400, blank=True)
    content = models.JSONField(default=dict)
    expectations = models.JSONField(default=list, blank=True)

    class Meta:
        ordering: ClassVar = ["guide", "-number"]
        constraints: ClassVar = version_constraints("question_guide_version", ["guide"])
        indexes: ClassVar = [models.Index(fields=["guide", "state", "effective_from"])]

    def __str__(self) -> str:
        return f"{self.title} （第{self.number}版）"


class QuestionGuideEvent(Deed):
    """A signed step in a guide's life: begun, published, ended, dropped."""

    version = models.ForeignKey(
        QuestionGuideVersion, on_delete=models.PROTECT, related_name="events"
    )

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["version", "seq"], name="question_guide_event_has_its_place"
            )
        ]


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
