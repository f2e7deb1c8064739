"""What the law does to permits by itself when a day has passed."""

from django.utils import timezone
from django_tasks import task

from openhall.cases.actions import Doing
from openhall.deeds.keys import system_key
from openhall.deeds.sweeping import by_key, sweep
from openhall.permits.actions.permits import deem_renewed
from openhall.permits.models import LicenceRequest
from openhall.permits.terms import RequestKind


@task()
def renew_by_silence() -> int:
    """Renew every permit whose renewal was asked for in time and not decided. 行政许可法 50."""
    late = LicenceRequest.objects.filter(
        kind=RequestKind.RENEWAL.value, decided_at__isnull=True, due_on__lt=timezone.localdate()
    )

    def renew(request: LicenceRequest) -> None:
        key = system_key("renewed", request.pk)
        deem_renewed(request.licence_id, Doing(None, timezone.now(), key))

    return sweep("renew_by_silence", by_key(late), renew)
