"""政策法规: documents with 状态, 发布日期, 生效日期, 发布部门, 发布文号, and their sections. B3."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from openhall.deeds.models import DeedAbout, DoneTo, Kept
from openhall.files.models import Upload
from openhall.policies.terms import LinkKind


class PolicyDocument(models.Model):
    """A law, regulation or policy paper as published. ``seq``: of its last deed."""

    seq = models.PositiveIntegerField(default=0, editable=False)
    source_id = models.CharField(max_length=120, unique=True)
    title = models.CharField(max_length=500)
    title_key = models.CharField(max_length=300, blank=True, db_index=True)  # rules.law_names
    status = models.CharField(max_length=30, blank=True)  # as published: 有效, 失效…
    number = models.CharField(max_length=120, blank=True, db_index=True)
    issuer = models.CharField(max_length=300, blank=True)
    category = models.CharField(max_length=120, blank=True, db_index=True)
    written_on = models.DateField(null=True, blank=True)
    published_on = models.DateField(null=True, blank=True, db_index=True)
    effective_on = models.DateField(null=True, blank=True)
    lapses_on = models.DateField(null=True, blank=True)  # the last day, where it names one
    index_number = models.CharField(max_length=60, blank=True)  # 索引号
    text = models.TextField()
    digest = models.CharField(max_length=64)  # SHA-256 of the imported record
    source = models.JSONField(default=dict, blank=True)
    changed_at = models.DateTimeField(null=True, blank=True, db_index=True)  # brought in, or anew

    class Meta:
        ordering: ClassVar = ["-published_on", "id"]

    def __str__(self) -> str:
        return self.title


class PolicyLink(DoneTo):
    """What ``newer`` does to ``older`` from ``since`` on; ``struck``: it was recorded wrongly."""

    newer = models.ForeignKey(PolicyDocument, on_delete=models.PROTECT, related_name="does")
    older = models.ForeignKey(PolicyDocument, on_delete=models.PROTECT, related_name="undergoes")
    kind = models.CharField(max_length=10, choices=LinkKind.choices())
    since = models.DateField()
    struck = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["-since", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["newer", "older", "kind"],
                condition=Q(struck=False),
                name="documents_are_linked_once",
            ),
            models.CheckConstraint(
                condition=~Q(newer=F("older")), name="no_document_bears_on_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.newer_id} {self.kind} {self.older_id}"


class PolicyDeed(DeedAbout):
    """What was done to documents, their links and their files; only grows."""

    class Meta(DeedAbout.Meta):
        pass


class PolicyFile(DoneTo):
    """A file of a document, as it was published; what can be read of it stands as sections.

    ``unread`` says why nothing could (a scan); then who files it writes its text.
    """

    document = models.ForeignKey(PolicyDocument, on_delete=models.PROTECT, related_name="files")
    upload = models.ForeignKey(Upload, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=120)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    removed = models.BooleanField(default=False)
    unread = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["document", "sha256"],
                condition=Q(removed=False),
                name="a_file_is_attached_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PolicySection(Kept):
    """A heading or article of a document, in order; with ``file``: of what lies beside it."""

    document = models.ForeignKey(PolicyDocument, on_delete=models.CASCADE, related_name="sections")
    file = models.ForeignKey(
        PolicyFile, on_delete=models.CASCADE, null=True, blank=True, related_name="sections"
    )
    position = models.PositiveIntegerField()
    label = models.CharField(max_length=60, blank=True)  # 一、 (一) 第三十二条
    title = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "position"], name="section_has_its_place")
        ]

    def __str__(self) -> str:
        return self.label or self.title
