"""Who looked at an applicant's personal data, and why; only ever added to. 个人信息保护法 51."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openhall.cases.models.case import Case


class Reveal(models.Model):
    """``account`` was shown ``field`` of ``case`` in the clear."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reveals")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    field = models.CharField(max_length=20)
    reason = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="reveal_gives_its_reason",
                violation_error_message=_("Say why the personal data must be read."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.field}"
