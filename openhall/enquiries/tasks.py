"""Recurring work: what nobody added to ends, and old words are erased."""

from django.utils import timezone
from django_tasks import task

from openhall.deeds.doing import Doing
from openhall.deeds.keys import system_key
from openhall.deeds.sweeping import sweep
from openhall.enquiries import actions
from openhall.enquiries.actions import erasing
from openhall.enquiries.queries import not_clarified


@task()
def lapse_unanswered() -> int:
    """Questions whose askers were asked something and said nothing in time."""
    now = timezone.now()
    return sweep(
        "enquiries not clarified",
        list(not_clarified(timezone.localdate())),
        lambda pk: actions.lapse(pk, Doing(None, now, system_key("enquiry-lapsed", pk))),
    )


@task()
def forget_old() -> int:
    """Erase who asked, once the time of keeping has passed."""
    return erasing.forget_old()
