"""缴款书: what is asked, by which standard, what was paid, let off, annulled or given back. A12."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openhall.catalogue.models import Tariff
from openhall.deeds.models import DoneTo, Kept
from openhall.fees.terms import NoticeState, PayChannel, ReliefKind, ReliefState
from openhall.organs.models import Organ
from openhall.vault.fields import EncryptedTextField

PLAIN = [
    NoticeState.DUE.value,
    NoticeState.PAID.value,
    NoticeState.WAIVED.value,
    NoticeState.CANCELLED.value,
]
RED = [NoticeState.TO_RETURN.value, NoticeState.RETURNED.value]


class PaymentNotice(DoneTo):
    """电子非税收入一般缴款书. Amounts in fen. ``reference``: the public number of what is paid for.

    ``number`` is the bill code the finance bureau gave (8 digits) and a number without gaps (10).
    ``amount`` = ``paid`` + ``waived`` + ``cancelled`` + ``open``, always. A red-letter notice
    (``red_of``) takes back part of a paid one: what it says is returned, not asked.
    """

    number = models.CharField(max_length=40, unique=True)
    check_code = models.CharField(max_length=12, unique=True)
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=60, db_index=True)
    payer = EncryptedTextField()
    red_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="red_letters"
    )
    amount = models.PositiveIntegerField()
    paid = models.PositiveIntegerField(default=0)
    waived = models.PositiveIntegerField(default=0)
    cancelled = models.PositiveIntegerField(default=0)
    open = models.PositiveIntegerField()
    refunded = models.PositiveIntegerField(default=0)  # of what was paid, by red-letter notices
    state = models.CharField(
        max_length=12, choices=NoticeState.choices(), default=NoticeState.DUE.value
    )
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    due_on = models.DateField()
    checked_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)  # why waived, cancelled or in red
    unit_signature = models.CharField(max_length=100)  # of what is asked, at issue
    finance_signature = models.CharField(max_length=100, blank=True)  # of what was paid, after it

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(Q(state__in=PLAIN) & Q(red_of__isnull=True))
                | (Q(state__in=RED) & Q(red_of__isnull=False) & Q(waived=0) & Q(cancelled=0)),
                name="payment_notice_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0), name="payment_notice_asks_for_something"
            ),
            models.CheckConstraint(
                condition=Q(amount=F("paid") + F("waived") + F("cancelled") + F("open")),
                name="notice_is_paid_waived_cancelled_or_open",
            ),
            models.CheckConstraint(
                condition=Q(refunded__lte=F("paid")), name="only_what_was_paid_is_returned"
            ),
            models.CheckConstraint(
                condition=(
                    Q(state__in=[NoticeState.DUE.value, NoticeState.TO_RETURN.value])
                    & Q(open__gt=0, paid=0)
                )
                | (
                    Q(state__in=[NoticeState.PAID.value, NoticeState.RETURNED.value])
                    & Q(open=0, paid__gt=0)
                )
                | (Q(state=NoticeState.WAIVED.value) & Q(open=0, paid=0, waived__gt=0))
                | (Q(state=NoticeState.CANCELLED.value) & Q(open=0, paid=0, cancelled__gt=0)),
                name="notice_stands_where_its_sums_say",
            ),
            models.CheckConstraint(
                condition=(
                    Q(open=0) & (Q(settled_at__isnull=False) | Q(state=NoticeState.CANCELLED.value))
                )
                | (Q(open__gt=0) & Q(settled_at__isnull=True)),
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
                condition=~Q(state=NoticeState.CANCELLED.value) & Q(red_of__isnull=True),
                name="one_live_notice_for_one_matter",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "due_on"]),
            models.Index(fields=["organ", "issued_at"]),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def stands(self) -> NoticeState:
        """Where it is, as a word in either language."""
        return NoticeState(self.state)

    @property
    def is_red(self) -> bool:
        """Whether it takes back, rather than asks."""
        return self.red_of_id is not None


class NoticeNumber(models.Model):
    """The last number given under a bill code. No gap, none twice."""

    code = models.CharField(max_length=8, primary_key=True)
    last = models.PositiveBigIntegerField()

    def __str__(self) -> str:
        return f"{self.code}{self.last:010d}"


class NoticeLine(Kept):
    """One line of a notice, copied from a standard in force. No standard, no line.

    A line of a red-letter notice is ``of`` the line it takes back from.
    """

    notice = models.ForeignKey(PaymentNotice, on_delete=models.PROTECT, related_name="lines")
    tariff = models.ForeignKey(Tariff, on_delete=models.PROTECT, related_name="+")
    of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="taken_back"
    )
    reference = models.CharField(max_length=60, blank=True)  # the part of a joint matter
    quantity = models.PositiveIntegerField(default=1)
    unit_amount = models.PositiveIntegerField()
    included = models.PositiveIntegerField(default=0)  # the formula of the standard, if it has one
    amount = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(of__isnull=False)
                | Q(included__gt=0)
                | Q(amount=F("unit_amount") * F("quantity")),
                name="line_is_multiplied_right",
            ),
            models.UniqueConstraint(
                fields=["notice", "tariff", "reference"], name="tariff_stands_once_on_notice"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tariff} ×{self.quantity}"


class BankReceipt(Kept):
    """The bank says: this notice was paid, this much, then. Signed; taken once.

    Of a red-letter notice it says that the money went back. ``proof`` is what a platform signed in
    its own words, where that is not the seven facts above it.
    """

    notice = models.OneToOneField(PaymentNotice, on_delete=models.PROTECT, related_name="receipt")
    bank = models.CharField(max_length=40)
    serial = models.CharField(max_length=60)
    amount = models.PositiveIntegerField()
    channel = models.CharField(max_length=10, choices=PayChannel.choices())
    paid_at = models.DateTimeField()  # at the bank
    paid_at_said = models.CharField(max_length=40)  # the same in the bank's signs, as it signed it
    received_at = models.DateTimeField()  # here
    signature = models.CharField(max_length=800)
    proof = EncryptedTextField(blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["bank", "serial"], name="bank_serial_is_taken_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["bank", "paid_at"])]

    def __str__(self) -> str:
        return f"{self.bank} {self.serial}"


class Relief(Kept):
    """减免、退付: asked by one, decided by another, on a stated ground."""

    notice = models.ForeignKey(PaymentNotice, on_delete=models.PROTECT, related_name="reliefs")
    kind = models.CharField(max_length=8, choices=ReliefKind.choices())
    state = models.CharField(
        max_length=10, choices=ReliefState.choices(), default=ReliefState.ASKED.value
    )
    ground = models.CharField(max_length=300)
    amount = models.PositiveIntegerField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    words = models.CharField(max_length=300, blank=True)  # why it was decided so
    red = models.OneToOneField(
        PaymentNotice, on_delete=models.PROTECT, null=True, blank=True, related_name="relief"
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(amount__gt=0) & ~Q(ground=""), name="relief_has_a_ground_and_a_sum"
            ),
            models.CheckConstraint(
                condition=(Q(state=ReliefState.ASKED.value) & Q(decided_by__isnull=True))
                | (
                    Q(state__in=[ReliefState.APPROVED.value, ReliefState.REFUSED.value])
                    & Q(decided_by__isnull=False, decided_at__isnull=False)
                    & ~Q(decided_by=F("asked_by"))
                ),
                name="relief_is_decided_by_another",
                violation_error_message=_("Who asks does not decide."),
            ),
            models.UniqueConstraint(
                fields=["notice"],
                condition=Q(state=ReliefState.ASKED.value),
                name="one_relief_waits_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount}"


class ReliefLine(Kept):
    """How much of which line is let off or given back."""

    relief = models.ForeignKey(Relief, on_delete=models.PROTECT, related_name="lines")
    line = models.ForeignKey(NoticeLine, on_delete=models.PROTECT, related_name="+")
    amount = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["relief", "line"], name="line_stands_once_in_relief"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="relief_line_is_of_something"),
        ]

    def __str__(self) -> str:
        return f"{self.line_id}: {self.amount}"


class CashSlip(Kept):
    """Cash handed over at the fee window for one notice; the bank's word alone settles it."""

    notice = models.OneToOneField(PaymentNotice, on_delete=models.PROTECT, related_name="slip")
    amount = models.PositiveIntegerField()
    day = models.DateField()
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    taken_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["taken_by", "day"])]

    def __str__(self) -> str:
        return f"{self.notice_id}: {self.amount}"
