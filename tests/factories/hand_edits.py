"""The red team: every column of every row that deeds of a kind leave, edited by hand.

Taken from the models, so a column added later is tried by itself. Each edit is undone afterwards.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from uuid import uuid4

from django.db import DatabaseError, connection, models, transaction

from openhall.deeds import audit
from openhall.vault.rows import sealed_fields


def other(field, value):
    """Another value that ``field`` can hold."""
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.ForeignKey):
        keys = list(field.related_model._base_manager.values_list("pk", flat=True)[:5])
        others = [key for key in keys if key != value]
        if others:
            return others[0]
        return None if field.null and value is not None else (value or 0) + 1
    if isinstance(field, models.JSONField):
        return [*value, "edited"] if isinstance(value, list) else {**(value or {}), "edited": 1}
    if isinstance(field, models.DateTimeField):
        return value + timedelta(hours=1) if value else datetime.fromisoformat("2020-01-01T00:00Z")
    if isinstance(field, models.DateField):
        return value + timedelta(days=1) if value else date(2020, 1, 1)
    if isinstance(field, models.TimeField):
        return time(1, 1) if value == time(0, 1) else time(0, 1)
    if isinstance(field, models.UUIDField):
        return uuid4()
    if isinstance(field, models.DecimalField):
        return (value or Decimal(0)) + 1
    if isinstance(field, models.IntegerField):
        return (value or 0) + 1
    if isinstance(field, models.BinaryField):
        return bytes(value or b"") + b"x"
    choices = [code for code, _said in field.choices or () if code != value]
    if choices:
        return choices[0]
    text = str(value or "")
    return ("y" if text[:1] == "x" else "x") + text[1:]


def _slipped_in(row) -> None:
    """Another row like ``row``, different wherever two may not be the same."""
    model = type(row)
    apart = {name for one in model._meta.total_unique_constraints for name in one.fields}
    new = model._base_manager.get(pk=row.pk)
    for field in model._meta.concrete_fields:
        alike = field.unique or field.name in apart
        if alike and not field.primary_key and not isinstance(field, models.ForeignKey):
            setattr(new, field.attname, other(field, getattr(new, field.attname)))
    for sealed in sealed_fields(model):  # opened in its own row before it stands in another
        getattr(new, sealed.attname)
    new.pk = None
    models.QuerySet(model).bulk_create([new])


@contextmanager
def _undone() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
            raise _Undo
    except _Undo:
        pass


class _Undo(Exception):
    pass


def tables(kind):
    return [(kind.model, kind.loose), *((one.model, one.loose) for one in kind.owns)]


def _tried(edit, finds) -> bool:
    """Whether the database refuses ``edit``, or ``finds`` finds something after it."""
    with _undone():
        try:
            with transaction.atomic():
                edit()
        except DatabaseError:
            return True
        return bool(finds())
    raise AssertionError  # never reached: the edit was tried above


def _found(kind, edit) -> bool:
    return _tried(edit, lambda: any(True for _ in audit.of_kind(kind)))


def edits_of(row, finds):
    """Each edit of ``row`` by hand, column by column and removed, and whether it was found."""
    rows, name = models.QuerySet(type(row)).filter(pk=row.pk), type(row).__name__
    fresh = rows.get()
    for field in row._meta.concrete_fields:
        if not field.primary_key:
            value = {field.attname: other(field, getattr(fresh, field.attname))}
            yield f"{name}.{field.name}", _tried(lambda v=value: rows.update(**v), finds)
    yield f"{name} deleted", _tried(lambda: rows._raw_delete("default"), finds)


def unseen(kind, *, every_table: bool = True) -> list[str]:
    """Edits of rows of ``kind``, and of rows it owns, that the audit does not find.

    Each table must have a row, unless ``every_table`` is false. The event table's own rows are
    tried too, past its triggers.
    """
    passed = []
    for model, loose in tables(kind):
        rows = models.QuerySet(model)
        row = rows.order_by("-pk").first()
        if row is None:
            assert not every_table, f"{model.__name__} has no row to try"
            continue
        one = rows.filter(pk=row.pk)
        for field in model._meta.concrete_fields:
            if field.primary_key or field.name in loose:
                continue
            value = other(field, getattr(row, field.attname))
            if not _found(kind, lambda: one.update(**{field.attname: value})):  # noqa: B023
                passed.append(f"{model.__name__}.{field.name}")
        if not _found(kind, lambda: one._raw_delete("default")):  # noqa: B023
            passed.append(f"{model.__name__} deleted")
        if not _found(kind, lambda: _slipped_in(row)):  # noqa: B023
            passed.append(f"{model.__name__} inserted")
    return passed + _events_unseen(kind)


def _events_unseen(kind) -> list[str]:
    table, passed = kind.events._meta.db_table, []
    rows = kind.all_events()
    row = rows.order_by("-pk").first()
    assert row is not None
    with _undone():
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET LOCAL session_replication_role = replica")
            else:
                cursor.execute(f"DROP TRIGGER {table}_no_update")
                cursor.execute(f"DROP TRIGGER {table}_no_delete")
        one = models.QuerySet(kind.events).filter(pk=row.pk)
        for field in kind.events._meta.concrete_fields:
            if field.primary_key or field.name == "key":  # a key says nothing that was done
                continue
            value = other(field, getattr(row, field.attname))
            if not _found(kind, lambda: one.update(**{field.attname: value})):  # noqa: B023
                passed.append(f"{kind.events.__name__}.{field.name}")
        if not _found(kind, lambda: one._raw_delete("default")):
            passed.append(f"{kind.events.__name__} deleted")
    return passed
