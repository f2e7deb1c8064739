"""A folder (卷宗) and the files in it, kept in private storage."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openhall.files.terms import FileNote, Given, ScanState, TrustLevel
from openhall.vault.fields import EncryptedTextField


def private_storage() -> Storage:
    return storages["private"]


def upload_path(upload: "Upload", name: str) -> str:
    """A path that says nothing of the applicant."""
    return f"uploads/{upload.sha256[:2]}/{uuid.uuid4().hex}"


def thumbnail_path(upload: "Upload", name: str) -> str:
    return f"thumbnails/{upload.sha256[:2]}/{uuid.uuid4().hex}"


class Folder(models.Model):
    """卷宗: what one application, or one case, holds of files. Its owner points at it."""

    opened_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.pk}"


class Upload(models.Model):
    """One file for one required material, kept in private storage. ``size`` in bytes.

    ``trust`` is its level (国办函〔2016〕108号); ``vouched_by`` and ``vouched_until`` say which
    organ vouches and until when; ``repeats`` is the number of the earlier document it repeats with
    the applicant's consent, which the room of applications keeps. An infected file's bytes are
    gone, its record is not.
    """

    folder = models.ForeignKey(Folder, on_delete=models.PROTECT, related_name="uploads")
    given = models.CharField(max_length=10, choices=Given.choices(), default=Given.ATTACHED.value)
    material = models.CharField(max_length=40)
    name = EncryptedTextField()
    media_type = models.CharField(max_length=120)
    size = models.PositiveIntegerField()
    note = models.CharField(max_length=20, choices=FileNote.choices(), default=FileNote.NONE.value)
    sha256 = models.CharField(max_length=64)
    file = models.FileField(storage=private_storage, upload_to=upload_path)
    at = models.DateTimeField()
    replaced = models.BooleanField(default=False)
    position = models.PositiveIntegerField(default=0)
    thumbnail = models.FileField(storage=private_storage, upload_to=thumbnail_path, blank=True)
    scan = models.CharField(
        max_length=10, choices=ScanState.choices(), default=ScanState.UNSCANNED.value
    )
    scanned_at = models.DateTimeField(null=True, blank=True)
    finding = models.CharField(max_length=120, blank=True, default="")
    trust = models.CharField(max_length=1, choices=TrustLevel.choices(), default=TrustLevel.C.value)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    verified_at = models.DateTimeField(null=True, blank=True)
    repeats = models.PositiveBigIntegerField(null=True, blank=True, db_index=True)
    vouched_by = models.CharField(max_length=200, blank=True, default="")
    vouched_until = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["position", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(scan__in=ScanState.codes()), name="upload_scan_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(trust=TrustLevel.A.value) | Q(repeats__isnull=False),
                name="only_an_organ_issues",
                violation_error_message=_("Nobody uploads a document of level A (108号)."),
            ),
            models.CheckConstraint(
                condition=~Q(trust=TrustLevel.B.value)
                | Q(verified_by__isnull=False, verified_at__isnull=False)
                | Q(repeats__isnull=False),
                name="level_b_names_who_saw_the_original",
                violation_error_message=_("Level B needs who saw the original and when (108号)."),
            ),
            models.CheckConstraint(
                condition=Q(given__in=Given.codes()), name="upload_says_how_it_came"
            ),
            models.CheckConstraint(condition=Q(size__gt=0), name="upload_is_not_empty"),
        ]

    def __str__(self) -> str:
        return self.material

    @property
    def noted(self) -> FileNote | None:
        """What is unusual about the file, if anything is."""
        return None if self.note == FileNote.NONE else FileNote(self.note)
