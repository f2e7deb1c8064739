"""Keeping the rollups in the act's own transaction."""

from datetime import date
from typing import Any

from django.db.models import F

from openhall.cases.models import DaysTally, UnitMonth


def count(organ_id: int, day: date, **more: int) -> None:
    """Add ``more`` to the unit's month of ``day`` (event date in the city's time zone)."""
    month = day.replace(day=1)
    steps: dict[str, Any] = {name: F(name) + value for name, value in more.items()}
    if not UnitMonth.objects.filter(organ_id=organ_id, month=month).update(**steps):
        UnitMonth.objects.get_or_create(organ_id=organ_id, month=month)
        UnitMonth.objects.filter(organ_id=organ_id, month=month).update(**steps)


def count_days(item_id: int, day: date, days: int) -> None:
    """Add one closed case of ``item_id`` that took ``days`` working days."""
    where: dict[str, Any] = {"item_id": item_id, "month": day.replace(day=1), "days": days}
    if not DaysTally.objects.filter(**where).update(cases=F("cases") + 1):
        DaysTally.objects.get_or_create(**where)
        DaysTally.objects.filter(**where).update(cases=F("cases") + 1)
