"""Work by night: halls learn from their closed days; used keys are forgotten."""

from django_tasks import task

from openhall.deeds.sweeping import sweep
from openhall.hall.actions.learning import learn
from openhall.hall.actions.once import forget_keys
from openhall.hall.models import Hall


@task()
def learn_by_night() -> None:
    """Every hall fits its predictor anew."""
    sweep("halls learn", Hall.objects.order_by("pk"), learn, lambda hall: hall.slug)


@task()
def forget_old_keys() -> None:
    """Keys are kept for some days, so that a late retry is still answered with what was done."""
    forget_keys()
