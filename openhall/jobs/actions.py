"""Asking for a job, taking one under a lease, ending it behind the fence.

Measured: a row taken by ``UPDATE … WHERE id = (SELECT … LIMIT 1) RETURNING`` and ended only where
``attempts`` is still ours recovers every job after ``kill -9``, on both databases. Work is asked
for in the caller's transaction, so a job and what called for it stand or fall together. A task
can run again after a crash; every act behind one is idempotent by its key.
"""

import json
import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from openhall.jobs.models import Job
from openhall.jobs.rules.schedule import pause, slot
from openhall.jobs.terms import JobState

LEASE: Final = timedelta(seconds=90)
MOST_ATTEMPTS: Final = 5
KEPT: Final = timedelta(days=7)

TAKE: Final = """
UPDATE jobs_job SET state = 'running', leased_until = %s, attempts = attempts + 1,
       worker = %s, begun_at = %s
 WHERE id = (SELECT id FROM jobs_job
              WHERE state IN ('waiting', 'running') AND run_at <= %s
                AND (state = 'waiting' OR leased_until < %s)
              ORDER BY run_at, id LIMIT 1 {skip})
RETURNING id"""


@transaction.atomic
def ask(
    task: str,
    args: Sequence[Any] = (),
    kwargs: Mapping[str, Any] | None = None,
    *,
    run_at: datetime | None = None,
    key: str = "",
    queue: str = "default",
) -> Job:
    """Ask for ``task`` (dotted path); asking twice under one ``key`` gives the one job.

    Raises ``TypeError`` for arguments that are not JSON.
    """
    arguments = {"args": list(args), "kwargs": dict(kwargs or {})}
    json.dumps(arguments)
    job, _ = Job.objects.get_or_create(
        key=key or str(uuid.uuid4()),
        defaults={
            "task": task,
            "arguments": arguments,
            "run_at": run_at or timezone.now(),
            "queue": queue,
        },
    )
    return job


def take(worker: str) -> Job | None:
    """The longest due job, leased to ``worker``; None when nothing is due."""
    now = timezone.now()
    postgres = connection.vendor == "postgresql"
    sql = TAKE.format(skip="FOR UPDATE SKIP LOCKED" if postgres else "")
    adapt = connection.ops.adapt_datetimefield_value
    with transaction.atomic(), connection.cursor() as cursor:
        moment, until = adapt(now), adapt(now + LEASE)
        cursor.execute(sql, [until, worker, moment, moment, moment])
        row = cursor.fetchone()
    return None if row is None else Job.objects.get(pk=row[0])


def _mine(job: Job) -> Any:
    return Job.objects.filter(pk=job.pk, attempts=job.attempts, state=JobState.RUNNING.value)


def renew(job: Job) -> bool:
    """Lengthen the lease of a long job; False if another worker has taken it meanwhile."""
    return bool(_mine(job).update(leased_until=timezone.now() + LEASE))


def finish(job: Job, result: Any) -> bool:
    """End ``job`` well; False, and nothing changed, if it is no longer ours."""
    return bool(
        _mine(job).update(
            state=JobState.DONE.value, result=result, error="", ended_at=timezone.now()
        )
    )


def fail(job: Job, error: str) -> bool:
    """Note the error; try again later, or give up after the last attempt."""
    now = timezone.now()
    if job.attempts >= MOST_ATTEMPTS:
        return bool(_mine(job).update(state=JobState.FAILED.value, error=error, ended_at=now))
    return bool(
        _mine(job).update(
            state=JobState.WAITING.value, error=error, run_at=now + pause(job.attempts)
        )
    )


@transaction.atomic
def retry(job: Job) -> None:
    """Let a failed job be tried again from the beginning."""
    Job.objects.filter(pk=job.pk, state=JobState.FAILED.value).update(
        state=JobState.WAITING.value, attempts=0, run_at=timezone.now()
    )


def ask_for_what_is_due() -> int:
    """Ask for every piece of recurring work whose slot has come; how many were new.

    Only the slot that is due now: what a stopped machine missed is not done a hundred times.
    """
    now = timezone.localtime()
    due = {f"{task}@{slot(words, now).isoformat()}": task for task, words in settings.SCHEDULE}
    known = set(Job.objects.filter(key__in=due).values_list("key", flat=True))
    for key, task in due.items():
        if key not in known:
            ask(task, key=key)
    return len(due) - len(known)


@transaction.atomic
def forget_done() -> int:
    """Remove jobs that ended well over a week ago; failed ones stay until somebody looks."""
    old = Job.objects.filter(state=JobState.DONE.value, ended_at__lt=timezone.now() - KEPT)
    return old.delete()[0]
