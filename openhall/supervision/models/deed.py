"""What was done in supervision, one row a deed; triggers refuse UPDATE and DELETE. A5."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openhall.supervision.terms import Subject
from openhall.vault.fields import EncryptedTextField


class Deed(models.Model):
    """One act done to ``subject`` number ``about``.

    ``facts`` is public and stands in the ledger; ``words`` is encrypted, and the ledger holds its
    commitment under ``salt``.
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
    words = EncryptedTextField(blank=True, default="")
    salt = EncryptedTextField(blank=True, default="")
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
                condition=~Q(words="")
                | ~Q(act__in=["explain", "object", "uphold", "withdraw", "reject", "return"]),
                name="deed_gives_its_reasons",
                violation_error_message=_("Who explains, objects, rules or rejects says why."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.about}#{self.seq} {self.act}"
