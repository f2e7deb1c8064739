"""Entries, their places, the tree's complete subtrees and the signed checkpoints.

These, the checkpoints of the days and the cosignatures only ever grow: triggers on both databases
refuse UPDATE and DELETE (A5). Alarms and verifications say how the log was found.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openhall.ledger.terms import AlarmState, VerificationState


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


class DailyCheckpoint(models.Model):
    """The checkpoint of one day, announced to everybody; only ever added to."""

    day = models.DateField(unique=True)
    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.PROTECT, related_name="days")

    class Meta:
        ordering: ClassVar = ["-day"]

    def __str__(self) -> str:
        return str(self.day)


class Cosignature(models.Model):
    """What a witness said of a checkpoint, as the line it adds to the note; only added to."""

    checkpoint = models.ForeignKey(
        Checkpoint, on_delete=models.PROTECT, related_name="cosignatures"
    )
    witness = models.CharField(max_length=120)
    line = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["witness"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["checkpoint", "witness"], name="witness_cosigns_a_checkpoint_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.checkpoint_id} {self.witness}"


class Alarm(models.Model):
    """A fault that has stopped publication: where, what, who found it, who resolved it and why.

    Raising and resolving each leave an entry in the log.
    """

    place = models.CharField(max_length=200)
    sentence = models.TextField()
    sentence_en = models.TextField()
    raised_by = models.CharField(max_length=40)
    found_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=AlarmState.choices())
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.CharField(max_length=150, blank=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=AlarmState.codes()), name="alarm_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state=AlarmState.OPEN.value, resolved_at__isnull=True)
                | (Q(resolved_at__isnull=False) & ~Q(resolved_by="") & ~Q(reason="")),
                name="alarm_is_resolved_by_someone_for_a_reason",
                violation_error_message=_("An alarm is resolved by somebody, with the reason."),
            ),
            models.UniqueConstraint(
                fields=["place"],
                condition=Q(state=AlarmState.OPEN.value),
                name="one_open_alarm_for_a_place",
            ),
        ]

    def __str__(self) -> str:
        return self.place


class Verification(models.Model):
    """One look at the whole log and what hangs on it; ``seconds`` it took, ``findings`` it made."""

    asked_by = models.CharField(max_length=150)  # a sign-in name, or the schedule
    asked_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=VerificationState.choices())
    size = models.BigIntegerField(default=0)
    looked_at = models.BigIntegerField(default=0)
    seconds = models.FloatField(null=True, blank=True)
    findings = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=VerificationState.codes()),
                name="verification_state_is_known",
            )
        ]

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d %H:%M}"
