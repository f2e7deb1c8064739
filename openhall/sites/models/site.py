"""The site of one organ."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openhall.deeds.models import DoneTo
from openhall.organs.models import Organ


class Site(DoneTo):
    """``slug`` is its path; ``host`` its own name, where it has one; ``columns`` what it shows.

    Telephone, address and hours are its organ's, which guides and pages show by reference.
    """

    organ = models.OneToOneField(Organ, on_delete=models.PROTECT, related_name="site")
    slug = models.SlugField(max_length=40, unique=True)
    host = models.CharField(max_length=120, blank=True)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=160, blank=True)
    code = models.CharField(max_length=10, blank=True)  # 政府网站标识码
    columns = models.JSONField(default=list)
    mail = models.CharField(max_length=120, blank=True)
    made_on = models.DateField()

    class Meta:
        ordering: ClassVar = ["organ__position", "slug"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["host"],
                condition=~Q(host=""),
                name="a_host_leads_to_one_site",
                violation_error_message=_("Another site has this host."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
