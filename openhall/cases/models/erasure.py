"""That a case's personal data was erased, by whom and why; only added to. 个人信息保护法 47."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openhall.cases.models.case import Case
from openhall.deeds.models import Kept


class Erasure(Kept):
    """``ground`` is the law's; ``reason`` says which request or period, without personal data."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="erasure")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    ground = models.CharField(max_length=20)
    reason = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="erasure_gives_its_reason",
                violation_error_message=_("Say on which request or after which period."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.case}"
