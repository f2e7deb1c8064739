"""The simulated days: how far they have come, and closing them as they would have been then."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils import timezone

from openhall.demo.models import City
from openhall.ledger.actions import cosign, name_the_day, seal
from openhall.statistics.actions import correct_due, freeze_due
from openhall.statistics.rules.measures import OF_CASES

ALMOST: Final = 500  # acts; fewer are done before anybody has read the notice


@dataclass(frozen=True, slots=True)
class Filling:
    """How far the history has been brought: acts done, acts planned, the day they have reached."""

    driven: int
    planned: int
    day: date

    @property
    def percent(self) -> int:
        return 100 * self.driven // self.planned


def filling() -> Filling | None:
    """How far the history has come, while it is still being filled in."""
    found = City.objects.values("driven", "planned", "until", "first_day").first()
    if found is None or found["planned"] - found["driven"] < ALMOST:
        return None
    until = found["until"]
    day = timezone.localtime(until).date() if until else found["first_day"]
    return Filling(found["driven"], found["planned"], day)


def day_reached() -> date | None:
    """The day up to which figures are whole; None when that is today."""
    far = filling()
    return far.day if far else None


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
        freeze_due(moment, entered=moment, measures=OF_CASES)
    return day


def freeze_figures(city: City) -> None:
    """Every figure of the months that the history has behind it, and what changed since."""
    city.refresh_from_db(fields=["until"])
    moment = min(city.until or timezone.now(), timezone.now())
    if freeze_due(moment, entered=moment):
        correct_due(moment, entered=moment)
        if (checkpoint := seal()) is not None:
            cosign(checkpoint)
