"""Recurring work on cases: what the law does by itself when a day has passed."""

import logging
from collections.abc import Callable
from typing import Final

from django.utils import timezone
from django_tasks import task

from openhall.cases import actions
from openhall.cases.actions import Doing
from openhall.cases.actions.joint import deem_consent, deem_joint_accepted, lapse_joint
from openhall.cases.actions.joint.asked import policies
from openhall.cases.actions.joint.recounting import recount_joint
from openhall.cases.actions.recalendar import (
    begin_recomputation,
    needs_recomputation,
    recompute,
)
from openhall.cases.models import Case, JointCase, JointTask
from openhall.cases.rules.joint import policy_on
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
    return done + _each_joint(
        lapse_joint,
        "joint-lapse",
        tasks__case__stage=Stage.SUPPLEMENT_ASKED.value,
        tasks__case__supplements__answered_at__isnull=True,
        tasks__case__supplements__due_on__lt=timezone.localdate(),
    )


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
    return done + _each_joint(
        deem_joint_accepted,
        "joint-silence",
        answer_due__lt=timezone.localdate(),
        accepted_at__isnull=True,
    )


def _each_joint(act: Callable[[int, Doing], object], key: str, **which: object) -> int:
    """What the law does to joint applications by itself, each as a whole."""
    done, after = 0, 0
    late = JointCase.objects.filter(closed_at__isnull=True, **which).order_by("pk").distinct()
    while page := list(late.filter(pk__gt=after).values_list("pk", flat=True)[:BATCH]):
        for pk in page:
            try:
                act(pk, Doing(None, timezone.now(), f"{key}-{pk}"))
                done += 1
            except Refused as refusal:
                logger.warning("Joint application %s: %s", pk, refusal)
        after = page[-1]
    return done


@task()
def consent_by_silence() -> int:
    """Units that are silent past their limit, only where a dated switch is in force. norms 2.5."""
    if policy_on(policies(), timezone.localdate()) is None:
        return 0
    done, after = 0, 0
    late = JointTask.objects.filter(
        noticed_at__isnull=False,
        signed_at__isnull=False,
        opinion="",
        deemed="",
        due_on__lt=timezone.localdate(),
        joint__closed_at__isnull=True,
    ).order_by("pk")
    while page := list(late.filter(pk__gt=after).values_list("pk", flat=True)[:BATCH]):
        for pk in page:
            try:
                deem_consent(pk, Doing(None, timezone.now(), f"consent-{pk}"))
                done += 1
            except Refused as refusal:  # its clock is suspended, say: not silent without a reason
                logger.info("Unit %s does not consent by silence: %s", pk, refusal)
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
    return run.changed + recount_joint(run.cause, run.pk)
