"""The append-only events of a case; triggers refuse UPDATE and DELETE on both databases. A5."""

import base64
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from openhall.cases.models.case import Case
from openhall.cases.terms import Act
from openhall.vault.fields import EncryptedTextField
from openhall.vault.rules.shred import Shredded, lock, unlock


class CaseEvent(models.Model):
    """One act done to a case.

    ``event_time`` is when it happened, ``entry_time`` when it was entered; back-filling shows.
    ``facts`` is public (no personal data) and stands in the ledger; ``detail`` is the JSON of what
    only the parties may read, and the ledger holds its salted commitment. It is locked with the
    salt of the case (``sealed``), so that deleting the salt deletes it from a row nobody may touch.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events")
    seq = models.PositiveIntegerField()
    act = models.CharField(max_length=24, choices=Act.choices())
    stage = models.CharField(max_length=20)  # after the act
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    desk = models.CharField(max_length=20, blank=True)  # empty: the applicant or the system
    event_time = models.DateTimeField()
    entry_time = models.DateTimeField()
    facts = models.JSONField(default=dict)
    sealed = EncryptedTextField(blank=True, default="", db_column="detail")
    key = models.CharField(max_length=80, unique=True)  # idempotency: one deed, one event
    entry = models.BigIntegerField(unique=True)  # id of its ledger entry

    class Meta:
        ordering: ClassVar = ["case", "seq"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "seq"], name="case_event_has_its_place"),
            models.CheckConstraint(
                condition=Q(act__in=Act.codes()), name="case_event_act_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}#{self.seq} {self.act}"

    @property
    def detail(self) -> str:
        """The private JSON; empty when there is none or the personal data was erased."""
        if not self.sealed:
            return ""
        try:
            return unlock(base64.b64decode(self.case.salt), LOCKED_FOR, self.sealed)
        except Shredded:
            return ""

    @staticmethod
    def locked(salt: bytes, detail: str) -> str:
        """``detail`` as it is kept in ``sealed``."""
        return lock(salt, LOCKED_FOR, detail) if detail else ""


LOCKED_FOR = "event"
