"""收费标准: what may be charged, on which approval, from when to when. A11."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openhall.catalogue.models.entry import Item


class Tariff(models.Model):
    """One approved fee of an item. ``amount`` in fen (1/100 yuan) for one ``unit``."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="tariffs")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    amount = models.PositiveIntegerField()
    unit = models.CharField(max_length=30)
    basis = models.CharField(max_length=300)  # 文号 of the fee's approval
    price_approval = models.CharField(max_length=200)  # 物价部门核定
    reducible = models.BooleanField(default=False)
    reduction_basis = models.CharField(max_length=300, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)  # last day in force

    class Meta:
        ordering: ClassVar = ["item", "code", "valid_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["item", "code", "valid_from"], name="tariff_begins_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="tariff_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~Q(basis="") & ~Q(price_approval=""),
                name="tariff_has_an_approval",
                violation_error_message=_(
                    "A fee needs its basis and the price authority's approval (A11)."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name
