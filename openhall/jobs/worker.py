"""The worker: takes due jobs one by one, keeps its lease while it works, ends at a sign."""

import logging
import os
import socket
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import close_old_connections, connection
from django.utils.module_loading import import_string
from django_tasks.base import Task
from django_tasks.utils import normalize_json

from openhall.jobs.actions import (
    LEASE,
    MOST_ATTEMPTS,
    ask_for_what_is_due,
    fail,
    finish,
    renew,
    take,
)
from openhall.jobs.models import Job

logger = logging.getLogger(__name__)
IDLE = 1.0  # seconds between looks when nothing is due


@contextmanager
def _lease_kept(job: Job) -> Iterator[None]:
    """Renew the lease from a second thread as long as the work goes on."""
    over = threading.Event()

    def keep() -> None:
        while not over.wait(LEASE.total_seconds() / 3):
            try:
                if not renew(job):
                    return
            finally:
                connection.close()

    keeper = threading.Thread(target=keep, daemon=True)
    keeper.start()
    try:
        yield
    finally:
        over.set()
        keeper.join()


def do(job: Job) -> bool:
    """Do one leased job; whether it ended well and was still ours."""
    if job.attempts > MOST_ATTEMPTS:  # its worker died each time: it is not tried for ever
        fail(job, f"The worker ended {MOST_ATTEMPTS} times in the middle of this job.")
        return False
    try:
        wanted = import_string(job.task)
        function = wanted.func if isinstance(wanted, Task) else wanted
        with _lease_kept(job):
            result = function(*job.arguments["args"], **job.arguments["kwargs"])
        return finish(job, normalize_json(result))
    except Exception:
        logger.exception("Job %s (%s) failed at attempt %s", job.pk, job.task, job.attempts)
        fail(job, traceback.format_exc()[-4000:])
        return False


def run_worker(stop: threading.Event, *, once: bool = False) -> int:
    """Work until ``stop`` is set (after the present job), or until nothing is due; jobs done."""
    name = f"{socket.gethostname()}:{os.getpid()}"
    done = 0
    while not stop.is_set():
        try:
            if not connection.in_atomic_block:
                close_old_connections()
            ask_for_what_is_due()
            job = take(name)
            if job is not None:
                done += do(job)
                continue
        except Exception:
            logger.exception("The worker could not look for work; it goes on")
        if once:
            break
        stop.wait(IDLE)
    return done
