"""Several people sign one application: who was asked, signed, declined. 电子签名法 13."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openhall.applying.models.draft import Draft
from openhall.applying.terms import SignatureState
from openhall.organs.terms import IdentityKind
from openhall.vault.fields import BlindField, EncryptedTextField


class Signatory(models.Model):
    """One person whose signature an application needs, with a code of their own."""

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="signatories")
    name = EncryptedTextField()
    identity = models.CharField(max_length=20, choices=IdentityKind.choices())
    number = EncryptedTextField()
    number_blind = BlindField(of="number")
    code = EncryptedTextField()
    code_blind = BlindField(of="code", before="sign:", unique=True)
    asked_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "signatories"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["draft", "number_blind"],
                condition=Q(removed_at__isnull=True),
                name="nobody_is_asked_twice_to_sign",
                violation_error_message=_("This person is asked to sign already."),
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["number_blind", "id"], name="signatory_by_person")
        ]

    def __str__(self) -> str:
        return f"{self.draft_id}#{self.pk}"


class Signature(models.Model):
    """What one signatory said to the content with this digest; void once the content changed."""

    signatory = models.ForeignKey(Signatory, on_delete=models.PROTECT, related_name="signatures")
    state = models.CharField(max_length=10, choices=SignatureState.choices())
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = EncryptedTextField(blank=True, default="")
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["signatory"],
                condition=Q(voided_at__isnull=True),
                name="one_standing_signature",
            ),
            models.CheckConstraint(
                condition=Q(state=SignatureState.SIGNED.value)
                | (Q(state=SignatureState.DECLINED.value) & ~Q(reason="")),
                name="who_declines_says_why",
                violation_error_message=_("Who declines to sign says why."),
            ),
            models.CheckConstraint(condition=~Q(digest=""), name="signature_is_on_a_content"),
        ]

    def __str__(self) -> str:
        return f"{self.signatory_id} {self.state}"
