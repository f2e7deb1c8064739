"""The hall a kiosk stands in, as every one of its pages says it."""

from typing import Any

from django.utils import timezone

from openhall.desk.pages import existing
from openhall.hall.queries import centre_on, hall_named, hours_on


def place_of(slug: str) -> dict[str, Any]:
    """The hall, what it is called today and when it is open; 404 where there is none."""
    day = timezone.localdate()
    hall = existing(hall_named(slug))
    return {
        "hall": hall,
        "centre": existing(centre_on(hall, day)),
        "hours": hours_on(hall, day),
        "day": day,
        "state": f"/hall/{hall.slug}/state.json",
    }
