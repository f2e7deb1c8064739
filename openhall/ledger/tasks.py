"""Recurring work on the log."""

from django_tasks import task

from openhall.ledger.actions import seal
from openhall.ledger.publishing import publish_log


@task()
def seal_log() -> int:
    """Sequence what waits, sign, publish the files; the size signed, 0 when nothing was new."""
    checkpoint = seal()
    publish_log()
    return 0 if checkpoint is None else checkpoint.size
