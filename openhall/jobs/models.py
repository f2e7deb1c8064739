"""One job: what to call, when, who holds it until when, and how often it was tried."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from openhall.jobs.terms import JobState


class Job(models.Model):
    """``attempts`` is the fence: only who took the job at that count may finish it.

    ``key`` lets many nodes ask for the same work and get it once (a slot of the schedule).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    task = models.CharField(max_length=200)  # dotted path of the function
    arguments = models.JSONField(default=dict)  # {"args": [...], "kwargs": {...}}
    queue = models.CharField(max_length=40, default="default")
    key = models.CharField(max_length=160, unique=True)
    state = models.CharField(
        max_length=10, choices=JobState.choices(), default=JobState.WAITING.value
    )
    run_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True, blank=True)
    worker = models.CharField(max_length=80, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    result = models.JSONField(null=True, blank=True)
    error = models.TextField(blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    begun_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=JobState.codes()), name="job_state_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=JobState.RUNNING.value) | Q(leased_until__isnull=False),
                name="running_job_has_a_lease",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["run_at", "id"],
                condition=Q(state__in=[JobState.WAITING.value, JobState.RUNNING.value]),
                name="job_to_be_done",
            ),
            models.Index(fields=["state", "-ended_at"], name="job_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.state}"
