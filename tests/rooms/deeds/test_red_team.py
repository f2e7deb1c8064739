"""Somebody edits the database by hand: every column of every row that deeds left is tried.

Taken from the models: a new kind, table or column is tried without a line here. Each edit must be
found by the audit, be refused by the database, or stand among the kind's ``loose`` columns.
"""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, models, transaction

from openhall.appraisal.actions import rate
from openhall.appraisal.terms import RatingSource, Satisfaction
from openhall.deeds import audit
from openhall.deeds.kinds import kinds
from openhall.vault.fields import EncryptedTextField
from tests.factories.cases import Walk


class RollBack(Exception):
    """An edit is taken back once it was looked at."""


@pytest.fixture
def walked(cast, doing):
    """A case from receipt to delivery and its rating: rows of as many kinds as one case leaves."""
    case = Walk(cast, doing).delivered()
    rate(
        case.pk,
        Satisfaction.GOOD,
        [],
        "很快",
        RatingSource.ONLINE,
        doing(cast.wang_fang, "2026-11-20 09:30"),
    )
    return case


def other(field, value):
    """Another value of the same type."""
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.ForeignKey):
        return (value or 0) + 100_000
    if isinstance(field, models.IntegerField):
        return (value or 0) + 1
    if isinstance(field, models.DecimalField):
        return (value or Decimal(0)) + 1
    if isinstance(field, models.DateTimeField):
        return (value or datetime(2024, 1, 1).astimezone()) + timedelta(seconds=1)
    if isinstance(field, models.DateField):
        return (value or date(2024, 1, 1)) + timedelta(days=1)
    if isinstance(field, models.JSONField):
        return {"edited": 1}
    if isinstance(field, models.BinaryField):
        return bytes(value or b"") + b"x"
    text = str(value or "")
    if (
        field.max_length
        and len(text) >= field.max_length
        and not isinstance(field, EncryptedTextField)
    ):
        text = text[:-2]
    return text + "改"


def found_after(kind, edit):
    """What the audit finds after ``edit``; None where the database refused it."""
    found = None
    try:
        with transaction.atomic():
            edit()
            found = list(audit.of_kind(kind))
            raise RollBack
    except RollBack:
        return found
    except DatabaseError:
        return None


def tried(kind, model, row, loose):
    for field in model._meta.concrete_fields:
        if field.primary_key or field.name in loose:
            continue
        value = other(field, getattr(row, field.attname))
        rows = models.QuerySet(model).filter(pk=row.pk)
        yield (
            f"{model.__name__}.{field.name}",
            found_after(kind, lambda rows=rows, f=field, v=value: rows.update(**{f.attname: v})),
        )


def removed(kind, model, row):
    rows = models.QuerySet(model).filter(pk=row.pk)
    return f"delete {model.__name__}", found_after(kind, lambda: rows._raw_delete(rows.db))


def test_every_edit_of_what_deeds_left_is_found(walked):
    assert list(audit.faults(0, 0)) == []
    unseen, looked_at = [], set()
    for kind in kinds():
        row = kind.model._base_manager.order_by("pk").first()
        if row is None or not list(kind.events_of([row.pk])):
            continue
        looked_at.add(kind.name)
        loose = {*kind.loose}
        edits = [*tried(kind, kind.model, row, loose), removed(kind, kind.model, row)]
        for owned in kind.owns:
            one = owned.rows_of(list(kind.model._base_manager.all())).order_by("pk").first()
            if one is not None:
                edits += [*tried(kind, owned.model, one, {*owned.loose})]
                edits.append(removed(kind, owned.model, one))
        unseen += [f"{kind.name}: {what}" for what, found in edits if found == []]
    assert unseen == []
    assert looked_at >= {"case", "paper", "rating"}


def test_every_column_that_is_left_out_says_why():
    for kind in kinds():
        for loose in (kind.loose, *(owned.loose for owned in kind.owns)):
            assert all(len(reason) > 10 for reason in loose.values()), kind.name
