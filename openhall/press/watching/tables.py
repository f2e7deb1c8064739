"""The tables whose changes are watched, and the columns by which a change is told.

Every table of ours is, but those of the machinery and of what is never shown to the public: a page
that reads one of these is not stored (or, where its figures may stand a minute, made anew each).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from django.apps import apps
from django.conf import settings
from django.db.models import Field, Model

UNWATCHED: Final = frozenset({"press", "jobs", "throttle", "outbox", "applying", "search", "demo"})
# They grow with every act, and what a page shows of them is pinned or stands a minute.
UNWATCHED_TABLES: Final = frozenset({"ledger_entry", "ledger_subtree", "ledger_verification"})
# Read by every page and shown by none: whose session it is, how far a demonstration has come (while
# it fills in its history nothing is stored).
IGNORED: Final = frozenset({"django_session", "django_content_type", "demo_city"})
OF_OTHERS: Final = ("wagtailcore_", "wagtailimages_", "wagtaildocs_")
NEVER_SHOWN: Final = {"organs_account": frozenset({"password", "last_login"})}


@dataclass(frozen=True, slots=True)
class Watched:
    """One table: its key, the columns that find rows of it, those that nobody sees, and those that
    only parts of pages show."""

    table: str
    key: str
    columns: tuple[str, ...]
    quiet: frozenset[str]
    parts: frozenset[str]
    every: tuple[str, ...]


def _finds(field: Field) -> bool:
    return bool(field.primary_key or field.unique or field.remote_field)


@lru_cache(maxsize=1)
def watched() -> Mapping[str, Watched]:
    """Each watched table by its name."""
    found: dict[str, Watched] = {}
    for model in apps.get_models(include_auto_created=True):
        meta: Any = model._meta
        config = apps.get_app_config(meta.app_label)
        ours = config.name.startswith("openhall.") and meta.app_label not in UNWATCHED
        if meta.proxy or not meta.managed or meta.db_table in UNWATCHED_TABLES:
            continue
        if not (ours or meta.db_table.startswith(OF_OTHERS)):
            continue
        fields = meta.local_concrete_fields
        found[meta.db_table] = Watched(
            meta.db_table,
            meta.pk.column,
            tuple(sorted({one.column for one in fields if _finds(one)})),
            NEVER_SHOWN.get(meta.db_table, frozenset()),
            frozenset(settings.PRESS_PART_COLUMNS.get(meta.db_table, ())),
            tuple(one.column for one in fields),
        )
    return found


@lru_cache(maxsize=1)
def models_by_table() -> Mapping[str, type[Model]]:
    """Every model by the name of its table."""
    return {
        model._meta.db_table: model
        for model in apps.get_models(include_auto_created=True)
        if not model._meta.proxy
    }
