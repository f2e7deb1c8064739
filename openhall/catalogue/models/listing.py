"""The list itself, version by version (目录版本), and the data its keepers edit. A10."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openhall.catalogue.models.entry import THE_LIST, CatalogueEntry, CentralList
from openhall.catalogue.terms import ListAct
from openhall.deeds.models import DeedAbout, DoneTo, Kept


class CatalogueDeed(DeedAbout):
    """What was done to the list, to a phrase that says nothing, to a fee."""


class ListVersion(Kept):
    """One signed change of the central list. 国办函〔2016〕108号: adding generates a new version.

    ``changes`` are ``{"entry", "field", "before", "after"}``; words whose day is still to come are
    written into the entry on that day (``applied``). ``step`` is the deed that made it.
    """

    central_list = models.ForeignKey(
        CentralList,
        on_delete=models.PROTECT,
        default=THE_LIST,
        editable=False,
        related_name="versions",
    )
    step = models.PositiveIntegerField()
    number = models.PositiveIntegerField(unique=True)
    act = models.CharField(max_length=20, choices=ListAct.choices())
    entries = models.ManyToManyField(
        CatalogueEntry, through="ListLine", related_name="list_versions"
    )
    changes = models.JSONField(default=list)
    reason = models.TextField()
    effective_from = models.DateField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    event_time = models.DateTimeField()
    applied = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(act__in=ListAct.codes()), name="list_version_act_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="list_version_has_a_reason",
                violation_error_message=_("A change of the list must state its reason."),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["effective_from"], condition=Q(applied=False), name="list_waits")
        ]

    def __str__(self) -> str:
        return f"第{self.number}版"


class ListLine(Kept):
    """A line that a version of the list touches."""

    version = models.ForeignKey(ListVersion, on_delete=models.PROTECT, related_name="lines")
    entry = models.ForeignKey(CatalogueEntry, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "entry"], name="list_line_stands_once")
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.entry_id}"


class CodeSerial(models.Model):
    """The last serial given within one scope; which scope is the code strategy's business."""

    scope = models.CharField(max_length=80, unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.scope}{self.last}"


class HollowPhrase(DoneTo):
    """Words that say nothing (占位用语); a guide made of them is not published. norms 1.3.

    Kept by the Legal Affairs Office; withdrawn, never deleted.
    """

    phrase = models.CharField(max_length=60, unique=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # empty: came with the software
    added_at = models.DateTimeField()
    reason = models.CharField(max_length=200, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(phrase=""), name="hollow_phrase_is_not_empty")
        ]

    def __str__(self) -> str:
        return self.phrase
