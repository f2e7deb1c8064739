"""政策法规: documents with 状态, 发布日期, 生效日期, 发布部门, 发布文号, and their sections. B3."""

from typing import ClassVar

from django.db import models


class PolicyDocument(models.Model):
    """A law, regulation or policy paper as published."""

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
    text = models.TextField()
    digest = models.CharField(max_length=64)  # SHA-256 of the imported record
    source = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering: ClassVar = ["-published_on", "id"]

    def __str__(self) -> str:
        return self.title


class PolicySection(models.Model):
    """A heading or article of a document, in order."""

    document = models.ForeignKey(PolicyDocument, on_delete=models.CASCADE, related_name="sections")
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
