"""Who looked at an applicant's personal data, and why; only ever added to. 个人信息保护法 51."""

import base64
from typing import ClassVar, Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openhall.cases.models.case import Case
from openhall.deeds.models import DoneTo
from openhall.vault.fields import EncryptedTextField
from openhall.vault.rules.shred import Shredded, lock, unlock

LOCKED_FOR: Final = "reveal"


class Reveal(DoneTo):
    """``account`` was shown ``field`` of ``case`` in the clear.

    The reason may name the applicant, so it is locked with the salt of the case.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reveals")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    field = models.CharField(max_length=20)
    sealed = EncryptedTextField(db_column="reason")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(sealed=""),
                name="reveal_gives_its_reason",
                violation_error_message=_("Say why the personal data must be read."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.field}"

    @property
    def reason(self) -> str:
        """Why it was read; empty once the personal data of the case was erased."""
        try:
            return unlock(base64.b64decode(self.case.salt), LOCKED_FOR, self.sealed)
        except Shredded:
            return ""

    @staticmethod
    def locked(salt: bytes, reason: str) -> str:
        """``reason`` as it is kept in ``sealed``."""
        return lock(salt, LOCKED_FOR, reason)
