"""The words of the papers, edited by an office and approved by the Legal Affairs Office. A6."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openhall.organs.models import Organ
from openhall.papers.terms import PaperKind, TemplateState

APPROVED = Q(state=TemplateState.APPROVED.value)


class PaperTemplate(models.Model):
    """One version of the words of one kind of paper; ``organ`` empty: the whole city's.

    Where no version is in force, the words of ``rules.templates`` stand. An approved version is
    never changed; a new one takes its place from its day on, and papers given keep their words.
    """

    organ = models.ForeignKey(
        Organ, on_delete=models.PROTECT, null=True, blank=True, related_name="paper_templates"
    )
    kind = models.CharField(max_length=20, choices=PaperKind.choices())
    version = models.PositiveIntegerField()
    words = models.TextField()
    state = models.CharField(max_length=10, choices=TemplateState.choices())
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    drafted_at = models.DateTimeField()
    drafter_saw_at = models.DateTimeField(null=True, blank=True)  # the preview of these words
    legal_saw_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    effective_from = models.DateField(null=True, blank=True)
    remark = models.CharField(max_length=300, blank=True)  # why it was returned

    class Meta:
        ordering: ClassVar = ["kind", "-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organ", "kind", "version"],
                condition=Q(organ__isnull=False),
                name="template_version_of_an_organ",
            ),
            models.UniqueConstraint(
                fields=["kind", "version"],
                condition=Q(organ__isnull=True),
                name="template_version_of_the_city",
            ),
            models.CheckConstraint(
                condition=Q(state__in=TemplateState.codes()), name="template_state_is_known"
            ),
            models.CheckConstraint(
                condition=~APPROVED
                | Q(
                    approved_by__isnull=False,
                    approved_at__isnull=False,
                    effective_from__isnull=False,
                ),
                name="approved_template_says_by_whom_and_from_when",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("drafted_by")),
                name="who_drafts_does_not_approve",
                violation_error_message=_("Who drafted the words may not approve them."),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["kind", "organ", "-effective_from"],
                condition=APPROVED,
                name="template_in_force",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.version}"


class SealImage(models.Model):
    """The picture of an organ's seal, from a day on. Never changed; a new one takes its place."""

    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="seals")
    media_type = models.CharField(max_length=20)  # image/png or image/svg+xml
    picture = models.BinaryField()
    digest = models.CharField(max_length=64)
    effective_from = models.DateField()
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    uploaded_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-effective_from", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(media_type__in=["image/png", "image/svg+xml"]),
                name="seal_is_png_or_svg",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organ", "-effective_from", "-id"], name="seal_in_force"),
        ]

    def __str__(self) -> str:
        return f"{self.organ} {self.effective_from}"
