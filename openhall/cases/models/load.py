"""What is open, counted as it happens; limited numbers; and runs that recompute due dates."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from openhall.cases.models.case import Case
from openhall.cases.terms import LoadKind
from openhall.catalogue.models import Item
from openhall.deeds.models import DoneTo, Kept
from openhall.organs.models import Organ


class OpenLoad(models.Model):
    """How many open cases of a unit are due on a day, by what they wait for.

    Kept in the transaction of each act, so that the board of all units is a sum over few rows.
    """

    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=LoadKind.choices())
    due_on = models.DateField()
    cases = models.IntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organ", "kind", "due_on"], name="open_load_is_one_row"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organ_id} {self.kind} {self.due_on}: {self.cases}"


class Quota(DoneTo):
    """A limited number of an item for a period, with its basis. 行政许可法 57.

    How many are accepted and granted is told from the places, each of which stands in its case's
    own deeds.
    """

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="quotas")
    since = models.DateField()
    until = models.DateField()
    number = models.PositiveIntegerField()
    basis = models.CharField(max_length=300)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="quota_ends_later"),
            models.CheckConstraint(condition=~Q(basis=""), name="quota_has_its_basis"),
            models.UniqueConstraint(fields=["item", "since"], name="quota_of_a_period_is_one"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.since}–{self.until}: {self.number}"


class Place(Kept):
    """The place of an accepted case in the order of acceptance; given without gaps."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="place")
    quota = models.ForeignKey(Quota, on_delete=models.PROTECT, related_name="places")
    number = models.PositiveIntegerField()
    granted = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["quota", "number"], name="place_is_given_once")
        ]

    def __str__(self) -> str:
        return f"{self.number}"


class Recomputation(models.Model):
    """One run over the open cases after a new calendar or pack: where it stands, what it changed.

    ``after`` is the id of the last case looked at, so that a run that was cut off goes on.
    """

    cause = models.CharField(max_length=200)
    calendar = models.CharField(max_length=60, blank=True)  # which calendar it was run with
    asked_at = models.DateTimeField()
    after = models.BigIntegerField(default=0)
    looked_at = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    longest_lock = models.FloatField(default=0)  # seconds of the longest batch
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.cause
