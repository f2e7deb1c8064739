"""What a draft takes over from the version it is begun from: its columns and its rows."""

from typing import Any

from openhall.versions.kinds import VersionKind
from openhall.versions.models import DatedVersion

OWN = frozenset(field.name for field in DatedVersion._meta.fields)


def copied_columns(kind: VersionKind) -> list[str]:
    return [
        field.name
        for field in kind.model._meta.concrete_fields
        if not field.primary_key and field.name not in OWN and field.name not in kind.family
    ]


def copy_rows(kind: VersionKind, source: Any, version: Any) -> None:
    for model, key in kind.rows:
        rows = list(model._base_manager.filter(**{key: source}).order_by("pk"))
        for row in rows:
            row.pk, row._state.adding = None, True
            setattr(row, key, version)
        model._base_manager.bulk_create(rows)
