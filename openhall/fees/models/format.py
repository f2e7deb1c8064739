"""How a bank writes its daily file, from a day on. A12."""

from typing import ClassVar

from django.db import models

from openhall.deeds.models import Deed
from openhall.fees.terms import FormatKind, PayChannel
from openhall.versions.models import DatedVersion, version_constraints


class StatementFormat(DatedVersion):
    """对账格式: which column is what, in which dress, in yuan or fen.

    ``columns`` names for each of our facts the bank's heading, or ``first+length`` in bytes for a
    file of fixed width, or an element of a camt.053 message where it is another than usual.
    """

    bank = models.CharField(max_length=40)
    kind = models.CharField(
        max_length=10, choices=FormatKind.choices(), default=FormatKind.CSV.value
    )
    columns = models.JSONField(default=dict, blank=True)
    channels = models.JSONField(default=dict, blank=True)  # the bank's word → ours
    channel = models.CharField(max_length=10, choices=PayChannel.choices(), blank=True)
    encoding = models.CharField(max_length=20, blank=True)
    yuan = models.BooleanField(default=False)
    back_column = models.CharField(max_length=60, blank=True)
    back_says = models.CharField(max_length=20, blank=True)
    skip_first = models.PositiveSmallIntegerField(default=0)
    skip_last = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["bank", "-number"]
        constraints: ClassVar = version_constraints("statement_format", ["bank"])

    def __str__(self) -> str:
        return f"{self.bank} 第{self.number}版"

    @property
    def written(self) -> FormatKind:
        """How the bank writes its file, as a word in either language."""
        return FormatKind(self.kind)


class StatementFormatEvent(Deed):
    """A signed step of a format: begun, sent, published, ended."""

    version = models.ForeignKey(StatementFormat, on_delete=models.PROTECT, related_name="events")

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["version", "seq"], name="statement_format_event_has_its_place"
            )
        ]
