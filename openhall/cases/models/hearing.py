"""The longer ways of examining: extension asked, hearing, site check, the superior's leg.

行政许可法 34–36, 42, 43, 46–48.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openhall.cases.models.case import Case
from openhall.deeds.models import Kept
from openhall.organs.models import Organ
from openhall.vault.fields import EncryptedTextField


class ExtensionRequest(Kept):
    """The handler asks, the head answers; one open request a case. 行政许可法 42.

    It lies with ``asked_of``: the case's own organ, or above it the government for a joint case.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="extension_requests")
    asked_of = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+", db_index=False)
    days = models.PositiveIntegerField()
    reason = models.CharField(max_length=500)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    approved = models.BooleanField(null=True)
    answer = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(answered_at__isnull=True),
                name="one_open_extension_request",
                violation_error_message=_("An extension of this case is asked for already."),
            ),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True) | ~Q(answered_by=F("asked_by")),
                name="who_asks_for_an_extension_does_not_grant_it",
                violation_error_message=_("Who asks for an extension may not approve it (42)."),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["asked_of", "case"],
                condition=Q(answered_at__isnull=True),
                name="extension_waits_at_its_head",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case} +{self.days}?"


class Hearing(Kept):
    """告知、申请、通知、举行: one hearing a case, hosted by somebody who does not examine it."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="hearing")
    why = EncryptedTextField()  # whose interest, and which
    told_at = models.DateTimeField()
    ask_by = models.DateField()
    asked_at = models.DateTimeField(null=True, blank=True)
    asked_by = EncryptedTextField(blank=True, default="")
    hold_by = models.DateField(null=True, blank=True)
    called_at = models.DateTimeField(null=True, blank=True)
    held_on = models.DateField(null=True, blank=True)
    place = models.CharField(max_length=200, blank=True)
    host = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )  # who examines the case
    held_at = models.DateTimeField(null=True, blank=True)
    minutes = EncryptedTextField(blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(host__isnull=True) | ~Q(host=F("reviewer")),
                name="host_of_a_hearing_is_not_its_reviewer",
                violation_error_message=_("The host of a hearing may not examine the case (48)."),
            ),
            models.CheckConstraint(
                condition=Q(held_at__isnull=True) | (Q(host__isnull=False) & ~Q(minutes="")),
                name="held_hearing_has_host_and_minutes",
                violation_error_message=_("A hearing leaves its minutes (48)."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case}"


class SiteCheck(Kept):
    """实地核查 by two officers or more. 行政许可法 34: 应当指派两名以上工作人员."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="site_checks")
    on = models.DateField()
    place = models.CharField(max_length=200)
    first = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    found = EncryptedTextField()
    passed = models.BooleanField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(first=F("second")),
                name="site_check_has_two_officers",
                violation_error_message=_("Two officers or more check on site (34)."),
            ),
            models.CheckConstraint(condition=~Q(found=""), name="site_check_says_what_it_found"),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.on}"


class Forwarding(Kept):
    """转报: the superior's leg, with a clock of its own. 行政许可法 35, 43."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="forwardings")
    to = models.CharField(max_length=120)
    to_organ = models.ForeignKey(
        Organ, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    opinion = EncryptedTextField()
    since = models.DateField()
    due_on = models.DateField()
    until = models.DateField(null=True, blank=True)
    own_due = models.DateField(null=True, blank=True)  # of this organ, when it was forwarded
    reply = EncryptedTextField(blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(until__isnull=True),
                name="one_forwarding_at_a_time",
                violation_error_message=_("This case is with the superior organ already."),
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="forwarding_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} → {self.to}"
