"""Entries, their places, the tree's complete subtrees and the signed checkpoints.

All four only ever grow: triggers on both databases refuse UPDATE and DELETE (A5).
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Entry(models.Model):
    """What was said: canonical bytes and their leaf hash. Its place comes later, in ``Leaf``."""

    kind = models.CharField(max_length=40)
    body = models.BinaryField()
    leaf_hash = models.BinaryField()
    written_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "entries"

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Leaf(models.Model):
    """The place of an entry in the log, counted from 0."""

    index = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="leaf")

    class Meta:
        verbose_name_plural = "leaves"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(index__gte=0), name="leaf_is_counted_from_zero")
        ]

    def __str__(self) -> str:
        return str(self.index)


class Subtree(models.Model):
    """The hash of the complete subtree of ``2**level`` leaves at ``index`` of its level."""

    level = models.PositiveSmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["level", "index"], name="subtree_is_hashed_once")
        ]

    def __str__(self) -> str:
        return f"{self.level}/{self.index}"


class Checkpoint(models.Model):
    """A signed note over the first ``size`` leaves."""

    size = models.BigIntegerField(unique=True)
    root = models.BinaryField()
    note = models.TextField()
    made_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-size"]

    def __str__(self) -> str:
        return str(self.size)
