"""The room's recurring work. A node's index is no job's: each node follows by itself."""

from django_tasks import task

from openhall.search.actions import changes, counting


@task()
def forget_old() -> int:
    """Remove changes that every node has read, and counts past their time."""
    return changes.forget_old() + counting.forget_old()
