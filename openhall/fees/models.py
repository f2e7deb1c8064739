"""Bills, the bank's receipts and the daily reconciliation. A12, 行政许可法 58–59."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openhall.catalogue.models import Tariff
from openhall.deeds.models import DeedAbout, DoneTo, Kept
from openhall.fees.terms import MatchState, NoticeState, PayChannel
from openhall.organs.models import Organ
from openhall.vault.fields import EncryptedTextField


class PaymentNotice(DoneTo):
    """缴费通知书. Amounts in fen. ``reference`` is the public number of what is paid for."""

    number = models.CharField(max_length=40, unique=True)
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=60, db_index=True)
    payer = EncryptedTextField()
    amount = models.PositiveIntegerField()
    state = models.CharField(
        max_length=12, choices=NoticeState.choices(), default=NoticeState.DUE.value
    )
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    due_on = models.DateField()
    settled_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)  # why waived or cancelled

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=NoticeState.codes()), name="payment_notice_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0), name="payment_notice_asks_for_something"
            ),
            models.CheckConstraint(
                condition=(
                    Q(state__in=[NoticeState.PAID.value, NoticeState.WAIVED.value])
                    & Q(settled_at__isnull=False)
                )
                | (
                    Q(state__in=[NoticeState.DUE.value, NoticeState.CANCELLED.value])
                    & Q(settled_at__isnull=True)
                ),
                name="settled_notice_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[NoticeState.WAIVED.value, NoticeState.CANCELLED.value])
                | ~Q(reason=""),
                name="waiver_gives_its_basis",
                violation_error_message=_("A waiver or cancellation must give its basis."),
            ),
            models.UniqueConstraint(
                fields=["reference"],
                condition=~Q(state=NoticeState.CANCELLED.value),
                name="one_live_notice_for_one_matter",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "due_on"])]

    def __str__(self) -> str:
        return self.number


class NoticeLine(Kept):
    """One line of a notice, copied from a tariff in force. No tariff, no line."""

    notice = models.ForeignKey(PaymentNotice, on_delete=models.PROTECT, related_name="lines")
    tariff = models.ForeignKey(Tariff, on_delete=models.PROTECT, related_name="+")
    quantity = models.PositiveIntegerField(default=1)
    unit_amount = models.PositiveIntegerField()
    amount = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(amount=F("unit_amount") * F("quantity")),
                name="line_is_multiplied_right",
            ),
            models.UniqueConstraint(
                fields=["notice", "tariff"], name="tariff_stands_once_on_notice"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tariff} ×{self.quantity}"


class BankReceipt(Kept):
    """The bank says: this notice was paid, this much, then. Signed; taken once."""

    notice = models.OneToOneField(PaymentNotice, on_delete=models.PROTECT, related_name="receipt")
    bank = models.CharField(max_length=40)
    serial = models.CharField(max_length=60)
    amount = models.PositiveIntegerField()
    channel = models.CharField(max_length=10, choices=PayChannel.choices())
    paid_at = models.DateTimeField()  # at the bank
    paid_at_said = models.CharField(max_length=40)  # the same in the bank's signs, as it signed it
    received_at = models.DateTimeField()  # here
    signature = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["bank", "serial"], name="bank_serial_is_taken_once"),
        ]

    def __str__(self) -> str:
        return f"{self.bank} {self.serial}"


class Reconciliation(DoneTo):
    """A day's comparison of our receipts with the bank's statement file, signed by two."""

    bank = models.CharField(max_length=40)
    day = models.DateField()
    file_digest = models.CharField(max_length=64)
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
    """A line of the bank's daily file, or a receipt of ours the file lacks."""

    reconciliation = models.ForeignKey(
        Reconciliation, on_delete=models.CASCADE, related_name="lines"
    )
    serial = models.CharField(max_length=60)
    notice_number = models.CharField(max_length=40)
    amount = models.BigIntegerField()  # fen; below zero for a reversal
    state = models.CharField(max_length=14, choices=MatchState.choices())
    note = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.serial


class FeeDeed(DeedAbout):
    """What was done to a payment notice or a day's reconciliation; only grows."""

    class Meta(DeedAbout.Meta):
        pass
