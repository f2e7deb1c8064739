"""Who opened a paper in the account, and which prints of it left the house."""

from typing import ClassVar

from django.db import models

from openhall.papers.models.paper import Paper


class PaperOpening(models.Model):
    """The first time the addressee opened a paper in the account; kept as proof of service."""

    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, related_name="opening")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.paper_id}"


class PaperPrint(models.Model):
    """The digest of a PDF that was handed out: the same paper drawn by two releases differs."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="prints")
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["paper", "digest"], name="print_is_noted_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["digest"], name="print_by_digest")]

    def __str__(self) -> str:
        return f"{self.paper_id} {self.digest[:12]}"
