"""Recurring work on the log."""

from django.utils import timezone
from django_tasks import task

from openhall.ledger import actions
from openhall.ledger.checks.clock import clock_fault
from openhall.ledger.models import Checkpoint
from openhall.ledger.publishing import publish_log
from openhall.ledger.queries import latest_checkpoint


def _sealed() -> Checkpoint | None:
    """Seal, unless the clock cannot be believed: that stops the log like any other fault."""
    if found := clock_fault():
        actions.raise_alarm(found, "clock")
        return None
    return actions.seal()


@task()
def seal_log() -> int:
    """Sequence, look, sign, have it cosigned, publish; the size signed, 0 when nothing was new."""
    checkpoint = _sealed()
    latest = checkpoint or latest_checkpoint()
    if latest is not None:
        actions.cosign(latest)
    publish_log()
    return 0 if checkpoint is None else checkpoint.size


@task()
def name_the_day() -> str:
    """Mark today's checkpoint; its day, or nothing while publication is halted."""
    _sealed()
    named = actions.name_the_day(timezone.localdate())
    return "" if named is None else named.day.isoformat()


@task()
def verify_whole(verification_id: int) -> int:
    """Do the verification that somebody asked for; the number of findings. As by night."""
    publish_log(whole=True)
    return actions.verify_all(verification_id)


@task()
def verify_by_night() -> int:
    """The whole log, every night. A published file that was lost is first written again."""
    publish_log(whole=True)
    return actions.verify_all(actions.begin_verification("nightly").pk)
