"""A day with the bank: the cash of a cashier, the comparison, what goes to the treasury. A12."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openhall.deeds.models import DeedAbout, DoneTo, Kept
from openhall.fees.terms import ExceptionEnd, MatchState
from openhall.organs.models import Organ


class CashDay(DoneTo):
    """日结: the cash a cashier counted is what the slips say; two persons bring it to the bank."""

    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    cashier = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    day = models.DateField()
    slips = models.PositiveIntegerField()
    amount = models.PositiveBigIntegerField()
    counted = models.PositiveBigIntegerField()
    closed_at = models.DateTimeField()
    witnessed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    deposited_at = models.DateTimeField(null=True, blank=True)
    serial = models.CharField(max_length=60, blank=True)  # of the bank's deposit slip

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["cashier", "day"], name="cashier_closes_a_day_once"),
            models.CheckConstraint(
                condition=Q(counted=F("amount")), name="counted_cash_is_what_the_slips_say"
            ),
            models.CheckConstraint(
                condition=(Q(witnessed_by__isnull=True) & Q(deposited_at__isnull=True))
                | (
                    Q(witnessed_by__isnull=False, deposited_at__isnull=False)
                    & ~Q(serial="")
                    & ~Q(witnessed_by=F("cashier"))
                ),
                name="cash_is_deposited_by_two",
                violation_error_message=_("The second person must be another."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cashier_id} {self.day}"


class Reconciliation(DoneTo):
    """A day's comparison of our receipts with the bank's statement file, signed by two.

    Only what does not agree has a row; what agrees is counted, and ``matched_digest`` commits to
    it, so that a day of millions is one row and its exceptions.
    """

    bank = models.CharField(max_length=40)
    day = models.DateField()
    file_digest = models.CharField(max_length=64)
    matched_digest = models.CharField(max_length=64, default="", blank=True)
    matched = models.PositiveIntegerField()
    exceptions = models.PositiveIntegerField()
    amount_here = models.BigIntegerField()
    amount_there = models.BigIntegerField()
    made_at = models.DateTimeField()
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    countersigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    countersigned_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["bank", "day"], name="bank_day_is_reconciled_once"),
            models.CheckConstraint(
                condition=Q(signed_by__isnull=True)
                | Q(countersigned_by__isnull=True)
                | ~Q(signed_by=F("countersigned_by")),
                name="reconciliation_is_signed_by_two",
                violation_error_message=_("The second signature must be another person's."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bank} {self.day}"


class StatementLine(Kept):
    """A line of the bank's daily file that does not agree, or a receipt of ours the file lacks.

    It waits in the queue of exceptions until a named person ends it by a named act.
    """

    reconciliation = models.ForeignKey(
        Reconciliation, on_delete=models.CASCADE, related_name="lines"
    )
    place = models.PositiveIntegerField(default=0)  # the line of the file; 0: ours
    serial = models.CharField(max_length=60)
    notice_number = models.CharField(max_length=40)
    amount = models.BigIntegerField()  # fen; below zero for a reversal
    amount_here = models.BigIntegerField(null=True, blank=True)
    day = models.DateField(null=True, blank=True)  # another day's, if the file says so
    state = models.CharField(max_length=14, choices=MatchState.choices())
    note = models.CharField(max_length=300, blank=True)
    ended_as = models.CharField(max_length=10, choices=ExceptionEnd.choices(), blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    remark = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(Q(ended_as="") & Q(ended_by__isnull=True, ended_at__isnull=True))
                | (
                    ~Q(ended_as="")
                    & ~Q(remark="")
                    & Q(ended_by__isnull=False, ended_at__isnull=False)
                ),
                name="exception_is_ended_by_name_and_reason",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["ended_as", "state"])]

    def __str__(self) -> str:
        return self.serial

    @property
    def stands(self) -> MatchState:
        """How it disagrees, as a word in either language."""
        return MatchState(self.state)


class Remittance(DoneTo):
    """汇缴: what of a compared and countersigned day goes to the treasury, unit by unit."""

    bank = models.CharField(max_length=40)
    day = models.DateField()
    receipts = models.PositiveIntegerField()
    amount = models.PositiveBigIntegerField()
    returned = models.PositiveBigIntegerField(default=0)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["bank", "day"], name="bank_day_is_remitted_once"),
        ]

    def __str__(self) -> str:
        return f"{self.bank} {self.day}"


class RemittanceLine(Kept):
    """One unit's share of a day's sum."""

    remittance = models.ForeignKey(Remittance, on_delete=models.PROTECT, related_name="lines")
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    receipts = models.PositiveIntegerField()
    amount = models.PositiveBigIntegerField()
    returned = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["remittance", "organ"], name="unit_stands_once_in_remittance"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organ_id}: {self.amount}"


class FeeDeed(DeedAbout):
    """What was done to a payment notice or a day with the bank; only grows."""

    class Meta(DeedAbout.Meta):
        pass
