"""The room's own recurring work."""

from django_tasks import task

from openhall.jobs import actions


@task()
def forget_done() -> int:
    """Remove jobs that ended well over a week ago."""
    return actions.forget_done()
