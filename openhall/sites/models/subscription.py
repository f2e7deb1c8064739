"""Who wants to be told what is new in a column, of a policy or of a guide."""

from typing import ClassVar

from django.db import models

from openhall.deeds.models import DoneTo
from openhall.outbox.terms import Channel
from openhall.vault.fields import BlindField, EncryptedTextField


class Subscription(DoneTo):
    """``topic`` is what it is about (``site:cd-mzh/notices``); ``code`` confirms and ends it.

    Nothing is told before it was confirmed: nobody signs up somebody else.
    """

    topic = models.CharField(max_length=120)
    channel = models.CharField(max_length=8, choices=Channel.choices())
    address = EncryptedTextField()
    code = EncryptedTextField()
    code_blind = BlindField(of="code", before="subscription:", unique=True)
    language = models.CharField(max_length=2, default="zh")
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [models.Index(fields=["topic", "id"], name="subscription_by_topic")]

    def __str__(self) -> str:
        return self.topic
