"""What was done in supervision, one row a deed; triggers refuse UPDATE and DELETE. A5."""

import json
from typing import ClassVar, Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openhall.supervision.terms import Subject
from openhall.vault.fields import EncryptedTextField
from openhall.vault.rules.shred import MARK, Shredded, lock, unlock

LOCKED_FOR: Final = "deed"


class Deed(models.Model):
    """One act done to ``subject`` number ``about``.

    ``facts`` is public and stands in the ledger. ``sealed`` holds what was written and the salt of
    the commitment that stands in the ledger. It is locked with a secret kept elsewhere (the salt of
    the case, or the complaint's own), so that deleting that secret deletes it from a row nobody may
    touch; what concerns no case is only encrypted.
    """

    subject = models.CharField(max_length=10, choices=Subject.choices())
    about = models.BigIntegerField()
    seq = models.PositiveIntegerField()
    act = models.CharField(max_length=20)
    state = models.CharField(max_length=20)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    desk = models.CharField(max_length=20, blank=True)
    event_time = models.DateTimeField()
    entry_time = models.DateTimeField()
    facts = models.JSONField(default=dict)
    sealed = EncryptedTextField(blank=True, default="", db_column="words")
    key = models.CharField(max_length=100, unique=True)
    entry = models.BigIntegerField(unique=True)  # id of its ledger entry

    class Meta:
        ordering: ClassVar = ["subject", "about", "seq"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subject", "about", "seq"], name="deed_has_its_place"),
            models.CheckConstraint(
                condition=Q(subject__in=Subject.codes()), name="deed_subject_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(sealed="")
                | ~Q(act__in=["explain", "object", "uphold", "withdraw", "reject", "return"]),
                name="deed_gives_its_reasons",
                violation_error_message=_("Who explains, objects, rules or rejects says why."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.about}#{self.seq} {self.act}"

    def words(self, secret: bytes) -> dict[str, str]:
        """What was written, by field; empty when nothing was or its secret is gone."""
        kept = self.sealed
        if kept.startswith(MARK):
            try:
                kept = unlock(secret, LOCKED_FOR, kept)
            except Shredded:
                return {}
        found: dict[str, str] = json.loads(kept)["words"] if kept else {}
        return found

    @staticmethod
    def locked(secret: bytes, words: dict[str, str], salt: str) -> str:
        """``words`` and their salt as they are kept in ``sealed``."""
        if not words:
            return ""
        said = json.dumps({"words": words, "salt": salt}, ensure_ascii=False)
        return lock(secret, LOCKED_FOR, said) if secret else said
