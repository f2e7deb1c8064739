"""Closing the simulated days: sealed, witnessed and named as they would have been then."""

from datetime import date, datetime

from django.utils import timezone

from openhall.demo.models import City
from openhall.ledger.actions import cosign, name_the_day, seal


def close_day(city: City, last: date | None) -> date | None:
    """Seal and name the day once the history has passed into another; the day it stands in."""
    city.refresh_from_db(fields=["until"])
    moment: datetime | None = city.until
    if moment is None:
        return last
    day = timezone.localtime(moment).date()
    if day != last:
        checkpoint = seal(at=moment)
        if checkpoint is not None:
            cosign(checkpoint)
        name_the_day(day)
    return day
