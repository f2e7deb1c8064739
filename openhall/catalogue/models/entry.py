"""The two tiers: the central entry (基本目录) and the unit's item (实施清单) that claims it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openhall.catalogue.terms import ItemKind, ItemState, UseLevel
from openhall.deeds.models import Deed, DoneTo, Kept
from openhall.organs.models import Organ

THE_LIST = 1  # the key of the one row of CentralList, laid by the migration


class CentralList(DoneTo):
    """《行政审批事项目录》 itself: deeds on its one row change its lines. 国办函〔2016〕108号."""

    def __str__(self) -> str:
        return "行政审批事项目录"


class CatalogueEntry(Kept):
    """One line of 《行政审批事项目录》: base elements that units inherit read-only. A10."""

    central_list = models.ForeignKey(
        CentralList,
        on_delete=models.PROTECT,
        default=THE_LIST,
        editable=False,
        related_name="entries",
    )
    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=300)
    name_en = models.CharField(max_length=400, blank=True)
    kind = models.CharField(max_length=4, choices=ItemKind.choices())
    legal_basis = models.TextField(blank=True)
    use_level = models.CharField(
        max_length=1, choices=UseLevel.choices(), default=UseLevel.CITY.value
    )
    group = models.CharField(max_length=300, blank=True)  # 主项; empty where there is none
    state = models.CharField(
        max_length=1, choices=ItemState.choices(), default=ItemState.IN_USE.value
    )
    state_reason = models.CharField(max_length=300, blank=True)
    state_since = models.DateField(null=True, blank=True)  # first day of a state other than in use
    state_until = models.DateField(null=True, blank=True)  # last day of a suspension
    listed_from = models.DateField(null=True, blank=True)
    listed_until = models.DateField(null=True, blank=True)  # last day in force
    list_version = models.PositiveIntegerField(default=1)
    came_from = models.ManyToManyField(
        "self",
        through="Origin",
        through_fields=("entry", "came_from"),
        symmetrical=False,
        blank=True,
        related_name="became",
    )  # the entries it was split off from or merged of

    class Meta:
        ordering: ClassVar = ["code"]
        verbose_name_plural = "catalogue entries"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(listed_until__isnull=True)
                | Q(listed_from__isnull=True)
                | Q(listed_until__gte=F("listed_from")),
                name="entry_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=ItemKind.codes()), name="entry_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state_until__isnull=True)
                | Q(state_since__isnull=True)
                | Q(state_until__gte=F("state_since")),
                name="entry_is_suspended_forward",
                violation_error_message=_("A suspension cannot end before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Origin(Kept):
    """That a line was split off from, or merged of, another."""

    entry = models.ForeignKey(CatalogueEntry, on_delete=models.PROTECT, related_name="origins")
    came_from = models.ForeignKey(CatalogueEntry, on_delete=models.PROTECT, related_name="outcomes")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "came_from"], name="origin_is_named_once")
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} ← {self.came_from_id}"


class Item(DoneTo):
    """A unit's claim on an entry. Its words live in versions; this is its identity."""

    code = models.CharField(max_length=80, unique=True)  # opaque: never parsed for logic
    entry = models.ForeignKey(CatalogueEntry, on_delete=models.PROTECT, related_name="items")
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="items")
    inherits = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="variants"
    )  # a district variant of a city item: may only tighten
    state = models.CharField(
        max_length=1, choices=ItemState.choices(), default=ItemState.IN_USE.value
    )
    state_reason = models.CharField(max_length=300, blank=True)
    state_since = models.DateField(null=True, blank=True)  # first day of a state other than in use
    state_until = models.DateField(null=True, blank=True)  # last day of a suspension
    to_review = models.ForeignKey(
        "catalogue.ItemVersion", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )  # the city version this variant has not been checked against yet
    source_row = models.JSONField(default=dict, blank=True)  # what an import found, kept as it was
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=ItemState.codes()), name="item_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(inherits__isnull=True) | ~Q(inherits=F("pk")),
                name="item_does_not_inherit_from_itself",
            ),
            models.CheckConstraint(
                condition=Q(state_until__isnull=True)
                | Q(state_since__isnull=True)
                | Q(state_until__gte=F("state_since")),
                name="item_is_suspended_forward",
                violation_error_message=_("A suspension cannot end before it begins."),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["organ", "code"])]

    def __str__(self) -> str:
        return self.code


class ItemEvent(Deed):
    """A signed, reasoned step in an item's life: claimed, suspended, resumed, cancelled…

    What is done to its words is done to their version.
    """

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="events")

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "seq"], name="item_event_has_its_place"),
            models.CheckConstraint(
                condition=~Q(act=""),
                name="item_event_names_its_act",
                violation_error_message=_("A step in the catalogue must say what was done."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.act}"
