"""What the law does to permits by itself when a day has passed."""

import logging
from typing import Final

from django.utils import timezone
from django_tasks import task

from openhall.cases.actions import Doing
from openhall.deeds.refusals import Refused
from openhall.permits.actions.permits import deem_renewed
from openhall.permits.models import LicenceRequest
from openhall.permits.terms import RequestKind

logger = logging.getLogger(__name__)
BATCH: Final = 500


@task()
def renew_by_silence() -> int:
    """Renew every permit whose renewal was asked for in time and not decided. 行政许可法 50."""
    done, after = 0, 0
    late = LicenceRequest.objects.filter(
        kind=RequestKind.RENEWAL.value, decided_at__isnull=True, due_on__lt=timezone.localdate()
    ).order_by("pk")
    while page := list(late.filter(pk__gt=after).values_list("pk", "licence_id")[:BATCH]):
        for pk, licence in page:
            try:
                deem_renewed(licence, Doing(None, timezone.now(), f"renewed-{pk}"))
                done += 1
            except Refused as refusal:
                logger.warning("Permit %s was not renewed by silence: %s", licence, refusal)
        after = page[-1][0]
    return done
