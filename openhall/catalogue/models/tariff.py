"""收费标准: what may be charged, on which approval, from when to when. A11."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openhall.catalogue.models.entry import Item
from openhall.deeds.models import Deed
from openhall.versions.models import DatedVersion, version_constraints
from openhall.versions.terms import PUBLIC


class Tariff(DatedVersion):
    """One approved fee of an item. ``amount`` in fen (1/100 yuan) for one ``unit``."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="tariffs")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200, blank=True)
    name_en = models.CharField(max_length=200, blank=True)
    amount = models.PositiveIntegerField(default=0)
    unit = models.CharField(max_length=30, blank=True)
    basis = models.CharField(max_length=300, blank=True)  # 文号 of the fee's approval
    price_approval = models.CharField(max_length=200, blank=True)  # 物价部门核定
    approval_page = models.CharField(max_length=60, blank=True)  # where in that document it stands
    # The formula, where it is not so much for one: the amount is for the first ``included``, then
    # ``more_amount`` for each further one, in all at most ``most_amount`` (0: no limit).
    included = models.PositiveIntegerField(default=0)
    more_amount = models.PositiveIntegerField(default=0)
    most_amount = models.PositiveIntegerField(default=0)
    reducible = models.BooleanField(default=False)
    reduction_basis = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["item", "code", "effective_from"]
        constraints: ClassVar = [
            *version_constraints("tariff", ["item", "code"]),
            models.CheckConstraint(
                condition=~Q(state__in=PUBLIC) | (~Q(basis="") & ~Q(price_approval="")),
                name="tariff_has_an_approval",
                violation_error_message=_(
                    "A fee needs its basis and the price authority's approval (A11)."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TariffEvent(Deed):
    """What was done to a fee."""

    version = models.ForeignKey(Tariff, on_delete=models.PROTECT, related_name="events")

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "seq"], name="tariff_event_has_its_place")
        ]
