"""What an applicant has typed and uploaded, before and after submitting."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q

from openhall.cases.models.case import Case
from openhall.catalogue.models import ItemVersion
from openhall.vault.fields import EncryptedTextField


def private_storage() -> Storage:
    return storages["private"]


def upload_path(upload: "Upload", name: str) -> str:
    """A path that says nothing of the applicant."""
    return f"uploads/{upload.sha256[:2]}/{uuid.uuid4().hex}"


class Draft(models.Model):
    """An unfinished application: saved on every step, resumed by account or by its code."""

    item_version = models.ForeignKey(ItemVersion, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="drafts",
    )
    name = models.CharField(max_length=100, blank=True)
    resume_blind = models.CharField(max_length=64, unique=True)
    resume_code = EncryptedTextField()
    content = EncryptedTextField(default="{}")  # JSON: party, answers, consent
    step = models.CharField(max_length=30, blank=True)
    key = models.CharField(max_length=80, unique=True)  # becomes the key of the submission
    case = models.OneToOneField(
        Case, on_delete=models.PROTECT, null=True, blank=True, related_name="draft"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar = ["-saved_at"]

    def __str__(self) -> str:
        return self.name or f"{self.item_version}"


class Upload(models.Model):
    """One file for one required material, kept in private storage. ``size`` in bytes."""

    draft = models.ForeignKey(
        Draft, on_delete=models.PROTECT, null=True, blank=True, related_name="uploads"
    )
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, null=True, blank=True, related_name="uploads"
    )
    material = models.CharField(max_length=40)
    name = EncryptedTextField()
    media_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    file = models.FileField(storage=private_storage, upload_to=upload_path)
    at = models.DateTimeField()
    replaced = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(draft__isnull=False) | Q(case__isnull=False),
                name="upload_belongs_somewhere",
            ),
            models.CheckConstraint(condition=Q(size__gt=0), name="upload_is_not_empty"),
        ]

    def __str__(self) -> str:
        return self.material
