"""Keys of programmes and their webhooks."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openhall.clients.terms import HookEnd
from openhall.deeds.models import DeedAbout, DoneTo
from openhall.organs.models import Organ
from openhall.vault.fields import EncryptedTextField


class Key(DoneTo):
    """A programme's key: of ``account`` or of ``organ``, never of both.

    ``name`` is sent in the clear (client_id), of the secret only a digest is kept. After an
    exchange the one before it is good until ``former_until``, so that nothing stands still.
    """

    name = models.CharField(max_length=20, unique=True)
    title = models.CharField(max_length=80)  # what programme it is
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    organ = models.ForeignKey(
        Organ, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    scopes = models.JSONField(default=list)  # Scope codes
    digest = models.CharField(max_length=64)
    former_digest = models.CharField(max_length=64, blank=True)
    former_until = models.DateTimeField(null=True, blank=True)
    turn = models.PositiveIntegerField(default=1)  # of the secret: tokens of an older one end
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    issued_at = models.DateTimeField()
    good_until = models.DateField()
    ended_at = models.DateTimeField(null=True, blank=True)
    used_on = models.DateField(null=True, blank=True)  # the last day it was used

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(account__isnull=True, organ__isnull=False)
                | Q(account__isnull=False, organ__isnull=True),
                name="key_is_of_a_person_or_of_a_unit",
                violation_error_message=_("A key belongs to a person or to a unit."),
            ),
            models.CheckConstraint(
                condition=Q(account__isnull=True) | Q(issued_by=F("account")),
                name="nobody_issues_the_key_of_another_person",
                violation_error_message=_("A person's key is issued by that person."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Hook(DoneTo):
    """Where the public log is told to, from which entry on.

    ``place`` is the first entry that was not told yet. A batch under way is the ``message`` of the
    outbox; once it has arrived the place is ``upto``.
    """

    key = models.ForeignKey(Key, on_delete=models.PROTECT, related_name="hooks")
    name = models.CharField(max_length=24, unique=True)
    url = EncryptedTextField()
    secret = EncryptedTextField()
    topics = models.JSONField(default=list)  # Topic codes
    ended_at = models.DateTimeField(null=True, blank=True)
    why_ended = models.CharField(max_length=8, choices=HookEnd.choices(), blank=True, default="")
    place = models.BigIntegerField(default=0)
    upto = models.BigIntegerField(default=0)
    message = models.BigIntegerField(null=True, blank=True)
    turn = models.PositiveIntegerField(default=1)  # of telling: a batch told anew is another

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, why_ended="")
                | Q(ended_at__isnull=False, why_ended__in=HookEnd.codes()),
                name="ended_webhook_says_why",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["id"], condition=Q(ended_at__isnull=True), name="webhook_that_is_told"
            )
        ]

    def __str__(self) -> str:
        return self.name


class ClientDeed(DeedAbout):
    """What was done to keys and webhooks; only grows."""

    class Meta(DeedAbout.Meta):
        pass
