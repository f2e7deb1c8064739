"""What editors write: an article, and each edition of it as it was published. B4."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openhall.deeds.models import Deed, DoneTo
from openhall.files.models import Folder
from openhall.sites.models.site import Site
from openhall.sites.rules.columns import WRITTEN
from openhall.sites.terms import WhyWithdrawn
from openhall.versions.models import DatedVersion, version_constraints


class Article(DoneTo):
    """One page of a site through all its editions. Never deleted: withdrawn, it stays and says so.

    ``look_by`` is the day by which ``owner`` looks whether it is still right. ``check_due``: the
    day by which what was published urgently is checked for secrets; None where nothing is owed.
    """

    number = models.CharField(max_length=20, unique=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="articles")
    column = models.CharField(max_length=14, choices=[(one.value, one.zh) for one in WRITTEN])
    folder = models.ForeignKey(
        Folder, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    look_by = models.DateField(null=True, blank=True)
    check_due = models.DateField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    why_withdrawn = models.CharField(max_length=10, choices=WhyWithdrawn.choices(), blank=True)
    withdrawn_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(column__in=[one.value for one in WRITTEN]),
                name="an_article_stands_in_a_written_column",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, why_withdrawn="")
                | (Q(withdrawn_at__isnull=False) & ~Q(why_withdrawn="") & ~Q(withdrawn_because="")),
                name="a_withdrawn_article_says_why",
                violation_error_message=_("Say why it is withdrawn."),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["site", "column", "-id"], name="article_by_column"),
            models.Index(
                fields=["look_by"], condition=Q(look_by__isnull=False), name="article_looked_by"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None

    @property
    def is_hidden(self) -> bool:
        """Whether its words are not shown either."""
        return self.why_withdrawn == WhyWithdrawn.PRIVATE


class Edition(DatedVersion):
    """An article as it reads from a day on. ``text`` is the marked text of ``rules.text``."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="editions")
    title = models.CharField(max_length=120)
    title_en = models.CharField(max_length=200, blank=True)
    summary = models.CharField(max_length=300, blank=True)
    summary_en = models.CharField(max_length=400, blank=True)
    text = models.TextField(blank=True)
    text_en = models.TextField(blank=True)
    source = models.CharField(max_length=120, blank=True)  # ContentSource, norms 6.3
    keywords = models.CharField(max_length=120, blank=True)
    files = models.JSONField(default=list, blank=True)  # upload, name, size, SHA-256, media type

    class Meta:
        ordering: ClassVar = ["-effective_from", "-id"]
        constraints: ClassVar = [*version_constraints("edition", ["article"], same_day=True)]
        indexes: ClassVar = [
            models.Index(fields=["article", "-number"], name="edition_of_an_article"),
            models.Index(
                fields=["-effective_from", "-id"],
                condition=Q(state__in=["published", "superseded"]),
                name="edition_by_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"


class EditionEvent(Deed):
    """One step in the life of an edition."""

    version = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="events")

    class Meta:
        ordering: ClassVar = ["version", "seq"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "seq"], name="edition_event_has_its_place")
        ]
