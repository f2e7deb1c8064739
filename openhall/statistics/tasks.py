"""Recurring work: figures are frozen by the month, and what changed since is corrected."""

from django.utils import timezone
from django_tasks import task

from openhall.statistics.actions import correct_due, freeze_due


@task()
def freeze() -> int:
    """Freeze what is due; then look for corrections of the months before. How many figures."""
    now = timezone.now()
    frozen = freeze_due(now)
    return frozen + (correct_due(now) if frozen else 0)
