"""Each night a hall learns from its closed days how long people will wait. A13."""

from random import Random

from django.utils import timezone

from openhall.hall.models import Hall, HallDay, HallLearnt
from openhall.hall.rules.waiting.fitting import KEPT_DAYS, fitted
from openhall.hall.rules.waiting.learnt import plain
from openhall.hall.waiting import day_told


def learn(hall: Hall) -> HallLearnt | None:
    """Fit the predictor anew from the last closed days; None where no day was closed.

    No deed: it binds nobody, and the same days give the same figures.
    """
    days = list(
        HallDay.objects.filter(hall=hall).order_by("-day").values_list("day", flat=True)[:KEPT_DAYS]
    )
    if not days:
        return None
    told = [day_told(hall.pk, day) for day in reversed(days)]
    learnt = fitted(told, Random(str(days[0])))  # noqa: S311 - a draw, no secret
    row, _made = HallLearnt.objects.update_or_create(
        hall=hall,
        defaults={"learnt": plain(learnt), "days": len(days), "fitted_at": timezone.now()},
    )
    return row
