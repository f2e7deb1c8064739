"""The words of the papers, which Legal Affairs approves, and the pictures of seals. A6."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from openhall.organs.models import Organ
from openhall.papers.terms import PaperKind
from openhall.versions.models import DatedVersion, version_constraints
from openhall.versions.terms import PUBLIC


class PaperTemplate(DatedVersion):
    """One version of the words of one kind of paper; ``organ`` empty: the whole city's.

    Where no version is in force, the words of ``rules.templates`` stand. Papers given keep the
    words they were given with.
    """

    organ = models.ForeignKey(
        Organ, on_delete=models.PROTECT, null=True, blank=True, related_name="paper_templates"
    )
    kind = models.CharField(max_length=20, choices=PaperKind.choices())
    words = models.TextField()
    drafter_saw_at = models.DateTimeField(null=True, blank=True)  # the preview of these words
    legal_saw_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["kind", "-number"]
        constraints: ClassVar = [
            *version_constraints("template", ["organ", "kind"]),
            *version_constraints("city_template", ["kind"], present=Q(organ__isnull=True)),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["kind", "organ", "-effective_from"],
                condition=Q(state__in=PUBLIC),
                name="template_in_force",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class SealImage(DatedVersion):
    """The picture of an organ's seal, from a day on. Never changed; a new one takes its place."""

    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="seals")
    media_type = models.CharField(max_length=20)  # image/png or image/svg+xml
    picture = models.BinaryField()

    class Meta:
        ordering: ClassVar = ["-effective_from", "-id"]
        constraints: ClassVar = [
            *version_constraints("seal", ["organ"], apart=False),
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
