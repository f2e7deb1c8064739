"""Calling the operators, once a day for each thing that cannot wait."""

import logging

from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils import timezone

from openhall.organs.terms import Desk
from openhall.supervision.alarming import call
from openhall.upkeep.queries import looks
from openhall.upkeep.rules.looks import Look, call_words

logger = logging.getLogger(__name__)


def look_and_call() -> int:
    """Look at everything; how many urgent things were found. Told once a day, until they end.

    Each stands in the server's log as CRITICAL as well: on a full disk no message can be queued.
    """
    urgent = [look for look in looks() if look.urgent]
    for look in urgent:
        logger.critical("%s: %s", look.name.en, look.found.en)
        try:
            _call(look)
        except DatabaseError:
            logger.exception("No message about “%s” could be queued.", look.name.en)
    return len(urgent)


@transaction.atomic
def _call(look: Look) -> None:
    call(
        f"upkeep-{look.code}-{timezone.localdate():%Y%m%d}",
        (Desk.OPERATOR.value,),
        lambda language: call_words(language, look, settings.BASE_URL),
    )
