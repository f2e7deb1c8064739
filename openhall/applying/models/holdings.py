"""A person's documents that may be used again, and each consent. norms 3.2; 个人信息保护法 14."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openhall.applying.models.draft import Draft
from openhall.applying.terms import DocumentAct, ReuseOf
from openhall.cases.models import Case
from openhall.deeds.models import DeedAbout, DoneTo
from openhall.files.models import Upload
from openhall.files.terms import TrustLevel
from openhall.organs.models import Organ
from openhall.papers.models.paper import Paper
from openhall.vault.fields import BlindField


class HeldDocument(DoneTo):
    """One document of one person or company that needs no original in another case.

    Level A is a paper an organ issued; level B a copy whose original a window saw. ``owner_blind``
    is the blind index of the owner's number; ``organ`` issued or verified it.
    """

    owner_blind = BlindField(of="case.identity_number")
    name = models.CharField(max_length=300)
    trust = models.CharField(max_length=1, choices=TrustLevel.choices())
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="held_documents")
    paper = models.OneToOneField(
        Paper, on_delete=models.PROTECT, null=True, blank=True, related_name="held"
    )
    upload = models.OneToOneField(
        Upload, on_delete=models.PROTECT, null=True, blank=True, related_name="kept_as"
    )
    sha256 = models.CharField(max_length=64)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)  # last day on which it is valid
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(trust=TrustLevel.A.value, paper__isnull=False, upload__isnull=True)
                | Q(trust=TrustLevel.B.value, upload__isnull=False, paper__isnull=True),
                name="only_a_and_b_are_held",
                violation_error_message=_(
                    "Only what an organ issued (A) or a window verified (B) is used again (108号)."
                ),
            ),
            models.CheckConstraint(condition=~Q(owner_blind=""), name="held_document_has_an_owner"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["owner_blind", "-id"], name="held_document_by_owner")
        ]

    def __str__(self) -> str:
        return self.name


class DocumentDeed(DeedAbout):
    """What was done to a document that may be used again; only ever added to."""

    class Meta(DeedAbout.Meta):
        constraints: ClassVar = [
            *DeedAbout.Meta.constraints,
            models.CheckConstraint(
                condition=Q(act__in=DocumentAct.codes()), name="document_act_is_known"
            ),
        ]


class Consent(models.Model):
    """That something given before may be used in this application. Revocable until it is sent."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="consents"
    )
    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="consents")
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, null=True, blank=True, related_name="consents"
    )
    what = models.CharField(max_length=10, choices=ReuseOf.choices())
    held = models.ForeignKey(
        HeldDocument, on_delete=models.PROTECT, null=True, blank=True, related_name="consents"
    )
    source = models.ForeignKey(
        Case, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    keys = models.JSONField(default=list)  # of the answers, or the material it serves as
    words = models.CharField(max_length=600)  # the sentence that was agreed to
    given_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(what=ReuseOf.DOCUMENT.value, held__isnull=False)
                | (~Q(what=ReuseOf.DOCUMENT.value) & Q(held__isnull=True, source__isnull=False)),
                name="consent_names_what_is_used",
            ),
            models.CheckConstraint(condition=~Q(words=""), name="consent_keeps_its_words"),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True) | Q(case__isnull=True),
                name="consent_is_revoked_before_sending",
                violation_error_message=_("A consent is revoked before the application is sent."),
            ),
            models.UniqueConstraint(
                fields=["draft", "what"],
                condition=Q(revoked_at__isnull=True, held__isnull=True),
                name="one_consent_to_earlier_words",
            ),
        ]

    def __str__(self) -> str:
        return self.words
