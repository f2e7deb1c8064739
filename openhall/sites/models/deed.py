"""What was done to sites, articles, designations and subscriptions; and the last number given."""

from django.db import models

from openhall.deeds.models import DeedAbout


class SiteDeed(DeedAbout):
    """One row a deed; only grows."""

    class Meta(DeedAbout.Meta):
        pass


class SiteSerial(models.Model):
    """The last number of a year; its row is locked in the act, so none is given twice."""

    year = models.PositiveIntegerField(unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"
