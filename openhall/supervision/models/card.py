"""Cards, the reminders before them, and the papers after them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openhall.cases.models import Case
from openhall.catalogue.models import Item
from openhall.deeds.models import DoneTo, Kept
from openhall.organs.models import Organ
from openhall.supervision.models.rule import SupervisionRule
from openhall.supervision.terms import CardState, NoticeKind, Signal
from openhall.vault.fields import EncryptedTextField


class Card(DoneTo):
    """One signal of one rule on one occasion.

    ``evidence`` holds the seqs of case events, ``values`` the arithmetic. ``reference`` names the
    thing when it is not a case (a complaint). One occasion gives one card, however often the job
    runs: ``card_is_raised_once``.
    """

    number = models.CharField(max_length=30, unique=True)
    rule = models.ForeignKey(SupervisionRule, on_delete=models.PROTECT, related_name="cards")
    code = models.CharField(max_length=40)  # of the rule, whatever its version
    signal = models.CharField(max_length=12, choices=Signal.choices())
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, null=True, blank=True, related_name="cards"
    )
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(
        Item, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reference = models.CharField(max_length=60)
    occasion = models.CharField(max_length=40)
    evidence = models.JSONField(default=list)
    values = models.JSONField(default=dict)
    automatic = models.BooleanField(default=True)
    state = models.CharField(max_length=12, choices=CardState.choices())
    raised_at = models.DateTimeField()
    month = models.DateField()  # first day of the month it counts in
    answer_due = models.DateField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ruled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ruled_at = models.DateTimeField(null=True, blank=True)
    ruling = EncryptedTextField(blank=True, default="")

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["code", "reference", "occasion"],
                name="card_is_raised_once",
                violation_error_message=_("This occasion has its card already."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=CardState.codes()), name="card_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True)
                | Q(ruled_by__isnull=True)
                | ~Q(answered_by=F("ruled_by")),
                name="who_explains_does_not_rule",
                violation_error_message=_("Who explained a card for the unit may not rule on it."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["upheld", "withdrawn"])
                | (~Q(ruling="") & Q(ruled_by__isnull=False)),
                name="ruling_gives_its_reasons",
                violation_error_message=_("A ruling says who ruled and why."),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organ", "month", "signal", "id"], name="card_by_unit_month"),
            models.Index(fields=["state", "id"], name="card_by_state"),
            models.Index(fields=["organ", "state", "id"], name="card_by_unit_state"),
            models.Index(
                fields=["answer_due", "id"],
                condition=Q(state__in=["raised"]),
                name="card_unanswered",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class PreWarning(models.Model):
    """A reminder to the handler before the promised day: a service, not a finding. A3."""

    rule = models.ForeignKey(SupervisionRule, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="pre_warnings")
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    left = models.SmallIntegerField()  # working days
    told_on = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "due_on"], name="reminded_once_of_a_due_day")
        ]
        indexes: ClassVar = [
            models.Index(fields=["organ", "due_on", "id"], name="pre_warning_by_unit"),
            models.Index(fields=["due_on", "id"], name="pre_warning_by_due"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.due_on}"


class Notice(Kept):
    """督办通知书 or 监察建议书, numbered by year without gaps; its words are frozen."""

    card = models.ForeignKey(Card, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=10, choices=NoticeKind.choices())
    number = models.CharField(max_length=60, unique=True)
    year = models.PositiveIntegerField()
    serial = models.PositiveIntegerField()
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")  # to whom
    issued_by = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    issued_on = models.DateField()
    words = EncryptedTextField()  # JSON list of paragraphs

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "year", "serial"], name="notice_number_is_given_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=NoticeKind.codes()), name="notice_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.number
