"""What was touched becomes a mark on each page that was made from it."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import DateField, F
from django.utils import timezone

from openhall.press.models import MadeFrom, Page, Part, State, Touched
from openhall.press.rules.tags import of, whole
from openhall.press.watching.tables import models_by_table, watched

BATCH: Final = 5_000
# Their pages turn with the day anyway, and they have as many rows as the city has matters.
BY_THE_DAY: Final = ("cases_", "statistics_", "hall_", "appraisal_", "supervision_", "ledger_")


@transaction.atomic
def drain() -> int:
    """Mark the pages of what was touched, and forget it; how many pages were marked."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('openhall.press.drain'))")
    pending = list(Touched.objects.order_by("pk").values_list("pk", "tag")[:BATCH])
    if not pending:
        return 0
    tags = {tag for _pk, tag in pending}
    rows = list(MadeFrom.objects.filter(tag__in=tags).values_list("page_id", "part_id"))
    marked = mark({page for page, _part in rows if page is not None})
    parts = {part for _page, part in rows if part is not None}
    if parts:
        Part.objects.filter(pk__in=parts).update(stale=True, marked=F("marked") + 1)
    Touched.objects.filter(pk__in=[pk for pk, _tag in pending]).delete()
    return marked


def mark(pages: Iterable[int]) -> int:
    """Mark these pages as stale; how many there were."""
    rows = Page.objects.filter(pk__in=list(pages))
    return rows.update(stale=True, marked=F("marked") + 1)


def mark_all() -> int:
    """Mark every page as stale: what changed meanwhile is not known."""
    Part.objects.update(stale=True, marked=F("marked") + 1)
    return Page.objects.update(stale=True, marked=F("marked") + 1)


def touch(tags: Iterable[str]) -> None:
    """Say that these things changed, where no trigger can see it."""
    Touched.objects.bulk_create([Touched(tag=tag) for tag in sorted(set(tags))], batch_size=500)


def tags_of_row(row: Any) -> set[str]:
    """What a change of ``row`` would touch."""
    table = row._meta.db_table
    tags = {whole(table)}
    for column in watched()[table].columns:
        field = next(one for one in row._meta.concrete_fields if one.column == column)
        value = getattr(row, field.attname)
        if value is not None:
            prepared = field.get_db_prep_value(value, connection, prepared=False)
            tags.add(of(table, column, prepared))
    return tags


def touch_dated(today: date) -> int:
    """Touch what began with ``today`` or ended with the day before; how many rows that were.

    A row that is not yet in force is in no answer and so in no page; when its day comes nobody
    writes it, so nothing but the calendar says that it is there.
    """
    state, _made = State.objects.get_or_create(pk=1)
    since = state.dated_to or today - timedelta(days=1)
    if since >= today and state.dated_to is not None:
        return 0
    days = [since + timedelta(days=n) for n in range((today - since).days + 1)]
    touched: set[str] = set()
    rows = 0
    for table, model in models_by_table().items():
        if table not in watched() or table.startswith(BY_THE_DAY):
            continue
        for field in model._meta.local_concrete_fields:
            if type(field) is DateField:
                for row in model._base_manager.filter(**{f"{field.name}__in": days}):
                    touched |= tags_of_row(row)
                    rows += 1
    with transaction.atomic():
        known = set(
            MadeFrom.objects.filter(tag__in=touched).values_list("tag", flat=True).distinct()
        )
        touch(known)
        State.objects.update_or_create(pk=1, defaults={"dated_to": today})
    return rows


def today() -> date:
    """The day of the city."""
    return timezone.localdate()
