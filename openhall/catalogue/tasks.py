"""Recurring work on the catalogue: what takes effect because its day has come."""

from django.utils import timezone
from django_tasks import task

from openhall.catalogue.actions import take_effect


@task()
def bring_into_force() -> int:
    """Write the list's changes whose first day is today or past; how many."""
    return take_effect(timezone.localdate())
