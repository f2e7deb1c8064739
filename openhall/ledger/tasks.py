"""Recurring work on the log."""

from django_tasks import task

from openhall.ledger.actions import seal


@task()
def seal_log() -> int:
    """Sequence what waits and sign a checkpoint; the size signed, 0 when nothing was new."""
    checkpoint = seal()
    return 0 if checkpoint is None else checkpoint.size
