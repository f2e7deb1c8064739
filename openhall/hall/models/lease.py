"""Numbers leased to kiosks, and papers that clash with what was given already. E1."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from openhall.hall.models.place import Line


class Block(models.Model):
    """The numbers ``first`` to ``last`` of a line's day, leased to one kiosk for ever."""

    kiosk = models.CharField(max_length=40)
    request = models.CharField(max_length=64)
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="blocks")
    day = models.DateField()
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()
    leased_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kiosk", "request"], name="block_is_leased_once"),
            models.UniqueConstraint(
                fields=["line", "day", "first"], name="block_begins_at_a_number_of_its_own"
            ),
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="block_has_a_number"),
        ]

    def __str__(self) -> str:
        return f"{self.kiosk} {self.first}–{self.last}"


class Clash(models.Model):
    """A paper that cannot be taken in: a restored disk, a foreign number, a closed day."""

    uid = models.UUIDField(unique=True)
    kiosk = models.CharField(max_length=40)
    block = models.ForeignKey(Block, on_delete=models.PROTECT, null=True, related_name="+")
    no = models.PositiveIntegerField()
    why = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-at"]
        verbose_name_plural = "clashes"

    def __str__(self) -> str:
        return f"{self.kiosk} {self.no}"
