"""Background work: asked for once, done once, recovered when its worker dies."""

import os
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone

from openhall.jobs import actions
from openhall.jobs.models import Job
from openhall.jobs.terms import JobState
from openhall.jobs.worker import run_worker
from openhall.ledger.tasks import seal_log
from tests import migrated

ROOT = Path(__file__).resolve().parents[3]
TASK = "openhall.jobs.actions.forget_done"  # any function that needs no argument
BROKEN = "openhall.jobs.actions.ask_for_nothing"


@pytest.fixture(autouse=True)
def no_schedule(settings):
    settings.SCHEDULE = ()


def worked() -> int:
    return run_worker(threading.Event(), once=True)


def test_a_job_is_done_and_its_result_kept(db):
    job = actions.ask(TASK)
    assert worked() == 1
    job.refresh_from_db()
    assert (job.state, job.result, job.attempts) == (JobState.DONE, 0, 1)
    assert worked() == 0


def test_what_is_asked_for_under_one_key_is_asked_once(db):
    assert actions.ask(TASK, key="report-2026-11") == actions.ask(TASK, key="report-2026-11")


def test_the_longest_due_is_taken_first_and_nothing_before_its_time(db):
    now = timezone.now()
    later = actions.ask(TASK, run_at=now + timedelta(hours=1))
    second = actions.ask(TASK, run_at=now - timedelta(minutes=1))
    first = actions.ask(TASK, run_at=now - timedelta(minutes=2))
    assert [actions.take("a").pk, actions.take("a").pk] == [first.pk, second.pk]
    assert actions.take("a") is None
    with time_machine.travel(now + timedelta(hours=2), tick=False):
        actions.finish(Job.objects.get(pk=first.pk), None)
        actions.finish(Job.objects.get(pk=second.pk), None)
        assert actions.take("a").pk == later.pk


def test_a_lapsed_lease_is_taken_over_and_the_late_finisher_is_fenced_off(db):
    actions.ask(TASK)
    began = timezone.now()
    slow = actions.take("slow")
    assert actions.take("other") is None
    with time_machine.travel(began + actions.LEASE + timedelta(seconds=5), tick=False):
        quick = actions.take("quick")
        assert quick.pk == slow.pk
        assert not actions.renew(slow)
        assert not actions.finish(slow, "late")
        assert actions.finish(quick, "right")
    assert Job.objects.get().result == "right"


def test_a_failing_job_is_tried_again_later_and_given_up_at_last(db):
    job = actions.ask(BROKEN)
    moment = timezone.now()
    for attempt in range(1, actions.MOST_ATTEMPTS + 1):
        with time_machine.travel(moment, tick=False):
            assert worked() == 0
        job.refresh_from_db()
        assert job.attempts == attempt
        assert "ask_for_nothing" in job.error
        moment = max(moment, job.run_at) + timedelta(seconds=1)
    assert job.state == JobState.FAILED
    actions.retry(job)
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.WAITING, 0)


def test_a_job_asked_for_in_a_rolled_back_act_was_never_asked_for(db):
    def act():
        with transaction.atomic():
            actions.ask(TASK)
            raise ArithmeticError

    with pytest.raises(ArithmeticError):
        act()
    assert not Job.objects.exists()


def test_each_slot_of_the_schedule_is_asked_for_once_by_many_nodes(db, settings):
    settings.SCHEDULE = (("openhall.jobs.tasks.forget_done", "daily 03:30"),)
    with time_machine.travel("2026-11-24T03:31:00+08:00", tick=False):
        assert [actions.ask_for_what_is_due(), actions.ask_for_what_is_due()] == [1, 0]
    with time_machine.travel("2026-11-25T03:31:00+08:00", tick=False):
        assert actions.ask_for_what_is_due() == 1


def test_the_tasks_api_answers_with_the_leased_row(db, settings):
    settings.TASKS = {"default": {"BACKEND": "openhall.jobs.backend.LeasedBackend"}}
    told = seal_log.enqueue()
    assert told.status == "READY"
    worked()
    told.refresh()
    assert (told.status, told.return_value) == ("SUCCESSFUL", 0)


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="its own database is SQLite; done in that stage"
)
def test_a_job_whose_worker_was_killed_in_its_middle_is_done_by_the_next(tmp_path):
    """A real worker process, a real ``kill -9``, on a database of its own."""
    keep = {name: value for name, value in os.environ.items() if not name.startswith("OPENHALL_")}
    keep.pop("DJANGO_SETTINGS_MODULE", None)
    home = keep | {"OPENHALL_HOME": str(tmp_path)}

    def openhall(*words):
        program = "from openhall.config.command import main; main()"
        return [sys.executable, "-c", program, *words]

    def stored(sql="SELECT state, attempts FROM jobs_job WHERE key = 'slow'"):
        with closing(sqlite3.connect(tmp_path / "openhall.sqlite3", timeout=10)) as database:
            row = database.execute(sql).fetchone()
            database.commit()
            return row

    def until(state, begin):
        worker = subprocess.Popen(openhall("worker"), env=home, cwd=ROOT, stdout=begin)
        while stored() != state:  # however slow the machine; a worker that ended will not get there
            assert worker.poll() is None, stored()
            time.sleep(0.1)
        return worker

    if not migrated.take_file(tmp_path / "openhall.sqlite3"):
        subprocess.run(openhall("migrate", "-v0"), env=home, cwd=ROOT, check=True)
    stored(
        "INSERT INTO jobs_job (id, task, arguments, queue, key, state, run_at, worker, attempts,"
        " error, asked_at) VALUES ('0123456789abcdef0123456789abcdef', 'time.sleep',"
        ' \'{"args": [600], "kwargs": {}}\','
        " 'default', 'slow', 'waiting', '2026-01-01 00:00:00', '', 0, '', '2026-01-01 00:00:00')"
        " RETURNING id"
    )
    killed = until(("running", 1), subprocess.DEVNULL)
    killed.kill()
    killed.wait()
    assert stored() == ("running", 1)
    stored(
        "UPDATE jobs_job SET leased_until = '2026-01-01 00:00:01',"
        " arguments = '{\"args\": [0], \"kwargs\": {}}' WHERE key = 'slow' RETURNING id"
    )
    other = until(("done", 2), subprocess.DEVNULL)
    other.terminate()
    assert other.wait() == 0
    assert stored() == ("done", 2)


def test_taking_a_job_is_one_statement(db, django_assert_num_queries):
    actions.ask(TASK)
    with django_assert_num_queries(4 if connection.features.uses_savepoints else 2):
        actions.take("a")
