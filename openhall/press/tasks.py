"""The recurring work of the press."""

from pathlib import Path

from django.conf import settings
from django_tasks import task

from openhall.press import actions, exporting
from openhall.press.actions import days


@task()
def press_stale() -> int:
    """Make stale pages anew; how many."""
    return actions.press_stale()


@task()
def turn() -> int:
    """A new day begins."""
    return actions.turn() if settings.PRESS else 0


@task()
def name_days() -> int:
    """The tree of the pages of each day that is over; how many."""
    return days.name_days() if settings.PRESS else 0


@task()
def export() -> int:
    """The pages as files, for an outage; how many were written."""
    return exporting.export(Path(settings.PRESS_ROOT) / "files").written if settings.PRESS else 0


@task()
def look() -> int:
    """Compare some stored pages with a fresh making; how many differ."""
    return len(actions.look()) if settings.PRESS else 0
