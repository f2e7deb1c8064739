"""Organs as they are wanted, founded or changed by deeds."""

from typing import Any
from uuid import uuid4

from django.utils import timezone

from openhall.deeds.doing import Doing
from openhall.organs.actions import change, found
from openhall.organs.models import Organ


def standing(code: str, **said: Any) -> Organ:
    """The organ ``code`` with the columns ``said``."""
    organ = Organ.objects.filter(code=code).first()
    if organ is None:
        return found(code=code, **said)
    change(organ, Doing(None, timezone.now(), uuid4().hex), **said)
    organ.refresh_from_db()
    return organ
