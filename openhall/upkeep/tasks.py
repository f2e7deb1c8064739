"""The recurring look at the machine."""

from django_tasks import task

from openhall.upkeep.actions import look_and_call


@task()
def look_at_the_machine() -> int:
    """Call the operators before a disk is full; the number of urgent things found."""
    return look_and_call()
