"""Counters and spent proofs that say nothing any more are removed."""

from django_tasks import task

from openhall.throttle import actions


@task()
def forget_old() -> int:
    """What is over is removed; how many rows."""
    return actions.forget_old()
