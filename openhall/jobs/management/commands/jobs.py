"""``openhall jobs``: what waits, what failed and why; try a failed one again."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count

from openhall.jobs.actions import retry
from openhall.jobs.models import Job
from openhall.jobs.terms import JobState


class Command(BaseCommand):
    help = "List background jobs; --retry ID tries a failed one again"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--retry", metavar="ID", help="a failed job to try again")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["retry"]:
            try:
                job = Job.objects.get(pk=options["retry"])
            except (Job.DoesNotExist, ValidationError) as error:
                raise CommandError("No job has this number. See: openhall jobs") from error
            if job.state != JobState.FAILED:
                raise CommandError(f"This job has not failed; it is {job.state}.")
            retry(job)
            self.stdout.write(f"{job.task} will be tried again.")
            return
        for state, count in Job.objects.order_by().values_list("state").annotate(Count("id")):
            self.stdout.write(f"{JobState(state).en:10} {count}")
        for job in Job.objects.filter(state=JobState.FAILED.value).order_by("-ended_at")[:20]:
            last = job.error.strip().splitlines()[-1:] or [""]
            self.stdout.write(f"{job.pk}  {job.task}  {last[0]}")
