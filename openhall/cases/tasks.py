"""Recurring work on cases: what the law does by itself when a day has passed."""

from django.utils import timezone
from django_tasks import task

from openhall.cases import actions
from openhall.cases.actions import Doing
from openhall.cases.actions.recalendar import (
    begin_recomputation,
    needs_recomputation,
    recompute,
)
from openhall.cases.actions.rooms_above import recount
from openhall.cases.models import Case
from openhall.cases.terms import Stage
from openhall.deeds.keys import system_key
from openhall.deeds.sweeping import by_key, sweep


@task()
def lapse_unanswered() -> int:
    """End every case whose supplement was not answered in the time given. 行政许可法 32."""
    late = Case.objects.filter(
        stage=Stage.SUPPLEMENT_ASKED.value,
        supplements__answered_at__isnull=True,
        supplements__due_on__lt=timezone.localdate(),
        part_days__isnull=True,
    )

    def lapse(case: Case) -> None:
        actions.lapse(case.pk, Doing(None, timezone.now(), system_key("lapse", case.pk)))

    return sweep("lapse_unanswered", by_key(late), lapse)


@task()
def accept_by_silence() -> int:
    """Accept every case whose five working days passed in silence. 行政许可法 32(4).

    Each in its own transaction under its own key: one that is refused does not hold the others.
    """
    late = Case.objects.filter(
        stage=Stage.SUBMITTED.value, answer_due__lt=timezone.localdate(), part_days__isnull=True
    )

    def accept(case: Case) -> None:
        key = system_key("silence", case.pk)
        actions.deem_accepted(case.pk, Doing(None, timezone.now(), key))

    return sweep("accept_by_silence", by_key(late), accept)


@task()
def recompute_after_a_new_calendar(cause: str = "新的工作日历（行政许可法 82）") -> int:
    """Count every open case anew when another calendar was loaded; how many moved. 82.

    A run that was cut off goes on where it stood; without a new calendar there is nothing to do.
    """
    if not needs_recomputation():
        return 0
    run = recompute(begin_recomputation(cause))
    return run.changed + recount(run.cause, run.pk)
