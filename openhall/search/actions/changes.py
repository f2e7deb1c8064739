"""The outbox of the search: one row a change, in the act's own transaction. B8.

The row says only what to look at again. Every node reads it, looks at the tables as they then are
and brings its own index up to date, so a row may be read twice, and late, without harm.
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import cache
from typing import Any, Final

from django.conf import settings
from django.utils import timezone

from openhall.search.models import LONGEST_KEY, SearchChange
from openhall.search.sources import Source, sources
from openhall.search.terms import RecordKind

KEPT_DAYS: Final = 14
TOO_MANY: Final = 2000  # more at once: the whole kind is compared instead


@cache
def _followers(paths: tuple[str, ...]) -> dict[str, list[Source]]:
    found: dict[str, list[Source]] = {}
    for source in sources().values():
        for kind in source.follows:
            found.setdefault(kind, []).append(source)
    return found


def heard(kind: str, rows: Sequence[Any]) -> None:
    """A deed was done on each of ``rows``: note what it touches (``settings.DEED_FOLLOWS``)."""
    changes = [
        SearchChange(kind=source.name, key=key[:LONGEST_KEY])
        for source in _followers(tuple(settings.SEARCH_SOURCES)).get(kind, ())
        for row in rows
        for key in source.follows[kind](row)
    ]
    if changes:
        SearchChange.objects.bulk_create(changes)


def policies_taken(touched: Iterable[str]) -> None:
    """Policies came in or changed (``settings.POLICY_FOLLOWS``)."""
    note(RecordKind.POLICY.value, list(touched))


def note(kind: str, keys: list[str]) -> None:
    """Note that records of ``kind`` are to be looked at again."""
    told = keys if len(keys) <= TOO_MANY else [""]
    SearchChange.objects.bulk_create(
        [SearchChange(kind=kind, key=key[:LONGEST_KEY]) for key in told], batch_size=500
    )


def forget_old() -> int:
    """Remove what every node has read long ago; the newest stays, so that its number is known."""
    newest = SearchChange.objects.order_by("-pk").values_list("pk", flat=True).first()
    old = SearchChange.objects.filter(at__lt=timezone.now() - timedelta(days=KEPT_DAYS))
    return old.exclude(pk=newest or 0).delete()[0]
