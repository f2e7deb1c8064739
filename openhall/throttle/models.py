"""What is counted, and which proofs were spent. Neither says whom it is about."""

from typing import ClassVar

from django.db import models


class Pace(models.Model):
    """One counter: of one limit, for one network, session or account.

    ``who`` is a keyed digest: an address is personal data and is not kept. ``whole_at`` is the
    moment (seconds since 1970) at which the burst is whole again; after it the row says nothing.
    """

    limit = models.CharField(max_length=40)
    who = models.CharField(max_length=64)
    whole_at = models.FloatField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["limit", "who"], name="one_counter_of_a_limit"),
        ]
        indexes: ClassVar = [models.Index(fields=["whole_at"], name="pace_whole_at")]

    def __str__(self) -> str:
        return self.limit


class Spent(models.Model):
    """A proof that was used: ``by`` is the key of the deed it was used for, so that the same click
    may be sent twice and no other deed may use it."""

    proof = models.CharField(max_length=64, unique=True)
    by = models.CharField(max_length=100)
    until = models.FloatField()  # seconds since 1970; then the proof itself is too old

    class Meta:
        verbose_name_plural = "spent"
        indexes: ClassVar = [models.Index(fields=["until"], name="spent_until")]

    def __str__(self) -> str:
        return self.by
