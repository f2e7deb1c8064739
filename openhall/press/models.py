"""Stored pages, what each was made from, what was touched; every version that was ever shown.

``Shown`` and ``Day`` only grow: triggers on both databases refuse to change them.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

ADDRESS = 500  # signs of an address with its query


class Body(models.Model):
    """The bytes of a page, by their SHA-256; packed with ``base`` as dictionary.

    ``packed`` is empty where an erasure took the words away; the hash stays (个人信息保护法 47).
    """

    sha256 = models.CharField(max_length=64, primary_key=True)
    base = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    packed = models.BinaryField(null=True)
    length = models.PositiveIntegerField()
    erased_by = models.BigIntegerField(null=True)  # the entry of the log that says so

    class Meta:
        verbose_name_plural = "bodies"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(packed__isnull=False) | Q(erased_by__isnull=False),
                name="press_body_is_there_or_erased",
            )
        ]

    def __str__(self) -> str:
        return self.sha256


class Page(models.Model):
    """One address of one language: what it shows now, and whether that still holds.

    ``stale``: something that it was made from has changed. ``marked``: how often that was said, so
    that a slow making cannot overwrite a newer mark. ``turn_on``: from which day the clock alone
    makes it old. ``old_after``: figures that move with every act stand until then.
    """

    path = models.CharField(max_length=ADDRESS, unique=True)
    kind = models.CharField(max_length=80)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, related_name="+")
    key = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, related_name="+")
    head = models.TextField(blank=True)
    shell = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField(null=True)
    made_on = models.DateField(null=True)
    turn_on = models.DateField(null=True)
    old_after = models.DateTimeField(null=True)
    is_loose = models.BooleanField(default=False)  # read a table that nobody watches
    stale = models.BooleanField(default=True)
    marked = models.BigIntegerField(default=0)
    tags_since = models.BigIntegerField(default=0)  # transaction that wrote the newest tag
    visits = models.BigIntegerField(default=0)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["-visits"], condition=Q(stale=True), name="press_stale_pages")
        ]

    def __str__(self) -> str:
        return self.path


class Part(models.Model):
    """A part that many pages carry: made once, put into each where it is read."""

    name = models.CharField(max_length=60)
    about = models.CharField(max_length=60)
    language = models.CharField(max_length=10)
    html = models.TextField(blank=True)
    stale = models.BooleanField(default=True)
    marked = models.BigIntegerField(default=0)
    tags_since = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["name", "about", "language"], name="press_part_is_made_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.about}"


class PartPlace(models.Model):
    """Where a part stands in the body of a page, in bytes; the first of a page is number 0."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="places")
    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="places")
    number = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    length = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["page", "number"], name="press_place_holds_one_part")
        ]

    def __str__(self) -> str:
        return f"{self.page_id} {self.start}"


class MadeFrom(models.Model):
    """One thing that a page, or a part, was made from."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, null=True, related_name="made_from")
    part = models.ForeignKey(Part, on_delete=models.CASCADE, null=True, related_name="made_from")
    tag = models.CharField(max_length=220)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tag", "page"], name="press_tag_of_a_page_once"),
            models.UniqueConstraint(fields=["tag", "part"], name="press_tag_of_a_part_once"),
            models.CheckConstraint(
                condition=Q(page__isnull=True) ^ Q(part__isnull=True), name="press_tag_is_of_one"
            ),
        ]

    def __str__(self) -> str:
        return self.tag


class Touched(models.Model):
    """What a change touched, written by triggers in its own transaction; drained into marks."""

    tag = models.CharField(max_length=220, db_index=True)

    class Meta:
        verbose_name_plural = "touched"

    def __str__(self) -> str:
        return self.tag


class Shown(models.Model):
    """From when on which day an address showed which bytes; no hash: it was there no longer."""

    path = models.CharField(max_length=ADDRESS)
    day = models.DateField()
    second = models.PositiveIntegerField()  # since midnight
    sha256 = models.CharField(max_length=64, blank=True)
    kept = models.CharField(max_length=8)  # every version, or the last of a day

    class Meta:
        verbose_name_plural = "shown"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["path", "day", "second"], name="press_shown_once"),
            models.CheckConstraint(condition=Q(second__lt=86_400), name="press_second_of_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.path} {self.day}"


class Day(models.Model):
    """The tree over all that was shown on a day; its root is an entry of the public log.

    ``blocks``: of each 256 leaves the first address and their hash, from which a proof is made
    without reading the whole day.
    """

    day = models.DateField(unique=True)
    size = models.PositiveIntegerField()
    root = models.CharField(max_length=64)
    before = models.CharField(max_length=64, blank=True)
    blocks = models.JSONField()
    entry = models.BigIntegerField()

    class Meta:
        ordering: ClassVar = ["-day"]

    def __str__(self) -> str:
        return str(self.day)


class State(models.Model):
    """One row: up to which day the rows that begin or end with a day have been looked at."""

    dated_to = models.DateField(null=True)

    def __str__(self) -> str:
        return str(self.dated_to)


class Node(models.Model):
    """One process that answers from memory, on PostgreSQL: up to which change it has heard."""

    name = models.CharField(max_length=120, unique=True)
    seen = models.BigIntegerField(default=0)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
