"""Published figures: frozen by the month, corrected as corrections, each with its rows."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from openhall.deeds.models import DeedAbout, DoneTo
from openhall.statistics.terms import Measure
from openhall.vault.fields import EncryptedTextField


class Publication(DoneTo):
    """One figure of one month as it was published. The highest ``edition`` is the one that stands.

    ``statement`` is ``figure.json`` of the bundle to the byte and ``digest`` its SHA-256, which the
    entry of the log names. ``part`` and ``whole`` are the city's; None where they are hidden.
    ``beneath`` lets a correction of opinions be weighed against what was published before.
    """

    measure = models.CharField(max_length=20, choices=Measure.choices())
    month = models.DateField()  # its first day
    edition = models.PositiveSmallIntegerField(default=1)
    version = models.PositiveSmallIntegerField()  # of the definition
    statement = models.TextField()
    digest = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    part = models.BigIntegerField(null=True, blank=True)
    whole = models.BigIntegerField(null=True, blank=True)
    log_size = models.PositiveBigIntegerField()  # how long the log was when it was counted
    published_at = models.DateTimeField()
    beneath = EncryptedTextField(blank=True, default="")  # counts that are hidden, as JSON

    class Meta:
        ordering: ClassVar = ["measure", "month", "edition"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["measure", "month", "edition"], name="publication_has_its_edition"
            ),
            models.CheckConstraint(
                condition=Q(measure__in=Measure.codes()) & Q(edition__gte=1),
                name="publication_is_of_a_figure",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """How the log names it."""
        return f"{self.measure}-{self.month:%Y-%m}-{self.edition}"


class PublicationRows(models.Model):
    """The rows of one table of a publication, packed. Its statement names their root."""

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="tables")
    name = models.CharField(max_length=20)
    packed = models.BinaryField()

    class Meta:
        verbose_name_plural = "publication rows"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["publication", "name"], name="publication_has_each_table_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.publication} {self.name}"


class PublicationDeed(DeedAbout):
    """That a figure was published, or its correction; only grows."""

    class Meta(DeedAbout.Meta):
        pass
