"""What the law does to joint applications by itself when a day has passed, each as a whole."""

from collections.abc import Callable

from django.db.models import QuerySet
from django.utils import timezone
from django_tasks import task

from openhall.cases.terms import Stage
from openhall.deeds.doing import Doing
from openhall.deeds.keys import system_key
from openhall.deeds.sweeping import sweep
from openhall.joint.actions import deem_consent, deem_joint_accepted, lapse_joint
from openhall.joint.models import JointCase, JointTask
from openhall.joint.rules.handling import policy_on
from openhall.joint.units import policies


@task()
def lapse_together() -> int:
    """End every joint application whose supplement was not answered in the time given."""
    late = JointCase.objects.filter(
        closed_at__isnull=True,
        tasks__case__stage=Stage.SUPPLEMENT_ASKED.value,
        tasks__case__supplements__answered_at__isnull=True,
        tasks__case__supplements__due_on__lt=timezone.localdate(),
    ).distinct()
    return _each("joint-lapse", late, lapse_joint)


@task()
def accept_together() -> int:
    """Accept every joint application whose five working days passed in silence. 32(4)."""
    late = JointCase.objects.filter(
        closed_at__isnull=True, answer_due__lt=timezone.localdate(), accepted_at__isnull=True
    )
    return _each("joint-silence", late, deem_joint_accepted)


@task()
def consent_by_silence() -> int:
    """Units that are silent past their limit, only where a dated switch is in force. norms 2.5."""
    if policy_on(policies(), timezone.localdate()) is None:
        return 0
    late = JointTask.objects.filter(
        noticed_at__isnull=False,
        signed_at__isnull=False,
        opinion="",
        deemed="",
        due_on__lt=timezone.localdate(),
        joint__closed_at__isnull=True,
    )
    return _each("consent", late, deem_consent)


def _each(name: str, late: QuerySet, act: Callable[[int, Doing], object]) -> int:
    pks = list(late.order_by("pk").values_list("pk", flat=True))
    return sweep(name, pks, lambda pk: act(pk, Doing(None, timezone.now(), system_key(name, pk))))
