"""Messages, every attempt to carry them, and how an account wishes to be told."""

from collections.abc import Iterator
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openhall.outbox.rules.addresses import masked
from openhall.outbox.terms import Channel, MessageState
from openhall.vault.fields import EncryptedTextField

WAITING = [MessageState.QUEUED.value, MessageState.FAILED.value]


class Message(models.Model):
    """One message to one address. ``key`` makes sending twice under it one message.

    ``about`` is a free reference, such as a case number. After the time of keeping, the address
    and the words are erased; the row and its times stay.
    """

    channel = models.CharField(max_length=10, choices=Channel.choices())
    to = EncryptedTextField(blank=True, default="")
    account = models.BigIntegerField(null=True, blank=True)  # the number of the account, no more
    subject = models.CharField(max_length=160)
    words = EncryptedTextField(blank=True, default="")
    about = models.CharField(max_length=60, blank=True, default="")
    language = models.CharField(max_length=8, default="zh")
    key = models.CharField(max_length=120, unique=True)
    state = models.CharField(max_length=10, choices=MessageState.choices())
    attempts = models.PositiveIntegerField(default=0)
    queued_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(channel__in=Channel.codes()), name="message_channel_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=MessageState.codes()), name="message_state_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(channel=Channel.ACCOUNT.value) | Q(account__isnull=False),
                name="message_in_an_account_names_it",
                violation_error_message=_("A message in the account needs the account's number."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=WAITING, next_at__isnull=False)
                | (~Q(state__in=WAITING) & Q(next_at__isnull=True)),
                name="waiting_message_has_its_next_time",
            ),
            models.CheckConstraint(
                condition=~Q(state=MessageState.DELIVERED.value) | Q(delivered_at__isnull=False),
                name="delivered_message_has_its_time",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["next_at", "id"], condition=Q(state__in=WAITING), name="message_to_be_sent"
            ),
            models.Index(fields=["state", "-id"], name="message_by_state"),
            models.Index(fields=["about", "-id"], name="message_by_matter"),
            models.Index(
                fields=["account", "-id"],
                condition=Q(channel=Channel.ACCOUNT.value),
                name="message_by_account",
            ),
            models.Index(
                fields=["queued_at"], condition=Q(erased_at__isnull=True), name="message_unerased"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.channel} {self.recipient}"

    @property
    def recipient(self) -> str:
        """The address as screens and logs may show it."""
        return masked(Channel(self.channel), self.to)


class Attempt(models.Model):
    """One attempt to carry a message, or a person's decision about it; never changed."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="tries")
    at = models.DateTimeField()
    carrier = models.CharField(max_length=40)
    succeeded = models.BooleanField()
    answer = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.message_id} {self.carrier} {self.succeeded}"


class Preference(models.Model):
    """How the holder of one account wishes to be told, besides the account's own inbox."""

    account = models.BigIntegerField(unique=True)
    email = EncryptedTextField(blank=True, default="")  # empty: not by e-mail
    phone = EncryptedTextField(blank=True, default="")
    wechat = EncryptedTextField(blank=True, default="")
    language = models.CharField(max_length=8, default="zh")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(language__in=["zh", "en"]), name="preference_language_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.language}"

    def addresses(self) -> Iterator[tuple[Channel, str]]:
        """The addresses chosen, by channel."""
        for channel, to in (
            (Channel.SMS, self.phone),
            (Channel.EMAIL, self.email),
            (Channel.WECHAT, self.wechat),
        ):
            if to:
                yield channel, to
