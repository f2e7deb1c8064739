"""Recurring work on cases: what the law does by itself when a day has passed."""

import logging
from typing import Final

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
from openhall.deeds.refusals import Refused

logger = logging.getLogger(__name__)
BATCH: Final = 500


@task()
def lapse_unanswered() -> int:
    """End every case whose supplement was not answered in the time given. 行政许可法 32."""
    done, after = 0, 0
    late = Case.objects.filter(
        stage=Stage.SUPPLEMENT_ASKED.value,
        supplements__answered_at__isnull=True,
        supplements__due_on__lt=timezone.localdate(),
        part_days__isnull=True,
    ).order_by("pk")
    while page := list(late.filter(pk__gt=after).values_list("pk", flat=True)[:BATCH]):
        for pk in page:
            try:
                actions.lapse(pk, Doing(None, timezone.now(), f"lapse-{pk}"))
                done += 1
            except Refused as refusal:
                logger.warning("Case %s did not lapse: %s", pk, refusal)
        after = page[-1]
    return done


@task()
def accept_by_silence() -> int:
    """Accept every case whose five working days passed in silence. 行政许可法 32(4).

    Each in its own transaction under its own key: one that is refused does not hold the others.
    """
    done, after = 0, 0
    late = Case.objects.filter(
        stage=Stage.SUBMITTED.value, answer_due__lt=timezone.localdate(), part_days__isnull=True
    ).order_by("pk")
    while page := list(late.filter(pk__gt=after).values_list("pk", flat=True)[:BATCH]):
        for pk in page:
            try:
                actions.deem_accepted(pk, Doing(None, timezone.now(), f"silence-{pk}"))
                done += 1
            except Refused as refusal:
                logger.warning("Case %s was not accepted by silence: %s", pk, refusal)
        after = page[-1]
    return done


@task()
def recompute_after_a_new_calendar() -> int:
    """Count every open case anew when another calendar was loaded; how many moved. 82.

    A run that was cut off goes on where it stood; without a new calendar there is nothing to do.
    """
    if not needs_recomputation():
        return 0
    run = recompute(begin_recomputation("新的工作日历（行政许可法 82）"))
    return run.changed + recount(run.cause, run.pk)
