"""The room's recurring work."""

from django_tasks import task

from openhall.slots import actions


@task()
def release() -> int:
    """Offer the days that are due; each can be booked from its own hour, whenever this ran."""
    return actions.release_due()


@task()
def tidy() -> int:
    """Free what was held and not confirmed; the next who books would take it over anyway."""
    return actions.sweep()


@task()
def note_missed() -> int:
    """Whoever was expected before today and did not come."""
    return actions.sweep_missed()
