"""The django-tasks API over our jobs: ``@task`` in front, a leased row behind."""

from typing import Any

from django.utils.module_loading import import_string
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskError, TaskResult, TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist

from openhall.jobs.actions import ask
from openhall.jobs.models import Job
from openhall.jobs.terms import JobState

STATUS = {
    JobState.WAITING.value: TaskResultStatus.READY,
    JobState.RUNNING.value: TaskResultStatus.RUNNING,
    JobState.DONE.value: TaskResultStatus.SUCCESSFUL,
    JobState.FAILED.value: TaskResultStatus.FAILED,
}


class LeasedBackend(BaseTaskBackend):
    """Enqueues in the caller's transaction; ``openhall worker`` does the work."""

    supports_defer = True
    supports_get_result = True

    def enqueue(self, task: Task, args: Any, kwargs: Any) -> TaskResult:
        """Ask for ``task``; it begins once the caller's transaction has committed."""
        self.validate_task(task)
        job = ask(task.module_path, args, kwargs, run_at=task.run_after, queue=task.queue_name)
        return self._told(job, task)

    def get_result(self, result_id: str) -> TaskResult:
        """How the job stands; raises ``TaskResultDoesNotExist``."""
        try:
            job = Job.objects.get(pk=result_id)
        except (Job.DoesNotExist, ValueError) as error:
            raise TaskResultDoesNotExist(result_id) from error
        return self._told(job, import_string(job.task))

    def _told(self, job: Job, task: Task) -> TaskResult:
        last = job.error.strip().splitlines()[-1] if job.error else ""
        errors = [TaskError(exception_class_path=last.split(":")[0], traceback=job.error)]
        told: TaskResult = TaskResult(
            task=task,
            id=str(job.pk),
            status=STATUS[job.state],
            enqueued_at=job.asked_at,
            started_at=job.begun_at,
            last_attempted_at=job.begun_at,
            finished_at=job.ended_at,
            args=job.arguments["args"],
            kwargs=job.arguments["kwargs"],
            backend=self.alias,
            errors=errors if job.error else [],
            worker_ids=[job.worker] if job.worker else [],
        )
        object.__setattr__(told, "_return_value", job.result)
        return told
