"""Columns that only parts of pages show: reading one is noted by itself.

An organ's row stands behind thousands of pages, for its name; its telephone is shown by few. A
change of the telephone alone touches ``organs_organ.id=5#`` and not the row, and whoever reads the
telephone says so when it is read.
"""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.db.models.query_utils import DeferredAttribute

from openhall.press.watching.recording import noted


def part_columns() -> Mapping[str, frozenset[str]]:
    """Table and columns (``settings.PRESS_PART_COLUMNS``)."""
    return {table: frozenset(names) for table, names in settings.PRESS_PART_COLUMNS.items()}


class Noted(DeferredAttribute):
    """A column that notes that it was read."""

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        if instance is None:
            return self
        name = self.field.attname
        if name not in instance.__dict__:
            super().__get__(instance, cls)
        noted(instance)
        return instance.__dict__[name]

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


def watch(models: Mapping[str, type[Model]]) -> None:
    """Have these columns note who reads them; once, when the rooms are loaded."""
    for table, names in part_columns().items():
        model = models[table]
        for field in model._meta.local_concrete_fields:
            if field.column in names:
                setattr(model, field.attname, Noted(field))
