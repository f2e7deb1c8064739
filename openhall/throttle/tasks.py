"""Counters and spent proofs that say nothing any more are removed."""

import time

from django_tasks import task

from openhall.throttle.models import Pace, Spent


@task()
def forget_old() -> int:
    """Remove what is over; how many rows."""
    now = time.time()
    gone = Pace.objects.filter(whole_at__lt=now).delete()[0]
    return gone + Spent.objects.filter(until__lt=now).delete()[0]
