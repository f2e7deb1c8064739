"""What an applicant has typed and uploaded, before and after submitting."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openhall.applying.terms import DraftEnd
from openhall.cases.models import Case
from openhall.catalogue.models import ItemVersion
from openhall.files.models import Folder, Upload
from openhall.files.terms import Given
from openhall.organs.models import Organ
from openhall.vault.fields import BlindField, EncryptedTextField


class Draft(models.Model):
    """An unfinished application: saved on every step, resumed by account or by its code.

    ``revision`` counts what was saved, so that an old page cannot overwrite a newer one unseen.
    ``organ`` is set for what a window is taking in for somebody: it belongs to that window.
    ``ended`` says why it was never sent; the record stays, what was typed does not.
    """

    item_version = models.ForeignKey(ItemVersion, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="drafts",
    )
    name = models.CharField(max_length=100, blank=True)
    resume_blind = BlindField(of="resume_code", before="resume:", unique=True)
    resume_code = EncryptedTextField()
    content = EncryptedTextField(default="{}")  # JSON: party, answers, consent
    step = models.CharField(max_length=30, blank=True)
    key = models.CharField(max_length=80, unique=True)  # becomes the key of the submission
    case = models.OneToOneField(
        Case, on_delete=models.PROTECT, null=True, blank=True, related_name="draft"
    )
    folder = models.OneToOneField(
        Folder, on_delete=models.PROTECT, null=True, blank=True, related_name="draft"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(auto_now=True)
    revision = models.PositiveIntegerField(default=0)
    organ = models.ForeignKey(
        Organ, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended = models.CharField(max_length=10, choices=DraftEnd.choices(), blank=True, default="")
    ended_at = models.DateTimeField(null=True, blank=True)
    # An application to several units: the draft of the leading part is ``combined`` and carries all
    # that is typed, and one draft a further part carries that part's papers.
    combined = models.BooleanField(default=False)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts"
    )

    class Meta:
        ordering: ClassVar = ["-saved_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ended="") | Q(case__isnull=True),
                name="sent_draft_is_not_discarded",
                violation_error_message=_("An application that was sent is not a draft any more."),
            ),
            models.CheckConstraint(
                condition=Q(ended="", ended_at__isnull=True)
                | (Q(ended__in=DraftEnd.codes()) & Q(ended_at__isnull=False)),
                name="ended_draft_says_when_and_why",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | Q(combined=False, account=None),
                name="part_of_a_draft_belongs_to_its_whole",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["saved_at", "id"],
                condition=Q(case__isnull=True, ended=""),
                name="draft_unsent_by_age",
            ),
        ]

    def __str__(self) -> str:
        return self.name or f"{self.item_version}"

    @property
    def uploads(self) -> models.QuerySet[Upload]:
        """The files attached to it; what was added to the case later is not among them."""
        return Upload.objects.filter(folder__draft=self).exclude(given=Given.ADDED.value)


class SetAside(models.Model):
    """What was typed on a page that had been overtaken by a newer one: kept beside, not lost."""

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="set_aside")
    step = models.CharField(max_length=30)
    content = EncryptedTextField()  # JSON, as in the draft
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)  # taken over or laid away

    def __str__(self) -> str:
        return f"{self.draft_id} {self.step}"
