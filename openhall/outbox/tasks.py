"""The room's recurring work."""

from django_tasks import task

from openhall.outbox import actions


@task()
def deliver() -> int:
    """Carry the messages that are due; what fails waits longer each time."""
    return actions.deliver_due()


@task()
def erase_old() -> int:
    """Erase addresses and words past the time of keeping."""
    return actions.erase_old()
