"""What changes a page names it: rows are changed one by one, and every page is drawn again.

Taken from the tables that the pages were made from: a new column is tried without a line here. A
page that reads otherwise and was not named is missed; so are faults that are planted.
"""

import os
from collections import defaultdict
from datetime import timedelta
from itertools import zip_longest

import pytest
from django.db import DatabaseError, models, transaction

from openhall.press import actions
from openhall.press.actions.making import rendered
from openhall.press.actions.marks import drain
from openhall.press.bodies import digest
from openhall.press.context import kind_at
from openhall.press.models import MadeFrom, Page, PartPlace
from openhall.press.queries import standing
from openhall.press.watching import recording
from openhall.press.watching.tables import models_by_table
from openhall.vault.shut import VaultShut

pytestmark = pytest.mark.slow
CHANGES = int(os.environ.get("CHANGES", "45"))
PLANTED = 24


def of_city(walk):
    """An address of each kind of page that this small city has something to show on."""
    case, code = walk.reviewed().number, walk.cast.organ.code
    item = walk.cast.version.item.code
    return (
        *("/", "/services/", f"/services/{item}/", f"/services/{item}/history/"),
        *("/topics/", "/joint/", "/policies/", "/sites/", "/statistics/", "/decisions/"),
        *(f"/statistics/{code}/", f"/statistics/{code}/2026-11/received/"),
        *(f"/statistics/cases/{case}/", "/services/list/versions/", "/enquiries/"),
    )


@pytest.fixture
def pages(press, walk):
    """Each page as it is stored, by its address; one that differs at each drawing is left out."""
    found = {}
    for path in of_city(walk):
        if actions.press(path).stored:
            found[path] = digest(standing(path).body())
    steady = {path: body for path, body in found.items() if drawn(path) == body}
    assert len(steady) >= 12, sorted(found)
    return steady


def drawn(path):
    return digest(rendered(kind_at(path), path)[0].body)


def changed(field, value):
    """Another value of a column; None where there is none to try."""
    if field.primary_key or field.remote_field or field.unique or value is None:
        return None
    if field.choices:
        return next((code for code, _said in field.flatchoices if code != value), None)
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.IntegerField):
        return value + 1
    if isinstance(field, models.DateField):
        return value + timedelta(days=1)
    if type(field) in (models.CharField, models.TextField) and value:
        return f"{value[:-1]}改"
    return None


def written(row, field, value):
    return lambda: type(row)._base_manager.filter(pk=row.pk).update(**{field.name: value})


def copied(row):
    def copy():
        fresh = type(row)._base_manager.get(pk=row.pk)
        fresh.pk, fresh._state.adding = None, True
        type(row)._base_manager.bulk_create([fresh])

    return copy


def every_change():
    """What can be done to the tables behind the pages, one of each table after the other."""
    tables = {
        tag.partition(".")[0].rstrip("#") for tag in MadeFrom.objects.values_list("tag", flat=True)
    }
    by_table = defaultdict(list)
    for table in sorted(tables):
        model = models_by_table()[table]
        row = model._base_manager.order_by("pk").first()
        if row is None:
            continue
        by_table[table].append((f"{table}: one more", copied(row)))
        for field in model._meta.local_concrete_fields:
            other = changed(field, getattr(row, field.attname))
            if other is not None:
                by_table[table].append((f"{table}.{field.name}", written(row, field, other)))
    for turn in zip_longest(*by_table.values()):
        yield from (one for one in turn if one is not None)


def named(pages):
    """The pages that are stale, or carry a part that is."""
    stale = set(Page.objects.filter(stale=True).values_list("path", flat=True))
    parts = PartPlace.objects.filter(part__stale=True).values_list("page__path", flat=True)
    return (stale | set(parts)) & set(pages)


def tried(pages, most):
    """Changes that were done, those that changed a page, and what was missed."""
    done, told, missed = 0, 0, []
    for name, change in every_change():
        if done == most:
            break
        try:
            with transaction.atomic():
                change()
                drain()
                known = named(pages)
                other = {path for path, body in pages.items() if drawn(path) != body}
                missed += [(name, path) for path in sorted(other - known)]
                done, told = done + 1, told + bool(other)
                transaction.set_rollback(True)
        except (DatabaseError, VaultShut):
            continue  # the law of the tables forbids it, or the page would not be stored
    return done, told, missed


def test_no_change_is_missed(pages):
    done, told, missed = tried(pages, CHANGES)
    assert missed == []
    assert done >= 35
    assert told >= 8


def test_a_planted_fault_of_the_recorder_is_found(press, walk, monkeypatch):
    """Rows that are loaded or asked for by their key do not name themselves."""
    monkeypatch.setattr(recording.Recorder, "rows", lambda self, *told: None)
    pages = {
        path: digest(standing(path).body())
        for path in of_city(walk)
        if actions.press(path).stored and standing(path) is not None
    }
    pages = {path: body for path, body in pages.items() if drawn(path) == body}
    assert tried(pages, PLANTED)[2]
