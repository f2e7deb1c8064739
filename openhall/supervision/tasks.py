"""Recurring work of supervision: read the events, look at the day, count the month."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from openhall.deeds.doing import Doing
from openhall.deeds.keys import system_key
from openhall.supervision import actions
from openhall.supervision.actions import erasing


@task()
def observe() -> int:
    """Every event since last time: its cards, and how late it was entered."""
    return actions.observe() + actions.measure() + actions.observe_enquiries()


@task()
def sweep() -> int:
    """What the day brings by itself: reminders, cards past due, answers that never came."""
    return sum(actions.sweep(timezone.localdate()).values())


@task()
def forget_old_complaints() -> int:
    """Erase who complained, once the time of keeping has passed."""
    return erasing.forget_old_complaints()


@task()
def count_scores() -> int:
    """This month and the last, counted anew; a frozen month stays as it is."""
    this = timezone.localdate().replace(day=1)
    last = (this - timedelta(days=1)).replace(day=1)
    now = timezone.now()
    return sum(
        actions.count_all(month, Doing(None, now, system_key("count", month)))
        for month in (last, this)
    )
