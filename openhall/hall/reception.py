"""Where a unit receives people: the address and the hours of its hall, as every guide says them.

Guides keep neither: what a hall publishes of itself stands there once. A8, A9.
"""

from datetime import date

from django.db.models import Min, Q
from django.utils import timezone

from openhall.catalogue.models.reception import Reception
from openhall.hall.models import Centre, Hall, Opening, Residency
from openhall.hall.terms import CentreKind, CentreState
from openhall.hours.rules.week import in_words
from openhall.organs.queries import in_office
from openhall.versions.queries import in_force


def hall_receiving(organ_id: int, day: date) -> Hall | None:
    """The hall in which the unit receives on ``day``: of several the city's or the district's,
    else the one it entered first; a centre receives in its own."""
    inside = Residency.objects.filter(in_office(day), organ_id=organ_id)
    lies = Q(organ_id=organ_id) | Q(pk__in=inside.values("hall"))
    entered = Min("residents__since", filter=Q(residents__organ_id=organ_id))
    halls = list(Hall.objects.filter(lies).annotate(entered=entered).order_by("entered", "pk"))
    of_all = [one for one in halls if one.kind != CentreKind.DEPARTMENTAL.value]
    return next(iter([*of_all, *halls]), None)


def units_received(hall: Hall, day: date) -> list[int]:
    """The units that receive in ``hall`` on ``day``, by their key."""
    rows = Residency.objects.filter(in_office(day), hall=hall).values_list("organ_id", flat=True)
    found = ((pk, hall_receiving(pk, day)) for pk in sorted(set(rows)))
    return [pk for pk, there in found if there is not None and there.pk == hall.pk]


def reception_of(organ_id: int, day: date | None = None) -> Reception:
    """Address and regular hours of the hall in which the unit receives; empty without one.

    Exceptions from the hours stand on the page of the hall.
    """
    day = day or timezone.localdate()
    hall = hall_receiving(organ_id, day)
    centre = in_force(Centre, day, hall_id=hall.pk) if hall is not None else None
    if hall is None or centre is None or centre.standing != CentreState.OPEN.value:
        return Reception()
    opening = in_force(Opening, day, hall_id=hall.pk, exception="")
    hours = in_words([one.value for one in opening.spans.all()] if opening else ())
    return Reception(centre.address, centre.address_en, hours.zh, hours.en)
