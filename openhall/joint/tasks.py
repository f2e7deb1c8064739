"""What the law does to joint applications by itself when a day has passed, each as a whole."""

import logging
from collections.abc import Callable
from typing import Final

from django.utils import timezone
from django_tasks import task

from openhall.cases.actions import Doing
from openhall.cases.terms import Stage
from openhall.deeds.refusals import Refused
from openhall.joint.actions import deem_consent, deem_joint_accepted, lapse_joint
from openhall.joint.actions.asked import policies
from openhall.joint.models import JointCase, JointTask
from openhall.joint.rules.handling import policy_on

logger = logging.getLogger(__name__)
BATCH: Final = 500


@task()
def lapse_together() -> int:
    """End every joint application whose supplement was not answered in the time given."""
    return _each(
        lapse_joint,
        "joint-lapse",
        tasks__case__stage=Stage.SUPPLEMENT_ASKED.value,
        tasks__case__supplements__answered_at__isnull=True,
        tasks__case__supplements__due_on__lt=timezone.localdate(),
    )


@task()
def accept_together() -> int:
    """Accept every joint application whose five working days passed in silence. 32(4)."""
    return _each(
        deem_joint_accepted,
        "joint-silence",
        answer_due__lt=timezone.localdate(),
        accepted_at__isnull=True,
    )


def _each(act: Callable[[int, Doing], object], key: str, **which: object) -> int:
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
