"""How far the events of a room below were read, and how far they may be. 0016."""

from typing import Any

from django.db import OperationalError, connection, transaction
from django.db.models import Max
from django.utils import timezone

from openhall.cases.models import CaseEvent
from openhall.supervision.models import Cursor


def horizon(events: Any = CaseEvent) -> int:
    """The highest event id below which every event is committed; 0 if writers do not pause."""
    newest = events.objects.aggregate(last=Max("id"))
    if connection.vendor != "postgresql":
        return newest["last"] or 0  # one writer at a time
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '2s'")
            cursor.execute(f"LOCK TABLE {events._meta.db_table} IN SHARE MODE")
            return events.objects.aggregate(last=Max("id"))["last"] or 0
    except OperationalError:
        return 0  # somebody writes for long: read next time


def cursor_of(name: str) -> Cursor:
    """The cursor of ``name`` under lock, in the caller's transaction."""
    Cursor.objects.get_or_create(name=name)
    rows = Cursor.objects.filter(name=name)
    if connection.features.has_select_for_update:
        rows = rows.select_for_update()
    return rows.get()


def read_to(cursor: Cursor, event_id: int) -> None:
    Cursor.objects.filter(pk=cursor.pk).update(last_event_id=event_id, read_at=timezone.now())
