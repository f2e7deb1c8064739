"""The checkpoint of the day: the one that newspapers print and people keep. A5.

The day leaves an entry in the log with the cosignatures it was announced with, so that nobody can
point the day elsewhere, or lose a witness, unseen (``checks.announced``).
"""

import base64
from datetime import date, datetime, time

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from openhall.ledger.actions.writing import append
from openhall.ledger.models import Checkpoint, DailyCheckpoint
from openhall.ledger.queries import is_halted
from openhall.ledger.terms import DAY


@transaction.atomic
def name_the_day(day: date) -> DailyCheckpoint | None:
    """The first checkpoint made on ``day``, else the last before it, is the day's; for ever.

    None while publication is halted, and when nothing was signed yet.
    """
    if standing := DailyCheckpoint.objects.filter(day=day).first():
        return standing
    if is_halted():
        return None
    begin = datetime.combine(day, time.min, timezone.get_default_timezone())
    that_day = Checkpoint.objects.filter(made_at__gte=begin, made_at__date=day)
    chosen = (
        that_day.order_by("size").first()
        or Checkpoint.objects.filter(made_at__lt=begin).order_by("-size").first()
    )
    if chosen is None:
        return None
    append(
        DAY,
        {
            "v": 1,
            "log": settings.LEDGER_ORIGIN,
            "day": day.isoformat(),
            "size": chosen.size,
            "root": base64.b64encode(bytes(chosen.root)).decode(),
            "cosigned": list(chosen.cosignatures.values_list("line", flat=True)),
        },
    )
    return DailyCheckpoint.objects.create(day=day, checkpoint=chosen)
